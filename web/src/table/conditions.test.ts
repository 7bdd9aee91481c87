import { describe, expect, it } from 'vitest';
import type { Reading } from '../api/types';
import { compareCells } from './columns';
import { conditionOf, meets, predicateOf, splitConditions } from './conditions';

describe('a column’s filter', () => {
  it('reads ranges, open on either side', () => {
    expect(conditionOf('10..50')).toEqual({ kind: 'range', low: 10, high: 50 });
    expect(conditionOf('-3.5 ..')).toEqual({ kind: 'range', low: -3.5, high: Infinity });
    expect(conditionOf('<= 7')).toEqual({ kind: 'range', low: -Infinity, high: 7 });
  });

  it('reads sets and texts', () => {
    expect(conditionOf('DE, fr')).toEqual({ kind: 'set', values: ['de', 'fr'] });
    expect(conditionOf(' Nova ')).toEqual({ kind: 'text', text: 'nova' });
  });

  it('asks nothing when it is empty', () => {
    expect(conditionOf('  ')).toBeNull();
    expect(predicateOf({ altitude: '' })).toBeNull();
  });

  it('finds texts within texts, but numbers only whole', () => {
    expect(meets({ kind: 'text', text: 'nova' }, 'Nova Fitness')).toBe(true);
    expect(meets({ kind: 'text', text: '5' }, 15)).toBe(false);
    expect(meets({ kind: 'text', text: '5' }, 5)).toBe(true);
  });

  it('is not met by a missing value', () => {
    expect(meets({ kind: 'range', low: -Infinity, high: Infinity }, null)).toBe(false);
  });

  it('holds together with those of other columns', () => {
    const predicate = predicateOf({ P2: '>10', sensor_pin: '1' });
    const row = { P2: 12, sensor_pin: '1' } as unknown as Reading;
    expect(predicate?.(row)).toBe(true);
    expect(predicate?.({ ...row, P2: 9 })).toBe(false);
  });
});

describe('the server', () => {
  const NONE = new Set<string>();

  it('is asked for ranges of measures and places, and for one number', () => {
    expect(splitConditions({ P2: '>10', altitude: '..300', latitude: '50..51.5', aqi: '7' }, NONE)).toEqual({
      server: { range: 'P2:10..,altitude:..300,latitude:50..51.5,aqi:7..7' },
      local: {},
    });
  });

  it('is asked for what it compares as it is written', () => {
    const where = { sensor_id: '5, 7', sensor_type_id: '14', sensor_pin: '1', country: 'de,fr', indoor: 'false' };
    expect(splitConditions(where, NONE)).toEqual({
      server: { sensor_id: '5,7', sensor_type_id: '14', sensor_pin: '1', country: 'de,fr', indoor: 'false' },
      local: {},
    });
  });

  it('is not asked for what it can’t tell', () => {
    const where = { sensor_id: '5..9', sensor_type_manufacturer: 'nova', country: 'd', P2: '1,2' };
    expect(splitConditions(where, NONE)).toEqual({ server: {}, local: where });
  });

  it('is not asked twice for what is picked elsewhere', () => {
    const where = { location_id: '5', P2: '1..2' };
    expect(splitConditions(where, new Set(['location_id']))).toEqual({
      server: { range: 'P2:1..2' },
      local: { location_id: '5' },
    });
  });
});

it('sorts rows without a value last, whichever way', () => {
  expect([3, null, 1].sort((a, b) => compareCells(a, b, false))).toEqual([1, 3, null]);
  expect([3, null, 1].sort((a, b) => compareCells(a, b, true))).toEqual([3, 1, null]);
});
