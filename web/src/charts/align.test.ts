import { expect, it } from 'vitest';
import type { Point } from '../api/types';
import { align, gapsOf, type Line } from './align';
import { calmInterval, converted, intervalMs } from './lines';

const MINUTE = 60_000;

function line(points: Point[], band = false): Line {
  const rest = band ? { low: points, high: points } : {};
  return { key: 'k', label: 'l', colour: '#000000', points, ...rest };
}

it('leaves a steady line whole', () => {
  expect(gapsOf([[0, 1], [MINUTE, 2], [2 * MINUTE, 3]], MINUTE)).toEqual([]);
});

it('breaks a line where its sensor was silent', () => {
  const gaps = gapsOf([[0, 1], [MINUTE, 2], [60 * MINUTE, 3], [61 * MINUTE, 4]], MINUTE);
  expect(gaps).toHaveLength(1);
  expect(gaps[0]).toBeGreaterThan(MINUTE);
  expect(gaps[0]).toBeLessThan(60 * MINUTE);
});

it('does not take a seldom sensor for a broken one', () => {
  const hourly: Point[] = [0, 1, 2, 3].map((hour) => [hour * 60 * MINUTE, hour]);
  expect(gapsOf(hourly, 3 * MINUTE)).toEqual([]);
});

it('tells a gap from a time at which only another line has a value', () => {
  const { times, columns } = align([line([[0, 1], [2000, 3]]), line([[1000, 2]])], 1000);
  expect(times).toEqual([0, 1, 2]);
  expect(columns).toEqual([
    [1, undefined, 3],
    [undefined, 2, undefined],
  ]);
});

it('puts a band’s lowest and highest after its line', () => {
  expect(align([line([[0, 1]], true)], 1000).columns).toHaveLength(3);
});

it('takes buckets that keep a chart calm', () => {
  expect(calmInterval(24 * 60 * MINUTE)).toBe('10m');
  expect(calmInterval(60 * MINUTE)).toBe('1m');
  expect(calmInterval(365 * 24 * 60 * MINUTE)).toBe('7d');
  expect(intervalMs('10m')).toBe(10 * MINUTE);
});

it('lines are converted with their bands, so that an axis has round numbers in a person’s unit', () => {
  const line = { key: '1', label: '', colour: '', points: [[0, 10]], low: [[0, 0]], high: [[0, 20]] } satisfies Line;
  const [inFahrenheit] = converted([line], (celsius) => celsius * 1.8 + 32);
  expect(inFahrenheit).toMatchObject({ points: [[0, 50]], low: [[0, 32]], high: [[0, 68]] });
});
