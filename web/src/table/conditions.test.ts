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
  it('is asked for sensors and for ranges of coordinates', () => {
    expect(splitConditions({ sensor_id: '5, 7', latitude: '50..51', altitude: '>3' }, false)).toEqual({
      sensorId: '5,7', bbox: '-180,50,180,51', local: { altitude: '>3' },
    });
  });

  it('is not asked for what it can’t tell', () => {
    expect(splitConditions({ sensor_id: '5..9', latitude: '57.1' }, false).local).toEqual({
      sensor_id: '5..9', latitude: '57.1',
    });
    expect(splitConditions({ latitude: '50..51' }, true).local).toEqual({ latitude: '50..51' });
  });
});

it('sorts rows without a value last, whichever way', () => {
  expect([3, null, 1].sort((a, b) => compareCells(a, b, false))).toEqual([1, 3, null]);
  expect([3, null, 1].sort((a, b) => compareCells(a, b, true))).toEqual([3, 1, null]);
});
