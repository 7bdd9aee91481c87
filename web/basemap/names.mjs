/** Steps of a degree: some two kilometres, of which "near" needs no more. */
const STEPS = 50;

/**
 * The map's cities as the page's gazetteer: from south to north, latitudes as differences, so that
 * it packs well. src/state/gazetteer.ts reads the same.
 */
export function gazetteer(places) {
  const rows = places
    .map(({ properties, geometry: { coordinates } }) => ({
      name: properties.name,
      lon: Math.round(coordinates[0] * STEPS),
      lat: Math.round(coordinates[1] * STEPS),
    }))
    .sort((a, b) => a.lat - b.lat || a.lon - b.lon);
  return {
    names: rows.map(({ name }) => name).join('\n'),
    lon: rows.map(({ lon }) => lon),
    north: rows.map(({ lat }, i) => lat - (rows[i - 1]?.lat ?? 0)),
  };
}
