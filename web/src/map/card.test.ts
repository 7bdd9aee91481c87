import { describe, expect, it } from 'vitest';
import { Format } from '../format/format';
import { de } from '../i18n/de';
import { en } from '../i18n/en';
import { translator } from '../i18n/translate';
import { type CardInput, cardText, MOST_LINES, spoken } from './card';
import { sensorAt } from './testSensors';

const MEASURES = [{ name: 'P2', label: 'PM2.5', unit: 'ug/m3', quantity: null, valid_range: null }];

const input: CardInput = {
  features: [sensorAt(7, 9, 48, { aqi: 4, P2: 38.25 })],
  value: 4,
  measure: 'aqi',
  domain: [1, 10],
  near: 'Aberdeen',
  isSamePlace: true,
  now: Date.parse('2026-11-23T10:03:00Z'),
  format: new Format('en', 'metric', 'utc', MEASURES),
  t: translator(en),
};

describe('a card', () => {
  it('of one sensor says place, value, band, sensor and age', () => {
    const text = cardText(input);
    expect(text.title).toBe('Location 107');
    expect(text.place).toBe('near Aberdeen, United Kingdom');
    expect(text.lines).toEqual([
      { sensor: 7, value: '4 · Moderate', number: 4, type: 'Sensor 7 (SDS011)', age: '3 minutes ago' },
    ]);
  });

  it('of another measure says the unit', () => {
    const text = cardText({ ...input, measure: 'P2', value: 38.25, domain: [0, 50] });
    expect(text.lines[0]?.value).toBe('38.3 µg/m³');
  });

  it('of one place lists its sensors, the highest first, and counts the others', () => {
    const features = Array.from({ length: 8 }, (_, i) => sensorAt(i, 9, 48, { aqi: i + 1 }));
    const text = cardText({ ...input, features, value: 8 });
    expect(text.lines.map(({ number }) => number)).toEqual([8, 7, 6, 5, 4, 3]);
    expect(text.more).toBe(8 - MOST_LINES);
  });

  it('of a cluster says how many there are and what its colour stands for', () => {
    const features = [sensorAt(1, 9, 48, { aqi: 2 }), sensorAt(2, 10, 48, { aqi: 7 })];
    const text = cardText({ ...input, features, value: 7, isSamePlace: false });
    expect(text.title).toBe('2 sensors');
    expect(text.value).toBe('Highest: 7 · High');
    expect(text.lines).toEqual([]);
  });

  it('is spoken as one text', () => {
    expect(spoken(cardText(input))).toBe(
      'Location 107. near Aberdeen, United Kingdom. 4 · Moderate, Sensor 7 (SDS011), 3 minutes ago. Click or Enter picks it',
    );
  });

  it('speaks the language of the dashboard', () => {
    const text = cardText({ ...input, t: translator(de), format: new Format('de', 'metric', 'utc', []) });
    expect(text.lines[0]?.age).toBe('vor 3 Minuten');
    expect(text.place).toBe('bei Aberdeen, Vereinigtes Königreich');
  });
});
