import { describe, expect, it } from 'vitest';
import { bandOf } from '../scales';
import { compareCells } from './columns';
import { isReadable, parametersOf, rangesOfBands, spansOf } from './conditions';
import { converted } from './numbers';

describe('a number’s filter', () => {
  it('reads ranges, open on either side', () => {
    expect(spansOf('10..50')).toEqual([[10, 50]]);
    expect(spansOf('-3.5 ..')).toEqual([[-3.5, Infinity]]);
    expect(spansOf('<= 7')).toEqual([[-Infinity, 7]]);
  });

  it('reads single numbers, and several of all that', () => {
    expect(spansOf('7')).toEqual([[7, 7]]);
    expect(spansOf('..3, 7, >8')).toEqual([[-Infinity, 3], [7, 7], [8, Infinity]]);
  });

  it('reads nothing else', () => {
    for (const text of ['', '..', 'high', '5..1', '1..2,x']) expect(spansOf(text)).toBeNull();
  });

  it('has its numbers in the units that someone reads', () => {
    expect(converted('-10..50,>7', (value) => value * 1.8 + 32, 6)).toBe('14..122,>44.6');
  });
});

describe('the server', () => {
  it('is asked for ranges of measures and places, one of several', () => {
    const where = { P2: '>10', altitude: '..300', latitude: '50..51.5', aqi: '1..3,7' };
    expect(parametersOf(where).parameters).toEqual({ range: 'P2:10..,altitude:..300,latitude:50..51.5,aqi:1..3|7..7' });
  });

  it('is asked for what it compares as it is written', () => {
    const where = {
      sensor_id: '5, 7', sensor_type_id: '14', sensor_pin: '1', sensor_type_manufacturer: 'Nova Fitness', indoor: 'false',
    };
    expect(parametersOf(where).parameters).toEqual({ ...where, sensor_id: '5,7' });
  });

  it('is not asked for what can’t be read', () => {
    expect(parametersOf({ sensor_id: '5..9', indoor: 'maybe', P2: 'high', country: 'DE' })).toEqual({ parameters: {}, unread: ['sensor_id', 'indoor', 'P2', 'country'] });
    expect(isReadable('P2', 'high')).toBe(false);
    expect(isReadable('P2', '')).toBe(true);
  });
});

describe('hidden bands', () => {
  it('leave the indices of the others', () => {
    expect(rangesOfBands('aqi', [], [1, 10])).toBe('');
    expect(rangesOfBands('aqi', [1, 2, 3], [1, 10])).toBe('aqi:4..');
    expect(rangesOfBands('aqi', [2, 5, 6, 10], [1, 10])).toBe('aqi:..1|3..4|7..9');
  });

  it('leave exactly the values that the map colours by the others', () => {
    const domain = [0, 80] as const;
    const text = rangesOfBands('P2', [3, 8], domain);
    const spans = text.replace('P2:', '').split('|').map((span) => spansOf(span)?.[0] ?? [NaN, NaN]);
    expect(spans).toHaveLength(2);
    for (const value of [-5, 0, 10, 19.999, 20, 25, 29.999999, 30, 69.999, 70, 500]) {
      const isShown = ![3, 8].includes(bandOf('P2', value, domain));
      expect(spans.some(([low, high]) => value >= low && value <= high)).toBe(isShown);
    }
  });

  it('leave nothing when all are hidden', () => {
    expect(rangesOfBands('aqi', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10], [1, 10])).toBe('aqi:0..0,aqi:1..1');
  });
});

it('sorts rows without a value last, whichever way', () => {
  expect([3, null, 1].sort((a, b) => compareCells(a, b, false))).toEqual([1, 3, null]);
  expect([3, null, 1].sort((a, b) => compareCells(a, b, true))).toEqual([3, 1, null]);
});
