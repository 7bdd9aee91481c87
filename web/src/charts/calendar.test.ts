import { expect, it } from 'vitest';
import { mondayOf, weeksOf } from './calendar';

it('begins weeks on Monday', () => {
  expect(new Date(mondayOf(Date.parse('2018-11-06T15:00:00Z'))).toISOString()).toBe('2018-11-05T00:00:00.000Z');
  expect(new Date(mondayOf(Date.parse('2018-11-05T00:00:00Z'))).toISOString()).toBe('2018-11-05T00:00:00.000Z');
  expect(new Date(mondayOf(Date.parse('2018-11-04T23:59:59Z'))).toISOString()).toBe('2018-10-29T00:00:00.000Z');
});

it('puts each day’s mean where it belongs and leaves the others empty', () => {
  const tuesday = Date.parse('2018-11-06T00:00:00Z');
  const weeks = weeksOf([[tuesday, 7]], Date.parse('2018-10-30'), tuesday);
  expect(weeks).toHaveLength(2);
  expect(weeks[1]?.map((day) => day.value)).toEqual([null, 7, null, null, null, null, null]);
});
