import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Latest, Stats } from '../src/api/types';
import { de } from '../src/i18n/de';
import { fr } from '../src/i18n/fr';
import { allReadings, clock, contentOf, csvRows, iso, number } from './answers';
import { settled, visit } from './browser';
import { World } from './world';

const PANELS = ['map', 'gauges', 'worst', 'series', 'distribution', 'calendar', 'compare', 'history', 'table', 'status'];
const HOUR_MS = 3_600_000;

const world = new World(false);

beforeAll(() => world.start());
afterAll(() => world.stop());

describe('time', () => {
  it('has presets, any length, any beginning and end, and goes back through all of them', async () => {
    const { page, close } = await world.open('zone=utc');
    const range = page.getByRole('button', { name: /^Time range/ });
    const last = (hours: number): string => `from=${iso(world.to - hours * HOUR_MS)}&to=${iso(world.to)}`;
    const hours: Record<string, number> = { '1 hour': 1, '6 hours': 6, '7 days': 168, '30 days': 720, '365 days': 8760, '24 hours': 24 };
    for (const [name, length] of Object.entries(hours)) {
      await range.click();
      await page.getByRole('button', { name, exact: true }).click();
      await world.counts(page, last(length));
    }
    await range.click();
    await page.getByLabel(/^The last/).fill('90m');
    await page.keyboard.press('Enter');
    await world.counts(page, last(1.5));
    const begin = world.to - (world.to % HOUR_MS) - 5 * HOUR_MS;
    await range.click();
    await page.getByLabel('From', { exact: true }).fill(iso(begin).slice(0, 16));
    await page.getByLabel('To', { exact: true }).fill(iso(begin + 2 * HOUR_MS).slice(0, 16));
    await page.locator('.popover').getByRole('button', { name: 'Apply' }).last().click();
    await world.counts(page, `from=${iso(begin)}&to=${iso(begin + 2 * HOUR_MS)}`);
    const back = page.getByRole('button', { name: 'Back to the time range before' });
    await back.click();
    await world.counts(page, last(1.5));
    await back.click();
    await world.counts(page, last(24));
    await range.click();
    await page.getByLabel(/^The last/).fill('soon');
    await page.keyboard.press('Enter');
    await page.getByRole('alert').filter({ hasText: 'Write a number and a unit' }).waitFor();
    await close();
  });

  it('is refreshed by itself as often as someone wants', async () => {
    const { page, close } = await world.open();
    const asked = (): Promise<unknown> => page.waitForRequest((request) => request.url().includes('/api/v1/status'));
    await page.getByLabel('Refresh by itself').selectOption('5s');
    await page.waitForURL((url) => url.searchParams.get('refresh') === '5s');
    // Nobody clicks, and what is shown has come before.
    await asked();
    expect(await page.getByLabel('Refresh by itself').locator('option').allInnerTexts()).toHaveLength(8);
    await close();
  });

  it('is written in the zone that someone wants', async () => {
    const { page, close } = await world.open('', { timezoneId: 'Asia/Tokyo' });
    const newest = (zone: string): string => clock(world.to - 1000, zone);
    await page.getByText(`Recorded data up to ${newest('Asia/Tokyo')}`).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Times in').selectOption('utc');
    await page.getByText(`Recorded data up to ${newest('UTC')}`).waitFor();
    await close();
  });
});

describe('places', () => {
  it('are found, picked together, and taken away again', async () => {
    const { page, close } = await world.open();
    const latest = await world.product.json<Latest>('/api/v1/latest?measure=aqi');
    const [one, other] = [...new Set(latest.features.map(({ properties }) => properties.location_id))];
    await page.getByRole('button', { name: /^Place/ }).click();
    for (const place of [one, other]) {
      await page.getByRole('combobox', { name: 'Search: Place' }).fill(String(place));
      await page.keyboard.press('Enter');
    }
    await page.keyboard.press('Escape');
    await page.waitForURL((url) => url.searchParams.get('location_id') === `${one},${other}`);
    await world.counts(page, `location_id=${one},${other}&${world.day}`);
    await page.getByRole('button', { name: new RegExp(`^Remove: .*${one}$`) }).click();
    await world.counts(page, `location_id=${other}&${world.day}`);
    await close();
  });
});

describe('units', () => {
  it('are those that someone reads, in numbers and in filters', async () => {
    const { page, close } = await world.open('measure=temperature&units=us');
    const stats = await world.product.json<Stats>(`/api/v1/stats?measure=temperature&${world.day}`);
    const fahrenheit = (value: number | null): string => number((value ?? 0) * 1.8 + 32, 1);
    expect(await page.locator('[data-panel=distribution] dd').allInnerTexts()).toEqual(
      [stats.min, stats.p50, stats.mean, stats.p95, stats.max].map(fahrenheit),
    );
    const table = page.locator('[data-panel=table]');
    const field = table.getByRole('textbox', { name: 'Filter Temperature' });
    await field.fill('51..53.5');
    await field.press('Enter');
    await page.getByRole('button', { name: 'Remove: Temperature: 51..53.5' }).waitFor();
    const within = (await allReadings(world.product, `measure=temperature&${world.day}`)).filter((row) => {
      const shown = Number(row['temperature']) * 1.8 + 32;
      return shown >= 51 && shown <= 53.5;
    });
    expect(within.length).toBeGreaterThan(0);
    await table.getByRole('button', { name: 'Download what is filtered' }).click();
    const link = await table.getByRole('link', { name: 'JSON', exact: true }).getAttribute('href');
    const answer = await world.product.json<{ readings: unknown[] }>(link ?? '');
    expect(answer.readings).toHaveLength(within.length);
    await close();
  });
});

describe('a link', () => {
  it('holds the whole view', async () => {
    const { page, close } = await world.open('zone=utc&measure=P2&lang=en');
    await page.locator('[data-panel=worst] li button').first().click();
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByRole('button', { name: '6 hours', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('last') === '6h');
    await settled(page);
    await page.getByRole('button', { name: 'Share this view' }).click();
    const link = await page.getByLabel('Link to all that you see').inputValue();
    const other = await visit(world.browser, link);
    await settled(other.page);
    await page.keyboard.press('Escape');
    for (const panel of ['gauges', 'worst', 'distribution', 'calendar', 'table']) {
      expect(await other.page.locator(`[data-panel=${panel}]`).innerText()).toBe(await page.locator(`[data-panel=${panel}]`).innerText());
    }
    await other.close();
    await close();
  });

  it('for another page shows one panel alone, each of them', async () => {
    const { page, close } = await world.open();
    await page.getByRole('button', { name: 'Share this view' }).click();
    await page.getByLabel('Put one panel into another page').waitFor();
    expect(await page.getByLabel('Put one panel into another page').locator('option').count()).toBe(PANELS.length);
    for (const panel of PANELS) {
      await page.getByLabel('Put one panel into another page').selectOption(panel);
      const code = await page.getByLabel('HTML to embed').inputValue();
      const src = /src="([^"]+)"/.exec(code)?.[1] ?? '';
      const embedded = await visit(world.browser, src);
      await embedded.page.locator(`[data-panel=${panel}][aria-busy=false]`).waitFor();
      expect(await embedded.page.locator('[data-panel]').count()).toBe(1);
      expect(await embedded.page.locator('header nav').count()).toBe(0);
      expect(embedded.problems).toEqual([]);
      await embedded.close();
    }
    await close();
  });
});

describe('looks', () => {
  it.each([['de', de], ['fr', fr]] as const)('are complete in %s', async (lang, texts) => {
    const { page, close } = await world.open(`lang=${lang}&compare=previous`);
    expect(await page.locator('html').getAttribute('lang')).toBe(lang);
    const heads = await page.locator('h2').allInnerTexts();
    for (const key of ['gauges.title', 'worst.title', 'compare.title', 'table.title', 'status.title'] as const) {
      expect(heads).toContain(texts[key]);
    }
    // A key without a text is shown as it is.
    expect(await page.locator('body').innerText()).not.toMatch(/\b(app|panel|worst|map|measure|place|range|state|gauges|table|column|status|compare|stats)\.[a-z]\w+/);
    expect(await page.locator('body').innerText()).not.toMatch(/\{\w+\}/);
    await close();
  });

  it('follow the system, unless someone wants light or dark', async () => {
    const { page, close } = await world.open('', { colorScheme: 'dark' });
    const theme = (): Promise<string | null> => page.locator('html').getAttribute('data-theme');
    const ground = (): Promise<string> => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await theme()).toBe('dark');
    const dark = await ground();
    await page.emulateMedia({ colorScheme: 'light' });
    await expect.poll(theme).toBe('light');
    expect(await ground()).not.toBe(dark);
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Appearance').selectOption('dark');
    await expect.poll(ground).toBe(dark);
    await close();
  });

  it('fit a phone: nothing sticks out, also of what opens', async () => {
    const { page, close } = await world.open('', { viewport: { width: 390, height: 844 }, hasTouch: true });
    for (const name of ['Measure', 'Place', 'Time range', 'Share this view', 'Settings', 'Columns', 'Download what is filtered', 'with a time']) {
      const button = page.getByRole('button', { name: new RegExp(`^${name}`) });
      await button.tap();
      const panel = page.locator('.popover > .panel');
      await panel.locator(':is(input, select, button, a)').first().waitFor();
      const box = await panel.boundingBox();
      expect(box && box.x >= 0 && box.x + box.width <= 390 && box.y >= 0 && box.y + box.height <= 844).toBe(true);
      await page.keyboard.press('Escape');
    }
    const newest = await page.locator('[data-panel=calendar] tbody button').last().boundingBox();
    expect(newest && newest.x >= 0 && newest.x + newest.width <= 390).toBe(true);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    await close();
  });
});

describe('with the keyboard alone', () => {
  it('a stranger finds the worst place, sees why, and downloads its week', async () => {
    const { page, close } = await world.open();
    const focused = (): Promise<string> => page.evaluate(() => document.activeElement?.closest('[data-panel=worst]') ? (document.activeElement.tagName ?? '') : '');
    for (let i = 0; i < 60 && (await focused()) === ''; i++) await page.keyboard.press('Tab');
    expect(await focused()).toBe('BUTTON');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('location_id'));
    const place = new URL(page.url()).searchParams.get('location_id');
    await page.locator('[data-panel=series] .legend', { hasText: `location ${place}` }).waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe('A');
    const [file] = await Promise.all([page.waitForEvent('download'), page.keyboard.press('Enter')]);
    const rows = csvRows((await contentOf(file)).toString());
    const week = `location_id=${place}&from=${iso(world.to - 168 * HOUR_MS)}&to=${iso(world.to)}`;
    expect(rows).toHaveLength((await allReadings(world.product, week)).length);
    await close();
  });

  it('the map is moved, zoomed, and its points are walked through', async () => {
    const { page, close } = await world.open();
    const view = (): string | null => new URL(page.url()).searchParams.get('view');
    await page.locator('[data-panel=map] canvas').focus();
    await page.keyboard.press('ArrowRight');
    await page.waitForURL((url) => url.searchParams.has('view'));
    const before = view();
    await page.keyboard.press('+');
    await page.waitForURL((url) => url.searchParams.get('view') !== before);
    await page.getByRole('button', { name: 'Show all sensors' }).click();
    await page.getByRole('button', { name: 'Go through the points in view' }).focus();
    const told = page.locator('[data-panel=map] p[aria-live]');
    await told.filter({ hasText: /1 of \d+/ }).waitFor();
    const latest = await world.product.json<Latest>('/api/v1/latest?measure=aqi');
    const count = Number(/1 of (\d+)/.exec(await told.innerText())?.[1]);
    let sensors = 0;
    for (let i = 1; i <= count; i++) {
      await told.filter({ hasText: `${i} of ${count}` }).waitFor();
      sensors += Number(/^(\d+) sensors/.exec(await told.innerText())?.[1] ?? 1);
      await page.keyboard.press('ArrowRight');
    }
    expect(sensors).toBe(latest.features.length);
    await close();
  });
});
