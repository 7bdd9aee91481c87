import { expect, it } from 'vitest';
import { histogram } from './histogram';

it('counts every value once', () => {
  const values = Array.from({ length: 1000 }, (_, i) => Math.sin(i) * 50);
  expect(histogram(values).reduce((sum, bar) => sum + bar.count, 0)).toBe(1000);
});

it('has bars with round edges', () => {
  expect(histogram([0, 100])[0]).toEqual({ from: 0, to: 5, count: 1 });
  expect(histogram([0, 100]).at(-1)?.count).toBe(1);
});

it('has one bar for equal values and none for no values', () => {
  expect(histogram([7, 7])).toEqual([{ from: 7, to: 8, count: 2 }]);
  expect(histogram([])).toEqual([]);
});
