import type { Latest, LatestFeature } from '../api/types';

/** A sensor for tests: number, place and what it measured. */
export function sensorAt(
  sensor: number, lon: number, lat: number, measures: Record<string, number | null> = {},
): LatestFeature {
  return {
    type: 'Feature',
    geometry: { type: 'Point', coordinates: [lon, lat] },
    properties: {
      sensor_id: sensor,
      location_id: 100 + sensor,
      timestamp: '2026-11-23T10:00:00Z',
      sensor_type_name: 'SDS011',
      country: 'GB',
      aqi: null,
      ...measures,
    },
  };
}

export function latest(...features: LatestFeature[]): Latest {
  return { type: 'FeatureCollection', features };
}
