import type { Latest, LatestFeature } from '../../api/types';

/** Where the network's sensors are: centre, spread in degrees, share. */
const REGIONS: readonly (readonly [number, number, number, number, string])[] = [
  [10.2, 50.3, 2.6, 0.4, 'DE'],
  [9.18, 48.78, 0.12, 0.06, 'DE'],
  [23.3, 42.7, 0.3, 0.07, 'BG'],
  [19.5, 51.5, 2, 0.08, 'PL'],
  [4.6, 51.2, 0.8, 0.12, 'BE'],
  [-2, 52.8, 1.6, 0.07, 'GB'],
  [12, 44.5, 1.6, 0.07, 'IT'],
  [30.5, 50, 3, 0.05, 'UA'],
  [-95, 39, 12, 0.03, 'US'],
  [120, 15, 25, 0.03, 'PH'],
  [140, -30, 8, 0.02, 'AU'],
];

/** Sensors spread like the network's, the same each time. */
export function sensors(count: number): Latest {
  const random = mulberry(7);
  const features = Array.from({ length: count }, (_, i) => sensor(i, random));
  return { type: 'FeatureCollection', features };
}

function sensor(i: number, random: () => number): LatestFeature {
  let share = random();
  const region = REGIONS.find(([, , , part]) => (share -= part) < 0) ?? REGIONS[0];
  const [lon, lat, spread, , country] = region ?? [0, 0, 1, 1, ''];
  const spot = (): number => (random() + random() + random() - 1.5) * 1.6 * spread;
  const fine = Math.exp(random() * random() * 5);
  return {
    type: 'Feature',
    geometry: {
      type: 'Point',
      coordinates: [round(lon + spot()), round(Math.max(-70, Math.min(70, lat + spot() * 0.7)))],
    },
    properties: {
      sensor_id: i + 1,
      location_id: (i >> 1) + 1,
      timestamp: new Date(Date.now() - random() * 600_000).toISOString(),
      sensor_type_name: 'SDS011',
      country,
      aqi: Math.min(10, Math.max(1, Math.ceil(fine / 12))),
      P2: Math.round(fine * 10) / 10,
      temperature: Math.round((14 - Math.abs(lat) / 8 + random() * 9) * 10) / 10,
    },
  };
}

/** As the network tells places: to some hundred metres. */
function round(degrees: number): number {
  return Math.round(degrees * 1000) / 1000;
}

function mulberry(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
