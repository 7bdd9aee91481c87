import type { Download } from 'playwright-core';
import type { Point, Reading, Readings, Series, Stats } from '../src/api/types';
import type { Product } from './product';

/** A number as English has it. */
export function number(value: number | null | undefined, digits = 0): string {
  return value === null || value === undefined ? '—' : value.toLocaleString('en', { maximumFractionDigits: digits });
}

/** All readings that the API pages through. */
export async function allReadings(product: Product, query: string): Promise<Reading[]> {
  const all: Reading[] = [];
  let cursor: string | null = '';
  do {
    const page: Readings = await product.json<Readings>(`/api/v1/readings?${query}&limit=10000${cursor ? `&cursor=${cursor}` : ''}`);
    all.push(...page.readings);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return all;
}

export async function contentOf(download: Download): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of await download.createReadStream()) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

/** Rows of a CSV file by the names of its columns; the files under test have no line breaks within quotes. */
export function csvRows(text: string): Record<string, string>[] {
  const [header = '', ...lines] = text.trim().split(/\r?\n/);
  const names = header.split(',');
  return lines.map((line) => {
    const cells = [...line.matchAll(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)].map(([, cell = '']) => cell.replace(/^"|"$/g, '').replaceAll('""', '"'));
    return Object.fromEntries(names.map((name, i) => [name, cells[i] ?? '']));
  });
}

/** The band of an index in words. */
export function bandOf(index: number | null): string {
  if (index === null) return 'none';
  const whole = Math.round(index);
  return whole <= 3 ? 'Low' : whole <= 6 ? 'Moderate' : whole <= 9 ? 'High' : 'Very High';
}

/** Upper ends of the UK indices 1 to 9, of the 24-hour mean in µg/m³ (Defra, April 2013). */
const ENDS: Readonly<Record<string, readonly number[]>> = {
  P2: [11, 23, 35, 41, 47, 53, 58, 64, 70],
  P1: [16, 33, 50, 58, 66, 75, 83, 91, 100],
};

const HOUR_MS = 3_600_000;

/** The 24-hour running-mean index of a sensor at an instant, from the API's hourly means; null with fewer than 18 of them. */
export async function runningIndex(product: Product, sensor: number, end: number): Promise<number | null> {
  const to = Math.ceil(end / HOUR_MS) * HOUR_MS;
  const window = `from=${new Date(to - 24 * HOUR_MS).toISOString()}&to=${new Date(to).toISOString()}`;
  const indices: number[] = [];
  for (const [measure, ends] of Object.entries(ENDS)) {
    const { series } = await product.json<Series>(`/api/v1/series?measure=${measure}&sensor_id=${sensor}&interval=1h&${window}`);
    const points = series[0]?.points ?? [];
    if (points.length >= 18) {
      const mean = Math.round(points.reduce((sum, [, value]) => sum + value, 0) / points.length);
      indices.push(1 + ends.filter((limit) => mean > limit).length);
    }
  }
  return indices.length > 0 ? Math.max(...indices) : null;
}

/** The mean of several series at each time. */
export function meanOf(series: Series): Point[] {
  const values = new Map<number, number[]>();
  for (const { points } of series.series) {
    for (const [time, value] of points) values.set(time, [...(values.get(time) ?? []), value]);
  }
  return [...values].map(([time, all]): Point => [time, all.reduce((a, b) => a + b, 0) / all.length]).sort((a, b) => a[0] - b[0]);
}

export function statsOf(product: Product, query: string): Promise<Stats> {
  return product.json<Stats>(`/api/v1/stats?${query}`);
}

/** A time as English has it. */
export function clock(time: number, zone = 'UTC'): string {
  return new Date(time).toLocaleString('en', {
    year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone,
  });
}

/** Seconds, as the API and the page's address have times. */
export function iso(time: number): string {
  return new Date(time).toISOString().replace('.000Z', 'Z');
}
