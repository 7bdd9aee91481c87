import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { clock, contentOf, csvRows, number } from './answers';
import { axe, launch, settled, type Visit, visit } from './browser';
import { Product } from './product';

const FOLDER = join(import.meta.dirname, 'fixtures/analytics');
const PLACE = '3121';
const SENSOR = '5331';
const ALLOWED = { who_2021: 3, eu_2008: 35, eu_2030: 18 };
const LIMITS = {
  P2: { who_2021: 'WHO 2021: > 15 µg/m³', eu_2030: 'EU 2030: > 25 µg/m³' },
  P1: { who_2021: 'WHO 2021: > 45 µg/m³', eu_2008: 'EU 2008: > 50 µg/m³', eu_2030: 'EU 2030: > 45 µg/m³' },
};

const product = new Product('sample', ['--analyses', FOLDER]);
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

function table(name: string): Record<string, string>[] {
  return csvRows(readFileSync(join(FOLDER, `${name}.csv`), 'utf8'));
}

async function open(query = '', options: BrowserContextOptions = {}): Promise<Visit> {
  const opened = await visit(browser, `${product.url}/?refresh=off&zone=utc&${query}`, options);
  await settled(opened.page);
  await filled(opened.page);
  return opened;
}

async function filled(page: Page): Promise<void> {
  const panel = page.locator('[data-panel=history]');
  await panel.locator('section.outliers tbody tr').first().waitFor();
  await page.waitForFunction(() => document.querySelectorAll('[data-panel=history] section[aria-busy=true]').length === 0);
}

function part(page: Page, name: string): Locator {
  return page.locator(`[data-panel=history] section.${name}`);
}

function labels(cells: Locator): Promise<(string | null)[]> {
  return cells.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')));
}

it('shows of the picked place what the tables have', async () => {
  const { page, problems, close } = await open(`location_id=${PLACE}&measure=P2`);

  const years = table('exceedance-days').filter((row) => row['location_id'] === PLACE);
  for (const year of years) {
    const measure = year['measure'] === 'P1' ? 'P1' : 'P2';
    const found = part(page, 'exceedance-days').locator('table').filter({
      has: page.getByText(`${year['year']} · ${number(Number(year['valid_days']))} days count`),
    }).filter({ hasText: measure === 'P1' ? 'PM10' : 'PM2.5' });
    expect((await found.locator('tbody tr').allInnerTexts()).map((text) => text.replaceAll(/\s+/g, ' ').trim())).toEqual(
      Object.entries(LIMITS[measure]).map(([name, limit]) =>
        `${limit} ${year[`above_${name}`]} (${ALLOWED[name as keyof typeof ALLOWED]} allowed)`),
    );
    const isOver = Object.keys(LIMITS[measure]).map((name) => Number(year[`above_${name}`]) > ALLOWED[name as keyof typeof ALLOWED]);
    expect(await found.locator('.days').evaluateAll((all) => all.map((one) => one.classList.contains('over')))).toEqual(isOver);
  }
  expect(await part(page, 'exceedance-days').locator('table').count()).toBe(years.length);

  const profiles = table('profiles').filter((row) => row['location_id'] === PLACE && row['measure'] === 'P2');
  const week = profiles.filter((row) => row['weekday'] !== '');
  expect(week).toHaveLength(7 * 24);
  expect(await labels(part(page, 'profiles').locator('td .cell'))).toEqual(week.map((row) => `${number(Number(row['median']), 1)} µg/m³`));

  const chart = part(page, 'profiles').locator('.chart');
  await chart.focus();
  await page.keyboard.press('ArrowLeft');
  const hour = await part(page, 'profiles').locator('.legend .time').innerText();
  const there = profiles.find((row) => row['weekday'] === '' && Number(row['hour']) === Number(hour.slice(0, 2)));
  expect(await part(page, 'profiles').locator('.legend b').innerText()).toBe(`${number(Number(there?.['median']), 1)} µg/m³`);

  const days = table('uptime').filter((row) => row['sensor_id'] === SENSOR);
  await part(page, 'uptime').locator('select').selectOption(SENSOR);
  const shown = await labels(part(page, 'uptime').locator('td .cell'));
  expect(shown).toHaveLength(days.length);
  days.forEach((row, i) => {
    const share = Number(row['share']);
    const day = new Date(row['day'] ?? '').toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' });
    expect(shown[i]).toContain(`${day}: ${share.toLocaleString('en', { style: 'percent', maximumFractionDigits: share > 0 && share < 0.01 ? 1 : 0 })}, `);
  });

  const bins = table('pm-humidity').filter((row) => row['location_id'] === PLACE);
  expect((await part(page, 'pm-humidity').locator('tbody tr').allInnerTexts()).map((text) => text.split(/\s+/).join(' '))).toEqual(
    bins.map((row) => `${row['from_percent']}–${row['to_percent']} % ${number(Number(row['P2']), 1)} ${number(Number(row['P1']), 1)} ${number(Number(row['hours']))}`),
  );
  expect(problems).toEqual([]);
  await close();
});

it('shows the worst where nothing is picked, and an outlier picks its sensor', async () => {
  const { page, close } = await open();
  const worst = table('exceedance-days').filter((row) => row['measure'] === 'P2')
    .sort((a, b) => Number(b['above_who_2021']) - Number(a['above_who_2021']))[0];
  const panel = page.locator('[data-panel=history]');
  expect(await panel.locator('header').first().innerText()).toContain(`location ${worst?.['location_id']}: most days above`);
  const ofAll = table('pm-humidity').filter((row) => row['location_id'] === '');
  expect(await part(page, 'pm-humidity').locator('tbody tr').count()).toBe(ofAll.length);

  const ofMeasure = table('outliers').filter((row) => row['measure'] === 'P2');
  const outliers = [...ofMeasure].sort((a, b) => Math.abs(Number(b['score'])) - Math.abs(Number(a['score']))).slice(0, 12);
  const rows = part(page, 'outliers').locator('tbody tr');
  expect(await rows.locator('th').allInnerTexts()).toEqual(outliers.map((row) => clock(Date.parse(row['hour'] ?? ''))));
  expect(await rows.locator('td:nth-child(3)').allInnerTexts()).toEqual(outliers.map((row) => number(Number(row['score']), 1)));
  const [first] = outliers;
  await rows.first().getByRole('button').click();
  await page.waitForURL((url) => url.searchParams.get('sensor_id') === first?.['sensor_id'] && url.searchParams.get('location_id') === first?.['location_id']);
  await filled(page);
  const own = ofMeasure.filter((row) => row['location_id'] === first?.['location_id']);
  await part(page, 'outliers').locator('tbody tr').nth(Math.min(12, own.length) - 1).waitFor();
  expect(await rows.count()).toBe(Math.min(12, own.length));
  await close();
});

it('gives the whole tables', async () => {
  const { page, close } = await open(`location_id=${PLACE}`);
  for (const ending of ['csv', 'parquet']) {
    const link = part(page, 'exceedance-days').getByRole('link', { name: `the whole table as ${ending === 'csv' ? 'CSV' : 'Parquet'}` });
    const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
    expect(download.suggestedFilename()).toBe(`airlens-exceedance-days.${ending}`);
    expect((await contentOf(download)).equals(readFileSync(join(FOLDER, `exceedance-days.${ending}`)))).toBe(true);
  }
  await close();
});

it('says when the place is in no table', async () => {
  const { page, close } = await visit(browser, `${product.url}/?refresh=off&embed=history&location_id=9`);
  await part(page, 'exceedance-days').getByText('The table has no rows of this.').waitFor();
  expect(await page.locator('[data-panel]').count()).toBe(1);
  await close();
});

it.each([
  ['light', '', {}],
  ['dark', `theme=dark&location_id=${PLACE}`, {}],
  ['on a phone, in German', 'lang=de', { viewport: { width: 390, height: 844 } }],
])('axe finds nothing: %s', async (_, query, options) => {
  const { page, close } = await open(query, options);
  expect(await axe(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);
  await close();
});
