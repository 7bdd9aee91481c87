import { expect, it } from 'vitest';
import type { Clusters } from './cluster';
import { mercatorX, mercatorY } from './mercator';
import { roomOf } from './room';

function itemsAt(places: readonly (readonly [number, number])[], sizes: readonly number[]): Clusters {
  return {
    count: places.length,
    x: Float64Array.from(places.map(([lon]) => mercatorX(lon))),
    y: Float64Array.from(places.map(([, lat]) => mercatorY(lat))),
    size: Int32Array.from(sizes), value: new Float64Array(places.length),
    itemOf: new Int32Array(0), members: new Int32Array(0), start: new Int32Array(0),
  };
}

it('is kept where discs are, as wide as they are', () => {
  const { features } = roomOf(itemsAt([[-2.1, 57.15], [13.4, -52.5]], [100, 1]), [0, 1], 5);
  const places = features.map(({ geometry }) => (geometry.type === 'Point' ? geometry.coordinates : []));
  expect(places[0]?.[0]).toBeCloseTo(-2.1, 9);
  expect(places[0]?.[1]).toBeCloseTo(57.15, 9);
  expect(places[1]?.[1]).toBeCloseTo(-52.5, 9);
  expect(features[0]?.properties?.['size']).toBeGreaterThan(features[1]?.properties?.['size'] as number);
});

it('is kept for what is in view, and of very many for the largest', () => {
  const places = Array.from({ length: 1000 }, (_, i) => [i / 10, 10] as const);
  const items = itemsAt(places, places.map((_, i) => i + 1));
  expect(roomOf(items, [3, 5], 5).features).toHaveLength(2);
  const all = roomOf(items, places.map((_, i) => i), 5).features;
  expect(all.length).toBeLessThan(1000);
  expect(all[0]?.geometry).toEqual({ type: 'Point', coordinates: [expect.closeTo(99.9, 6), expect.closeTo(10, 6)] });
});
