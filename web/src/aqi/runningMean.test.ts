import { expect, it } from 'vitest';
import type { Point } from '../api/types';
import { runningIndex, runningMean, runningWindow } from './runningMean';

function hours(count: number, value: number): Point[] {
  return Array.from({ length: count }, (_, i): Point => [i * 3_600_000, value]);
}

it('needs eighteen of the twenty-four hours', () => {
  expect(runningMean(hours(17, 40))).toBeNull();
  expect(runningMean(hours(18, 40))).toBe(40);
});

it('takes the higher of both pollutants’ indices', () => {
  expect(runningIndex(hours(24, 11), hours(24, 51))).toBe(4);
  expect(runningIndex(hours(24, 71), [])).toBe(10);
  expect(runningIndex([], hours(3, 51))).toBeNull();
});

it('covers whole hours, the running one included', () => {
  const window = runningWindow(Date.parse('2018-11-06T17:59:59Z'));
  expect(new Date(window.from).toISOString()).toBe('2018-11-05T18:00:00.000Z');
  expect(new Date(window.to).toISOString()).toBe('2018-11-06T18:00:00.000Z');
});
