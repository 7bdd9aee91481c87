import { expect, it } from 'vitest';
import type { Reading } from '../api/types';
import { withReadings } from './live.svelte';
import { holds, placesOf } from './places';

function reading(sensor: number, timestamp: string, value: number, location = sensor): Reading {
  return {
    timestamp, sensor_id: sensor, location_id: location, latitude: 57, longitude: -2, altitude: null,
    country: 'GB', indoor: false, sensor_type_id: 14, sensor_type_name: 'SDS011',
    sensor_type_manufacturer: 'Nova Fitness', sensor_pin: '1', aqi: 1, P2: value,
  };
}

it('takes new sensors and newer readings, and leaves out what latest does not tell', () => {
  const before = withReadings([], [reading(1, '2026-01-01T00:00:00Z', 5)]);
  const after = withReadings(before, [
    reading(1, '2026-01-01T00:02:00Z', 6),
    reading(2, '2026-01-01T00:00:00Z', 7),
  ]);
  expect(after.map((feature) => feature.properties['P2'])).toEqual([6, 7]);
  expect(Object.keys(after[0]?.properties ?? {})).not.toContain('sensor_pin');
});

it('does not go back to an older reading', () => {
  const features = withReadings(
    [],
    [reading(1, '2026-01-01T00:02:00Z', 6), reading(1, '2026-01-01T00:00:00Z', 5)],
  );
  expect(features[0]?.properties['P2']).toBe(6);
});

it('lists places by their highest value, with all their sensors', () => {
  const features = withReadings(
    [],
    [
      reading(1, '2026-01-01T00:00:00Z', 5, 100),
      reading(2, '2026-01-01T00:00:00Z', 9, 200),
      reading(3, '2026-01-01T00:00:00Z', 12, 100),
    ],
  );
  const places = placesOf(features, 'P2');
  expect(places.map((place) => [place.id, place.value])).toEqual([[100, 12], [200, 9]]);
  expect(places[0]?.sensors).toEqual([1, 3]);
});

it('takes a station that has no place', () => {
  const [feature] = withReadings([], [{ ...reading(1, '2026-01-01T00:00:00Z', 5), latitude: null, longitude: null }]);
  expect(feature?.geometry).toBeNull();
  expect(placesOf(feature ? [feature] : [], 'P2')).toMatchObject([{ id: 1, at: null }]);
});

it('knows what a box across the antimeridian holds', () => {
  expect(holds([170, -20, -170, 20], [179, 0])).toBe(true);
  expect(holds([170, -20, -170, 20], [0, 0])).toBe(false);
  expect(holds([-10, -20, 10, 20], [0, 0])).toBe(true);
});
