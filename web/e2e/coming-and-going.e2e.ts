import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Status } from '../src/api/types';
import { launch, settled, visit } from './browser';
import { writeCaptures } from './network';
import { Product } from './product';

const product = new Product();
let browser: Browser;

beforeAll(async () => {
  await product.start();
  browser = await launch();
});

afterAll(async () => {
  await browser.close();
  await product.stop();
  product.remove();
});

it('goes on by itself after the server went away and came back', async () => {
  const { page, close } = await visit(browser, `${product.url}/?refresh=off`);
  await settled(page);
  await product.stop();
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.getByText('The server does not answer.').waitFor();
  // What was there stays to be read, and says that it is old.
  expect(await page.locator('[data-panel=gauges] .gauge').count()).toBe(3);
  await page.locator('[data-panel=gauges] .stale').waitFor();
  await product.start();
  await page.getByText('The server does not answer.').waitFor({ state: 'detached' });
  await settled(page);
  expect(await page.locator('[data-panel=gauges] .stale').count()).toBe(0);
  await close();
});

it('shows a station’s push at once while it is live, and connects anew', async () => {
  const { page, close } = await visit(browser, `${product.url}/?refresh=off`);
  await settled(page);
  await page.getByRole('button', { name: 'Live' }).click();
  await page.locator('.live.open').waitFor();
  await product.stop();
  await page.locator('.live.connecting').waitFor();
  await product.start();
  await page.locator('.live.open').waitFor();
  const before = await product.json<Status>('/api/v1/status');
  const pushed = await fetch(`${product.url}/v1/push-sensor-data/`, {
    method: 'POST',
    headers: { 'X-Sensor': 'esp8266-4711', 'X-PIN': '1', 'Content-Type': 'application/json' },
    body: JSON.stringify({ software_version: 'NRZ-2020-133', sensordatavalues: [{ value_type: 'P1', value: '21.5' }, { value_type: 'P2', value: '11.5' }] }),
  });
  expect(pushed.status).toBe(201);
  const readings = ((before.store.readings ?? 0) + 1).toLocaleString('en');
  await page.locator('[data-panel=status] dd', { hasText: readings }).first().waitFor();
  await close();
});

it('shows the first readings by itself, though nothing refreshes it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'airlens-captures-'));
  const empty = new Product(folder);
  await empty.listen();
  const { page, close } = await visit(browser, `${empty.url}/?refresh=off`);
  await page.getByText('No readings have come yet.').first().waitFor();
  expect(await page.locator('[data-panel=gauges] .gauge').count()).toBe(0);
  writeCaptures(folder, 20, 1);
  await page.locator('[data-panel=gauges] .gauge').first().waitFor();
  await page.getByText('sensors: 10').first().waitFor();
  expect(await page.getByText('No readings have come yet.').count()).toBe(0);
  await close();
  await empty.stop();
  empty.remove();
  rmSync(folder, { recursive: true });
});
