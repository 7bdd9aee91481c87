import { describe, expect, it } from 'vitest';
import { sensorAt } from '../map/testSensors';
import { worstOf } from './worst';

const NOW = Date.parse('2026-11-23T10:30:00Z');

describe('the worst places', () => {
  it('come with the highest index first, and among equal ones with the most dust', () => {
    const features = [
      sensorAt(1, 0, 50, { aqi: 10, P2: 80, P1: 90 }),
      sensorAt(2, 0, 50, { aqi: 10, P2: 200, P1: 90 }),
      sensorAt(3, 0, 50, { aqi: 4, P2: 40, P1: 20 }),
      sensorAt(4, 0, 50, { aqi: 10, P2: 20, P1: 600 }),
    ];
    const worst = worstOf(features, 'aqi', NOW, 3);
    expect(worst.map(({ sensor }) => sensor)).toEqual([4, 2, 1]);
    expect(worst.map(({ cause }) => cause.measure)).toEqual(['P1', 'P2', 'P2']);
  });

  it('stand once each, with the sensor of the highest value', () => {
    const low = sensorAt(1, 0, 50, { P2: 5 });
    const high = sensorAt(2, 0, 50, { P2: 9 });
    low.properties.location_id = high.properties.location_id;
    expect(worstOf([high, low], 'P2', NOW, 5)).toMatchObject([{ sensor: 2, value: 9, cause: { measure: 'P2', value: 9 } }]);
  });

  it('are those of the hour: who fell silent before is left out, and who has no value', () => {
    const silent = sensorAt(1, 0, 50, { temperature: 40 });
    silent.properties.timestamp = '2026-11-23T09:29:59Z';
    const features = [silent, sensorAt(2, 0, 50, { temperature: 3 }), sensorAt(3, 0, 50, { aqi: 3 })];
    expect(worstOf(features, 'temperature', NOW, 5).map(({ sensor }) => sensor)).toEqual([2]);
  });

  it('do not count a saturated sensor’s dust', () => {
    const features = [
      sensorAt(1, 0, 50, { aqi: 10, P2: 75, P1: 1999.9 }),
      sensorAt(2, 0, 50, { aqi: 10, P2: 100, P1: 120 }),
    ];
    expect(worstOf(features, 'aqi', NOW, 5).map(({ sensor, cause }) => [sensor, cause.measure])).toEqual([
      [2, 'P2'], [1, 'P2'],
    ]);
  });
});
