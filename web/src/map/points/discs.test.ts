import { describe, expect, it } from 'vitest';
import { latest, sensorAt } from '../testSensors';
import { cluster } from './cluster';
import { shortCount } from './counts';
import { clusterRadius, drawOrder } from './discs';
import { itemUnder, type Project, walkOrder } from './pick';
import { pointsOf } from './points';
import { Quads } from './quads';

const items = cluster(
  pointsOf(
    latest(sensorAt(1, 0, 0, { aqi: 3 }), sensorAt(2, 0.001, 0, { aqi: 8 }), sensorAt(3, 40, 0, { aqi: 1 })),
    'aqi', [1, 10], new Set(),
  ),
  14,
  'worst',
);

/** A screen 1,000 pixels wide for the whole world. */
const project: Project = (x, y) => ({ x: x * 1000, y: y * 1000 });

describe('items', () => {
  it('are drawn with the highest value on top', () => {
    expect(Array.from(drawOrder(items), (item) => items.value[item])).toEqual([1, 3, 8]);
  });

  it('that overlap are picked from the top', () => {
    const under = itemUnder(items, 14, project, { x: 500, y: 500 });
    expect(items.value[under ?? -1]).toBe(8);
  });

  it('are not picked from afar', () => {
    expect(itemUnder(items, 14, project, { x: 550, y: 500 })).toBeNull();
  });

  it('are walked from the highest value, those out of view left out', () => {
    expect(walkOrder(items, project, 550, 1000).map((item) => items.value[item])).toEqual([8, 3]);
  });
});

describe('a count', () => {
  it.each([[7, '7'], [999, '999'], [1000, '1k'], [1449, '1.4k'], [9949, '9.9k'], [9951, '10k'], [22_400, '22k']])(
    'of %i is written as %s', (count, text) => {
      expect(shortCount(count)).toBe(text);
    });

  it('makes a cluster larger, within bounds', () => {
    expect(clusterRadius(100)).toBeGreaterThan(clusterRadius(10));
    expect(clusterRadius(1e9)).toBe(23);
  });
});

describe('quads', () => {
  it('keep a place to the centimetre', () => {
    const quads = new Quads(1, 16);
    const x = 0.525_123_456_789;
    quads.place(0, x, 0.3);
    quads.finish(0);
    expect(quads.floats[12]! + quads.floats[14]!).toBeCloseTo(x, 13);
  });

  it('out of view are not drawn', () => {
    const quads = new Quads(2, 16);
    quads.place(0, 0.5, 0.5);
    quads.place(1, 0.9, 0.5);
    const indices = new Uint32Array(12);
    expect(quads.within(0.4, 0.4, 0.6, 0.6, indices)).toBe(6);
    expect(Array.from(indices.subarray(0, 6))).toEqual([0, 1, 2, 2, 1, 3]);
  });
});
