import { expect, it } from 'vitest';
import { numberOf, rowsOf } from './rows';

it('reads rows by the names of their columns, whatever ends a line', () => {
  const rows = [{ a: '1', b: 'x' }, { a: '', b: 'y' }];
  expect(rowsOf('a,b\n1,x\n,y\n')).toEqual(rows);
  expect(rowsOf('a,b\r\n1,x\r\n,y')).toEqual(rows);
});

it('reads what is in quotes as one cell', () => {
  expect(rowsOf('a,b\n"1,\n""2""",""\n3,4\n')).toEqual([{ a: '1,\n"2"', b: '' }, { a: '3', b: '4' }]);
});

it('fills what a short row lacks, and finds nothing in a header alone', () => {
  expect(rowsOf('a,b\n1\n')).toEqual([{ a: '1', b: '' }]);
  expect(rowsOf('a,b\n')).toEqual([]);
  expect(rowsOf('')).toEqual([]);
});

it('tells a number from an empty cell', () => {
  const [row = {}] = rowsOf('a,b,c\n-1.5,,x\n');
  expect([numberOf(row, 'a'), numberOf(row, 'b'), numberOf(row, 'c'), numberOf(row, 'd')]).toEqual([-1.5, null, null, null]);
});
