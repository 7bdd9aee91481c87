import { describe, expect, it } from 'vitest';
import type { Measure } from '../api/types';
import { Format } from './format';

function measure(name: string, unit: string): Measure {
  return { name, unit, label: name, quantity: null, valid_range: null };
}

const MEASURES = [measure('temperature', 'Cel'), measure('pressure', 'Pa'), measure('P2', 'ug/m3')];
const metric = new Format('en', 'metric', 'utc', MEASURES);

describe('values', () => {
  it('carry units people know', () => {
    expect(metric.value('P2', 12.34)).toBe('12.3 µg/m³');
    expect(metric.value('pressure', 101_325)).toBe('1,013.3 hPa');
    expect(metric.value('temperature', -0.25)).toBe('-0.3 °C');
  });

  it('are converted where people use other units', () => {
    const us = new Format('en', 'us', 'utc', MEASURES);
    expect(us.value('temperature', 100)).toBe('212 °F');
    expect(us.value('pressure', 101_325)).toBe('29.92 inHg');
    expect(us.value('P2', 5)).toBe('5 µg/m³');
  });

  it('come back from the units that people use', () => {
    for (const units of ['metric', 'us'] as const) {
      const { convert, revert } = new Format('en', units, 'utc', MEASURES).shown('pressure');
      expect(revert(convert(101_325))).toBeCloseTo(101_325, 6);
    }
    expect(new Format('en', 'us', 'utc', MEASURES).shown('temperature').revert(50)).toBe(10);
  });

  it('are written as the language does', () => {
    expect(new Format('de', 'metric', 'utc', MEASURES).value('P2', 1234.5)).toBe('1.234,5 µg/m³');
  });

  it('that are missing are a dash without unit', () => {
    expect(metric.value('P2', null)).toBe('—');
    expect(metric.value('P2', Number.NaN)).toBe('—');
  });

  it('of measures that the catalogue does not know are shown as they are', () => {
    expect(metric.value('novel', 7)).toBe('7');
  });
});

it('writes times in the wanted zone', () => {
  expect(metric.time(Date.parse('2018-11-06T23:05:00Z'))).toBe('Nov 6, 2018, 23:05');
});

it('writes sizes, lengths of time and shares', () => {
  expect(metric.bytes(90_556_481)).toBe('90.6 MB');
  expect(metric.bytes(0)).toBe('0 byte');
  expect(metric.duration(7300)).toBe('2 hours');
  expect(metric.share(0.004)).toBe('0.4%');
});
