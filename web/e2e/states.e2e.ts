import { afterAll, beforeAll, expect, it } from 'vitest';
import { settled, visit } from './browser';
import { World } from './world';

const world = new World(false);

beforeAll(() => world.start());
afterAll(() => world.stop());

it('says what to do when nothing meets the filters, and does it', async () => {
  const { page, close } = await visit(world.browser, `${world.product.url}/?refresh=off&from=2018-11-01T00:00:00Z&to=2018-11-01T01:00:00Z&country=FR`);
  const gauges = page.locator('[data-panel=gauges]');
  await gauges.getByText('No particle readings here').waitFor();
  await page.locator('[data-panel=worst]').getByText('Nobody reported this within the hour.').waitFor();
  await page.locator('[data-panel=map]').getByText('No sensor to show here.').waitFor();
  await gauges.getByRole('button', { name: 'Remove all filters' }).click();
  await page.waitForURL((url) => !url.searchParams.has('country'));
  await gauges.getByRole('button', { name: 'Show 7 days' }).click();
  await settled(page);
  expect(await gauges.locator('.gauge').count()).toBe(3);
  await close();
});

it('says what the server refused, and asks again on request', async () => {
  const { page, close } = await visit(world.browser, 'about:blank');
  let isBroken = true;
  await page.route('**/api/v1/stats*', (route) =>
    isBroken
      ? route.fulfill({ status: 500, contentType: 'application/problem+json', body: '{"title":"Broken","detail":"the disk is full"}' })
      : route.continue());
  await page.goto(`${world.product.url}/?refresh=off`);
  const gauges = page.locator('[data-panel=gauges]');
  await gauges.getByRole('alert').filter({ hasText: 'It did not work: the disk is full' }).waitFor();
  isBroken = false;
  await gauges.getByRole('button', { name: 'Try again' }).click();
  await settled(page);
  expect(await gauges.getByRole('alert').count()).toBe(0);
  await close();
});

it('shows that it is loading, and where', async () => {
  const { page, close } = await visit(world.browser, 'about:blank');
  let go = (): void => {};
  const held = new Promise<void>((resolve) => (go = resolve));
  await page.route('**/api/v1/stats*', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(`${world.product.url}/?refresh=off`);
  const gauges = page.locator('[data-panel=gauges]');
  await gauges.getByRole('status').filter({ hasText: 'Loading' }).waitFor({ state: 'attached' });
  expect(await gauges.getAttribute('aria-busy')).toBe('true');
  go();
  await settled(page);
  expect(await gauges.getByRole('status').count()).toBe(0);
  await close();
});

it('counts on when readings come that it has never seen', async () => {
  const { page, close } = await world.open();
  const table = page.locator('[data-panel=table]');
  await fetch(`${world.product.url}/v1/push-sensor-data/`, {
    method: 'POST',
    headers: { 'X-Sensor': 'esp8266-815', 'X-PIN': '7', 'Content-Type': 'application/json' },
    body: JSON.stringify({ sensordatavalues: [{ value_type: 'temperature', value: '3.5' }] }),
  });
  await page.getByRole('button', { name: 'Refresh now' }).click();
  await page.getByText('Newest reading').first().waitFor();
  await table.locator('tr.reading').first().filter({ hasText: '3.5' }).waitFor();
  await close();
});
