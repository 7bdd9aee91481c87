import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Latest, Readings, Stats, Status } from '../src/api/types';
import { axe, launch, settled, type Visit, visit } from './browser';
import { writeCaptures } from './network';
import { Product } from './product';

const SENSORS = 25_000;
const CAPTURES = 3;

const folder = mkdtempSync(join(tmpdir(), 'airlens-captures-'));
let product: Product;
let browser: Browser;

beforeAll(async () => {
  writeCaptures(folder, SENSORS, CAPTURES);
  product = new Product(folder);
  await product.start();
  await allIn();
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await product.stop();
  product.remove();
  rmSync(folder, { recursive: true });
});

/** Each capture is a cycle: waits until the last one is in. */
async function allIn(): Promise<void> {
  for (;;) {
    const { cycles, store } = await product.json<Status>('/api/v1/status');
    if (cycles > CAPTURES && store.readings === SENSORS * CAPTURES) return;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}

async function open(query: string): Promise<Visit> {
  const opened = await visit(browser, `${product.url}/?refresh=off&zone=utc&${query}`);
  await settled(opened.page);
  return opened;
}

const number = (value: number): string => value.toLocaleString('en');

it('shows the API’s own numbers in every panel', async () => {
  const { page, problems, close } = await open('measure=P2');
  const window = await page.evaluate(() => performance.timeOrigin);
  const [from, to] = [new Date(window - 20 * 3_600_000).toISOString(), new Date(window + 3_600_000).toISOString()];
  const stats = await product.json<Stats>(`/api/v1/stats?measure=P2&from=${from}&to=${to}`);
  const index = await product.json<Stats>(`/api/v1/stats?measure=aqi&from=${from}&to=${to}`);
  const status = await product.json<Status>('/api/v1/status');
  const latest = await product.json<Latest>('/api/v1/latest?measure=P2');
  expect(stats.count).toBe((SENSORS / 2) * CAPTURES);
  const text = async (panel: string): Promise<string> => page.locator(`[data-panel=${panel}]`).innerText();

  expect(await page.locator('main').innerText()).toContain(`PM2.5 · sensors: ${number(latest.features.length)}`);
  expect(await text('gauges')).toContain(`readings: ${number(index.count)} · sensors: ${number(index.sensors)}`);
  expect(await text('gauges')).toContain((index.mean ?? 0).toFixed(1));
  expect(await text('distribution')).toContain(`${number(stats.count)} readings`);
  for (const value of [stats.min, stats.p50, stats.mean, stats.p95, stats.max]) {
    expect(await text('distribution')).toContain(String(Number((value ?? 0).toFixed(1))));
  }
  const shares = await page.locator('[data-panel=distribution] li .share').allInnerTexts();
  expect(shares.map((share) => Number.parseFloat(share))).toEqual(
    Object.values(index.bands ?? {}).map((count) => {
      const share = (100 * count) / index.count;
      return share > 0 && share < 1 ? Number(share.toFixed(1)) : Math.round(share);
    }),
  );
  expect(await text('status')).toContain(number(status.store.readings ?? 0));
  expect(await text('status')).toContain(number(SENSORS));
  expect(problems).toEqual([]);
  await close();
});

it('lists the worst places of the hour as the API has them, and leads from one to its week', async () => {
  const { page, close } = await open('measure=P2');
  const latest = await product.json<Latest>('/api/v1/latest?measure=P2');
  const highest = new Map<number, number>();
  for (const { properties } of latest.features) {
    highest.set(properties.location_id, Math.max(highest.get(properties.location_id) ?? 0, Number(properties['P2'])));
  }
  const values = [...highest.values()].sort((a, b) => b - a);
  const worst = page.locator('[data-panel=worst] li');
  expect(await worst.locator('.value').allInnerTexts()).toEqual(
    values.slice(0, await worst.count()).map((value) => number(Number(value.toFixed(1)))),
  );
  await worst.first().getByRole('button').click();
  await page.waitForURL((url) => url.searchParams.has('location_id'));
  const place = new URL(page.url()).searchParams.get('location_id');
  const [download] = await Promise.all([page.waitForEvent('download'), worst.first().getByRole('link').click()]);
  let content = '';
  for await (const chunk of await download.createReadStream()) content += chunk.toString();
  const readings = await product.json<Readings>(`/api/v1/readings?location_id=${place}&limit=1000`);
  expect(content.trim().split(/\r?\n/).length - 1).toBe(readings.readings.length);
  await close();
});

it('is as open to everybody as with seven sensors', async () => {
  const { page, close } = await open('theme=dark');
  expect(await axe(page)).toEqual([]);
  await close();
});

it('finds a place among thousands by the name of its city', async () => {
  const { page, close } = await open('');
  await page.getByRole('button', { name: /^Place/ }).click();
  await page.keyboard.type('stuttgart');
  await page.getByRole('option', { name: /Stuttgart/ }).first().waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL((url) => url.searchParams.has('location_id'));
  await close();
});

it('pages through all rows, and the table’s order is the server’s', async () => {
  const { page, close } = await open('measure=P2&sort=-P2');
  const first = await product.json<Readings>('/api/v1/readings?measure=P2&sort=-P2&limit=3');
  const ids = page.locator('[data-panel=table] tr.reading .id');
  await ids.first().waitFor();
  expect((await ids.allInnerTexts()).slice(0, 3)).toEqual(first.readings.map((row) => String(row.sensor_id)));
  await close();
});
