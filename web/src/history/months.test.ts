import { expect, it } from 'vitest';
import { monthsOf } from './months';

it('puts each day into its month, and leaves holes where there is none', () => {
  const [first, second, third] = [{ day: '2018-02-28' }, { day: '2018-03-01' }, { day: '2018-03-03' }];
  const months = monthsOf([third, first, second]);
  expect(months.map(({ month }) => month)).toEqual(['2018-02', '2018-03']);
  expect(months[0]?.days[27]).toBe(first);
  expect(months[1]?.days[0]).toBe(second);
  expect(months[1]?.days[1]).toBeUndefined();
  expect(months[1]?.days[2]).toBe(third);
});

it('passes rows without a day', () => {
  expect(monthsOf([{ day: '' }, { day: 'today' }, {}])).toEqual([]);
});
