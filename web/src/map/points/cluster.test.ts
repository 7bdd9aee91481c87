import { describe, expect, it } from 'vitest';
import type { LatestFeature } from '../../api/types';
import { latest, sensorAt } from '../testSensors';
import { cluster, membersOf, UNCLUSTERED_ZOOM } from './cluster';
import { type Points, pointsOf } from './points';
import { summarise, summaryOf } from './summary';
import { sensors } from '../bench/sensors';

const NONE = new Set<number>();

function points(measure: string, ...features: LatestFeature[]): Points {
  return pointsOf(latest(...features), measure, [1, 10], NONE);
}

describe('a cluster', () => {
  const near = points(
    'aqi', sensorAt(1, 9, 48, { aqi: 2 }), sensorAt(2, 9.001, 48, { aqi: 9 }), sensorAt(3, 9, 48.001, { aqi: 3 }),
  );

  it('of an index shows the worst of its sensors', () => {
    const items = cluster(near, 4, 'worst');
    expect(items.count).toBe(1);
    expect(items.size[0]).toBe(3);
    expect(items.value[0]).toBe(9);
  });

  it('of another measure shows the median', () => {
    expect(cluster(near, 4, 'median').value[0]).toBe(3);
    expect(summaryOf('aqi')).toBe('worst');
    expect(summaryOf('P2')).toBe('median');
  });

  it('lies in the middle of its sensors', () => {
    const items = cluster(near, 4, 'worst');
    expect(items.x[0]).toBeCloseTo((near.x[0]! + near.x[1]! + near.x[2]!) / 3, 12);
  });

  it('parts when the view comes close', () => {
    expect(cluster(near, UNCLUSTERED_ZOOM, 'worst').count).toBe(3);
  });

  it('stays when all stand at one place', () => {
    const same = points('aqi', sensorAt(1, 9, 48, { aqi: 2 }), sensorAt(2, 9, 48, { aqi: 4 }));
    expect(cluster(same, 16, 'worst').count).toBe(1);
  });
});

describe('25,000 sensors', () => {
  const all = pointsOf(sensors(25_000), 'aqi', [1, 10], NONE);

  it.each([0, 3, 6, 9, 12, 16])('are each in exactly one item at zoom %i', (zoom) => {
    const items = cluster(all, zoom, 'worst');
    const seen = new Uint8Array(all.count);
    for (let item = 0; item < items.count; item++) {
      const members = membersOf(items, item);
      expect(members.length).toBe(items.size[item]);
      for (const i of members) {
        seen[i]! += 1;
        expect(items.itemOf[i]).toBe(item);
      }
    }
    expect(seen.every((times) => times === 1)).toBe(true);
  });

  it('are clustered the same each time', () => {
    expect(cluster(all, 5, 'median')).toEqual(cluster(all, 5, 'median'));
  });
});

describe('points', () => {
  it('leave out sensors without a value, without a place and in hidden bands', () => {
    const placeless = { ...sensorAt(4, 0, 0, { aqi: 5 }), geometry: null } as unknown as LatestFeature;
    const some = latest(
      sensorAt(1, 9, 48, { aqi: 2 }), sensorAt(2, 9, 48), sensorAt(3, 9, 48, { aqi: 10 }), placeless,
    );
    const shown = pointsOf(some, 'aqi', [1, 10], new Set([10]));
    expect(shown.features.map(({ properties }) => properties.sensor_id)).toEqual([1]);
  });
});

describe('a median', () => {
  it('of an even number lies between the two in the middle', () => {
    expect(summarise('median', Float64Array.of(9, 1, 2, 4))).toBe(3);
  });

  it('is not moved by one sensor in a fault', () => {
    expect(summarise('median', Float64Array.of(7, 8, 1999))).toBe(8);
  });
});
