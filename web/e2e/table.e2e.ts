import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Measures, Reading, Readings } from '../src/api/types';
import { allReadings, clock, contentOf, csvRows, iso, number } from './answers';
import type { Visit } from './browser';
import { WORLDS } from './world';

const IDENTITY = [
  'timestamp', 'sensor_id', 'location_id', 'latitude', 'longitude', 'altitude', 'country', 'indoor',
  'sensor_type_id', 'sensor_type_name', 'sensor_type_manufacturer', 'sensor_pin',
];
/** What the API's features leave out of a sensor. */
const NOT_IN_GEOJSON = new Set(['altitude', 'indoor', 'sensor_type_id', 'sensor_type_manufacturer', 'sensor_pin']);
const MEASURES = ['aqi', 'P1', 'P2', 'temperature', 'humidity', 'pressure'];
const ALL = [...IDENTITY, ...MEASURES];

/** How a column is filtered: what is picked or written, and what the API is asked then. */
interface Filtered {
  column: string;
  label: string;
  pick?: string;
  write?: string;
  asks: Record<string, string>;
}

describe.each(WORLDS)('with %s, the table', (_, world) => {
  beforeAll(() => world.start());
  afterAll(() => world.stop());

  function open(query: string, day = world.day): Promise<Visit> {
    return world.open(`zone=utc&${day}&columns=${ALL.join(',')}&${query}`);
  }

  /** Waits until the table shows what the API answers: its first rows in all columns, and how many there are. */
  async function shows(page: Page, asked: Record<string, string>): Promise<void> {
    const window = { from: iso(world.from), to: iso(world.to) };
    const query = new URLSearchParams({ sort: '-timestamp', ...window, ...asked, limit: '500' });
    const { readings, next_cursor } = await world.product.json<Readings>(`/api/v1/readings?${query}`);
    const { measures } = await world.product.json<Measures>('/api/v1/measures');
    const isPascal = (name: string): boolean => measures.find((measure) => measure.name === name)?.unit === 'Pa';
    const cell = (row: Reading, name: string): string => {
      const value = row[name];
      if (value === null || value === undefined || value === '') return '';
      if (name === 'timestamp') return clock(Date.parse(String(value)));
      if (typeof value === 'boolean') return value ? 'yes' : 'no';
      return MEASURES.includes(name) ? number(isPascal(name) ? Number(value) / 100 : Number(value), 1) : String(value);
    };
    const table = page.locator('[data-panel=table]');
    await expect.poll(() => rowsOf(page), { timeout: 30_000 }).toEqual(readings.slice(0, 10).map((row) => ALL.map((name) => cell(row, name))));
    const count = number(readings.length);
    await table.locator('header .note', { hasText: next_cursor === null ? `all ${count} rows` : `${count} rows so far` }).waitFor();
  }

  it('has a filter on every column, each the server’s', async () => {
    const { page, close } = await open('');
    const some = await world.product.json<Readings>(`/api/v1/readings?measure=P2&limit=200&sort=-P2&${world.day}`);
    const climate = await world.product.json<Readings>(`/api/v1/readings?measure=humidity&limit=200&sort=-humidity&${world.day}`);
    const [a, b] = [some.readings[0] as Reading, some.readings.at(-1) as Reading];
    const c = climate.readings[100] as Reading;
    const middle = iso(world.to - 4 * 60_000);
    const range = (column: string, label: string, write: string, spans: string): Filtered => ({ column, label, write, asks: { range: `${column}:${spans}` } });
    const filters: Filtered[] = [
      { column: 'timestamp', label: 'Time', write: `${middle}..${iso(world.to)}`, asks: { from: middle, to: iso(world.to) } },
      { column: 'sensor_id', label: 'Sensor', write: `${a.sensor_id}, ${c.sensor_id}`, asks: { sensor_id: `${a.sensor_id},${c.sensor_id}` } },
      { column: 'location_id', label: 'Location', write: `${a.location_id},${b.location_id}`, asks: { location_id: `${a.location_id},${b.location_id}` } },
      range('latitude', 'Latitude', `>${a.latitude}`, `${a.latitude}..`),
      range('longitude', 'Longitude', `..${a.longitude}`, `..${a.longitude}`),
      range('altitude', 'Altitude (m)', '50..100', '50..100'),
      { column: 'country', label: 'Country', pick: a.country, asks: { country: a.country } },
      { column: 'indoor', label: 'Indoors', pick: 'no', asks: { indoor: 'false' } },
      { column: 'sensor_type_id', label: 'Type no.', pick: String(c.sensor_type_id), asks: { sensor_type_id: String(c.sensor_type_id) } },
      { column: 'sensor_type_name', label: 'Type', pick: a.sensor_type_name, asks: { sensor_type: a.sensor_type_name } },
      { column: 'sensor_type_manufacturer', label: 'Manufacturer', pick: c.sensor_type_manufacturer, asks: { sensor_type_manufacturer: c.sensor_type_manufacturer } },
      { column: 'sensor_pin', label: 'Pin', write: a.sensor_pin, asks: { sensor_pin: a.sensor_pin } },
      range('aqi', 'Air quality index', '..2, 7..', '..2|7..'),
      range('P1', 'PM10', '10..20', '10..20'),
      range('P2', 'PM2.5', '<8', '..8'),
      range('humidity', 'Humidity', `>${c['humidity']}`, `${c['humidity']}..`),
      range('temperature', 'Temperature', '5..12.5', '5..12.5'),
      // What is seen is hectopascal.
      range('pressure', 'Pressure', '990..1010', '99000..101000'),
    ];
    expect(filters.map(({ column }) => column).sort()).toEqual([...ALL].sort());
    const table = page.locator('[data-panel=table]');
    const all = new URL(page.url()).search;
    for (const { label, pick, write, asks } of filters) {
      if (pick === undefined) {
        const field = table.getByRole('textbox', { name: `Filter ${label}`, exact: true });
        await field.fill(write ?? '');
        await field.press('Enter');
      } else {
        await table.getByRole('button', { name: new RegExp(`^Filter ${label.replaceAll('.', '\\.')}: any`) }).click();
        await table.getByRole('option', { name: new RegExp(`^${pick}`) }).first().click();
        await page.keyboard.press('Escape');
      }
      await shows(page, asks);
      // As going back in the browser does.
      await page.evaluate((query) => {
        history.replaceState(null, '', `/${query}`);
        dispatchEvent(new PopStateEvent('popstate'));
      }, all);
    }
    await close();
  });

  it('shows filters that it can’t read, and leaves them out', async () => {
    const { page, close } = await open('where.P2=high&where.P1=10..20');
    const table = page.locator('[data-panel=table]');
    await table.getByRole('alert').filter({ hasText: 'PM2.5' }).waitFor();
    await shows(page, { range: 'P1:10..20' });
    const field = table.getByRole('textbox', { name: 'Filter PM10' });
    await field.fill('ten');
    await field.press('Enter');
    await table.getByText('This filter can’t be read. Write it like 10..50.').waitFor({ state: 'attached' });
    expect(await field.getAttribute('aria-invalid')).toBe('true');
    await shows(page, { range: 'P1:10..20' });
    await close();
  });

  it('is narrowed to the legend’s bands, with holes between them, as its downloads are', async () => {
    const { page, close } = await open('hide=2,5,10&measure=aqi');
    await shows(page, { range: 'aqi:..1|3..4|6..9' });
    await page.locator('[data-panel=map]').getByRole('button', { name: 'Show all', exact: true }).click();
    await shows(page, {});
    for (let band = 1; band <= 10; band++) await page.locator('[data-panel=map]').getByRole('button', { name: new RegExp(`^Index ${band},`) }).click();
    await page.locator('[data-panel=table]').getByText('No row meets the filters.').waitFor();
    await close();
  });

  it('is sorted by the server, both ways, on each column that it can sort', async () => {
    const { page, close } = await open('');
    const table = page.locator('[data-panel=table]');
    const sorted: Record<string, string> = {
      sensor_id: 'Sensor', location_id: 'Location', latitude: 'Latitude', longitude: 'Longitude', altitude: 'Altitude (m)',
      sensor_type_id: 'Type no.', aqi: 'Air quality index', P1: 'PM10', P2: 'PM2.5', temperature: 'Temperature', humidity: 'Humidity', pressure: 'Pressure',
    };
    for (const [column, label] of Object.entries(sorted)) {
      const button = table.getByRole('columnheader').getByRole('button', { name: new RegExp(`^${label.replaceAll(/[.()]/g, '\\$&')}`) }).first();
      await button.click();
      await shows(page, { sort: `-${column}` });
      await button.click();
      await shows(page, { sort: column });
    }
    await close();
  });

  it('is sorted by texts, too, once all rows have come', async () => {
    const period = `from=${iso(world.to - 4 * 3_600_000)}&to=${iso(world.to)}`;
    const { page, close } = await world.open(`zone=utc&${period}&columns=timestamp,sensor_id,sensor_type_name,sensor_type_manufacturer`);
    const readings = await allReadings(world.product, `sort=-timestamp&${period}`);
    const table = page.locator('[data-panel=table]');
    const by = async (direction: 'descending' | 'ascending', order: number): Promise<void> => {
      await table.getByRole('columnheader').getByRole('button', { name: 'Type', exact: true }).click();
      if (readings.length > 50_000) {
        await table.getByText('“Type” sorts at most 50,000 rows: narrow them.').waitFor();
        expect(await table.locator('th[aria-sort]').count()).toBe(0);
        return;
      }
      await table.locator(`th[aria-sort=${direction}]`, { hasText: 'Type' }).waitFor();
      await table.locator('header .note', { hasText: `all ${number(readings.length)} rows` }).waitFor();
      const sorted = readings.toSorted((a, b) => order * a.sensor_type_name.localeCompare(b.sensor_type_name));
      const expected = sorted.slice(0, 10).map((row) => [
        clock(Date.parse(row.timestamp)), String(row.sensor_id), row.sensor_type_name, row.sensor_type_manufacturer,
      ]);
      expect(await rowsOf(page)).toEqual(expected);
    };
    await by('descending', -1);
    await by('ascending', 1);
    await close();
  });

  it('has the columns that are chosen', async () => {
    const { page, close } = await open('');
    const table = page.locator('[data-panel=table]');
    const heads = (): Promise<string[]> => table.locator('thead th .name').allInnerTexts();
    expect(await heads()).toHaveLength(ALL.length);
    await table.getByRole('button', { name: 'Columns' }).click();
    await page.keyboard.type('altitude');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => !url.searchParams.get('columns')?.includes('altitude'));
    expect(await heads()).not.toContain('Altitude (m)');
    expect(await heads()).toHaveLength(ALL.length - 1);
    await close();
  });

  it('reaches the last row by scrolling, though only those in sight are drawn', async () => {
    const sensors = [...new Set((await world.product.json<Readings>(`/api/v1/readings?measure=P2&limit=400&sort=sensor_id&${world.day}`)).readings.map((row) => row.sensor_id))];
    const narrowed = new URLSearchParams({ sensor_id: sensors.join(','), from: iso(world.from), to: iso(world.to) });
    const all = await allReadings(world.product, `${narrowed}&sort=timestamp`);
    const { page, close } = await open(`sort=timestamp&where.sensor_id=${sensors.join(',')}`);
    const table = page.locator('[data-panel=table]');
    const box = table.locator('.scroll');
    await expect.poll(async () => {
      await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
      return table.locator('header .note').innerText();
    }, { timeout: 60_000 }).toBe(`all ${number(all.length)} rows`);
    await expect.poll(async () => (await rowsOf(page)).length).toBeGreaterThan(0);
    await box.evaluate((element) => element.scrollTo(0, element.scrollHeight));
    const last = all.at(-1);
    await table.locator('tr.reading').last().filter({ hasText: String(last?.sensor_id) }).waitFor();
    expect(await table.locator('tr.reading').last().getAttribute('aria-rowindex')).toBe(String(all.length + 2));
    expect(await table.locator('tr.reading').count()).toBeLessThan(60);
    await close();
  });

  it('is downloaded whole in every format, exactly as it is filtered and sorted', async () => {
    const { page, close } = await open('hide=1,9&measure=aqi&where.P2=5..&sensor_type=SDS011&sort=-P2');
    const asked = new URLSearchParams({
      sensor_type: 'SDS011', range: 'P2:5..,aqi:2..8|10..', sort: '-P2', from: iso(world.from), to: iso(world.to),
    });
    const all = await allReadings(world.product, asked.toString());
    expect(all.length).toBeGreaterThan(500);
    await page.getByRole('button', { name: 'Download what is filtered' }).click();
    const download = async (format: string): Promise<Buffer> => {
      const link = page.getByRole('link', { name: format, exact: true });
      const [file] = await Promise.all([page.waitForEvent('download'), link.click()]);
      expect(file.suggestedFilename()).toBe(`airlens-readings.${format.toLowerCase()}`);
      return contentOf(file);
    };
    const json = JSON.parse((await download('JSON')).toString()) as Readings;
    expect(JSON.stringify(json.readings) === JSON.stringify(all)).toBe(true);

    const rows = csvRows((await download('CSV')).toString());
    expect(rows).toHaveLength(all.length);
    const wrong = all.filter((reading, i) => !Object.entries(reading).every(([name, value]) => isSame(rows[i]?.[name] ?? '', value)));
    expect(wrong).toEqual([]);

    const collection = JSON.parse((await download('GeoJSON')).toString()) as { features: { geometry: { coordinates: number[] } | null; properties: Record<string, unknown> }[] };
    expect(collection.features).toHaveLength(all.length);
    const elsewhere = all.filter((reading, i) => {
      const { geometry, properties } = collection.features[i] ?? { geometry: null, properties: {} };
      const { longitude, latitude, ...all } = reading;
      const others = Object.fromEntries(Object.entries(all).filter(([name]) => !NOT_IN_GEOJSON.has(name)));
      const isThere = longitude === null ? geometry === null : geometry?.coordinates[0] === longitude && geometry.coordinates[1] === latitude;
      return !isThere || !Object.entries(others).every(([name, value]) => (properties[name] ?? null) === value);
    });
    expect(elsewhere).toEqual([]);

    const parquet = await download('Parquet');
    const own = await fetch(`${world.product.url}/api/v1/readings?${asked}&format=parquet`);
    const expected = Buffer.from(await own.arrayBuffer());
    expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
    expect(parquet.length).toBe(expected.length);
    await close();
  });

  it('picks a sensor by a click on its row', async () => {
    const { page, close } = await open('sort=-P2&measure=P2');
    const [first] = (await world.product.json<Readings>(`/api/v1/readings?sort=-P2&limit=1&${world.day}`)).readings;
    await page.locator('[data-panel=table] tr.reading').first().click();
    await page.waitForURL((url) => url.searchParams.get('sensor_id') === String(first?.sensor_id) && url.searchParams.get('location_id') === String(first?.location_id));
    await close();
  });
});

/** The cells of the first ten rows. */
function rowsOf(page: Page): Promise<string[][]> {
  return page.locator('[data-panel=table] tr.reading').evaluateAll((rows) =>
    rows.slice(0, 10).map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim() ?? '')));
}

/** Whether a CSV's cell says what the API does. */
function isSame(cell: string, value: unknown): boolean {
  if (value === null || value === undefined) return cell === '';
  return typeof value === 'number' ? cell !== '' && Number(cell) === value : cell === String(value);
}
