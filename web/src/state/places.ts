import type { LatestFeature } from '../api/types';

/** A location with its sensors and the highest value that one of them reports. */
export interface Place {
  id: number;
  country: string;
  sensors: number[];
  types: string[];
  value: number;
  /** Longitude and latitude. */
  at: readonly [number, number] | null;
}

/** The locations of features, highest value first. */
export function placesOf(features: readonly LatestFeature[], measure: string): Place[] {
  const places = new Map<number, Place>();
  for (const { properties, geometry } of features) {
    const value = properties[measure];
    if (typeof value !== 'number') {
      continue;
    }
    const place = places.get(properties.location_id) ?? {
      id: properties.location_id,
      country: properties.country,
      sensors: [],
      types: [],
      value: -Infinity,
      at: geometry?.coordinates ?? null,
    };
    place.sensors.push(properties.sensor_id);
    if (!place.types.includes(properties.sensor_type_name)) {
      place.types.push(properties.sensor_type_name);
    }
    place.value = Math.max(place.value, value);
    places.set(place.id, place);
  }
  return [...places.values()].sort((a, b) => b.value - a.value);
}

/** When the newest reading was taken; all are written the same way, so texts are ordered as times. */
export function newestOf(features: readonly LatestFeature[]): string | null {
  return features.reduce<string | null>(
    (newest, { properties }) => (newest === null || properties.timestamp > newest ? properties.timestamp : newest),
    null,
  );
}

/** Whether a box, which may cross the antimeridian, holds a point. */
export function holds(
  [west, south, east, north]: readonly [number, number, number, number],
  [longitude, latitude]: readonly [number, number],
): boolean {
  const within =
    west <= east ? longitude >= west && longitude <= east : longitude >= west || longitude <= east;
  return within && latitude >= south && latitude <= north;
}
