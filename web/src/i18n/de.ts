import type { Catalogue } from './translate';

export const de: Catalogue = {
  'app.tagline': 'Luftqualität, von allen gemessen',
  'app.skip': 'Zum Dashboard springen',
  'app.loading': 'Lädt …',
  'map.title': 'Karte',
};
