import { expect, it } from 'vitest';
import { comparedWith } from './compared';

const HOUR = 3_600_000;
const WINDOW = { from: 100 * HOUR, to: 106 * HOUR };

it('compares another place at the same time', () => {
  expect(comparedWith({ kind: 'place', location: 5 }, WINDOW)).toEqual(WINDOW);
});

it('compares a time that is so much earlier, and as long', () => {
  expect(comparedWith({ kind: 'earlier', by: '24h' }, WINDOW)).toEqual({ from: 76 * HOUR, to: 82 * HOUR });
});

it('compares the time before, up to the beginning', () => {
  expect(comparedWith({ kind: 'previous' }, WINDOW)).toEqual({ from: 94 * HOUR, to: 100 * HOUR });
});

it('compares any period, however long', () => {
  expect(comparedWith({ kind: 'period', from: 1, to: 9 }, WINDOW)).toEqual({ from: 1, to: 9 });
});
