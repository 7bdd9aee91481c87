import { expect, it } from 'vitest';
import { ApiClient } from '../api/client';
import type { Reading } from '../api/types';
import { csvOf, download, type DownloadFormat } from './download';

function row(id: number, more: Partial<Reading> = {}): Reading {
  return {
    timestamp: '2026-01-01T00:00:00Z', sensor_id: id, location_id: id, latitude: 57, longitude: -2,
    altitude: null, country: 'GB', indoor: false, sensor_type_id: 14, sensor_type_name: 'SDS011',
    sensor_type_manufacturer: 'Nova "N", Fitness', sensor_pin: '1', aqi: null, ...more,
  };
}

const PAGES = [
  { readings: [row(1, { P2: 5 }), row(2)], next_cursor: 'more' },
  { readings: [row(3, { P1: 7 })], next_cursor: null },
];

function paged(): ApiClient {
  return new ApiClient((input) => {
    const second = String(input).includes('cursor=more');
    return Promise.resolve(new Response(JSON.stringify(PAGES[second ? 1 : 0])));
  });
}

async function text(format: DownloadFormat, only?: (row: Reading) => boolean): Promise<string> {
  const blob = await download(paged(), format, {}, only ?? null, () => {}, new AbortController().signal);
  return blob.text();
}

it('holds the rows of all pages', async () => {
  const json = JSON.parse(await text('json')) as { readings: Reading[] };
  expect(json.readings.map((one) => one.sensor_id)).toEqual([1, 2, 3]);
});

it('holds exactly what is filtered, also when a page has nothing of it', async () => {
  const json = JSON.parse(await text('geojson', (one) => one.sensor_id === 3)) as {
    features: { geometry: { coordinates: number[] }; properties: Record<string, unknown> }[];
  };
  expect(json.features).toHaveLength(1);
  expect(json.features[0]?.geometry.coordinates).toEqual([-2, 57]);
  expect(json.features[0]?.properties['P1']).toBe(7);
});

it('names the measures of all rows in the CSV’s header and quotes what needs it', () => {
  const lines = csvOf([...(PAGES[0]?.readings ?? []), ...(PAGES[1]?.readings ?? [])]).split('\r\n');
  expect(lines[0]?.endsWith(',aqi,P1,P2')).toBe(true);
  expect(lines[1]).toContain('"Nova ""N"", Fitness"');
  expect(lines[1]?.endsWith(',,,5')).toBe(true);
});
