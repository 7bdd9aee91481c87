/** English: the catalogue that names all keys. `{name}` is replaced by a value. */
export const en = {
  'app.tagline': 'Air quality, measured by everyone',
  'app.skip': 'Skip to the dashboard',
  'app.loading': 'Loading …',
  'map.title': 'Map',
} as const;
