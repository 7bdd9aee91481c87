import { describe, expect, it } from 'vitest';
import { bandName, DAQI_COLOURS, indexOf } from './daqi';
import { bandOf, bandsOf, colourOf, domainOf, stops } from './index';
import { along, inkOn, VIRIDIS } from './ramps';

describe('the index', () => {
  it('rounds half up before the lookup', () => {
    expect(indexOf('P2', 11.49)).toBe(1);
    expect(indexOf('P2', 11.5)).toBe(2);
    expect(indexOf('P1', 100.4)).toBe(9);
    expect(indexOf('P1', 100.5)).toBe(10);
  });

  it('does not count saturated, negative and missing values', () => {
    expect(indexOf('P2', 999)).toBeNull();
    expect(indexOf('P1', 1999)).toBeNull();
    expect(indexOf('P2', -0.1)).toBeNull();
    expect(indexOf('P2', null)).toBeNull();
    expect(indexOf('P2', Number.NaN)).toBeNull();
  });

  it('has four named bands', () => {
    expect([1, 3, 4, 6, 7, 9, 10].map(bandName)).toEqual([
      'low', 'low', 'moderate', 'moderate', 'high', 'high', 'veryHigh',
    ]);
  });

  it('keeps its official colours', () => {
    expect(stops('aqi', [1, 10]).map((stop) => stop.colour)).toEqual(DAQI_COLOURS);
    expect(colourOf('aqi', 10, [1, 10])).toBe('#CE30FF');
  });
});

describe('other measures', () => {
  it('spend their colours on the 2 to 98 % quantiles', () => {
    const values = Array.from({ length: 101 }, (_, i) => i);
    expect(domainOf('P1', [...values, Number.NaN])).toEqual([2, 98]);
  });

  it('ignore a single outlier among many values', () => {
    const values = [...Array.from({ length: 1000 }, (_, i) => i / 100), 1e9];
    expect(domainOf('temperature', values)[1]).toBeLessThan(11);
  });

  it('have a domain for one value and for none', () => {
    expect(domainOf('P1', [5, 5])).toEqual([4.5, 5.5]);
    expect(domainOf('P1', [])).toEqual([0, 1]);
  });

  it('run from the ramp’s begin to its end and stop there', () => {
    expect(colourOf('P1', -5, [0, 10])).toBe(VIRIDIS[0]);
    expect(colourOf('P1', 0, [0, 10])).toBe(VIRIDIS[0]);
    expect(colourOf('P1', 99, [0, 10])).toBe(VIRIDIS.at(-1));
  });

  it('put every value into exactly one legend band', () => {
    const bands = bandsOf('P1', [0, 80]);
    expect(bands).toHaveLength(8);
    for (const value of [-3, 0, 9.99, 10, 44, 79.9, 80, 1000]) {
      const band = bandOf('P1', value, [0, 80]);
      const entry = bands[band - 1];
      expect(entry).toBeDefined();
      const inside = value >= (entry?.from ?? 0) && value <= (entry?.to ?? 0);
      expect(inside || value < 0 || value > 80).toBe(true);
    }
  });
});

describe('a ramp', () => {
  it('mixes between its control points', () => {
    expect(along(['#000000', '#ffffff'], 0.5)).toBe('#808080');
  });

  it('is written on in the ink that reads better', () => {
    expect(inkOn('#9CFF9C')).toBe('#000000');
    expect(inkOn('#990000')).toBe('#ffffff');
  });
});
