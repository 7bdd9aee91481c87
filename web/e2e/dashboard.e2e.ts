import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Readings } from '../src/api/types';
import { allReadings, contentOf, csvRows } from './answers';
import { settled, visit } from './browser';
import { World } from './world';

const world = new World(false);

beforeAll(() => world.start());
afterAll(() => world.stop());

describe('the page', () => {
  it('is served with a strict policy, and its assets for a year in Brotli', async () => {
    const index = await fetch(world.product.url);
    const policy = index.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(index.headers.get('Cache-Control')).toBe('no-cache');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await index.text())?.[1] ?? '';
    const asset = await fetch(world.product.url + script, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(asset.headers.get('Content-Encoding')).toBe('br');
    expect(asset.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    const plain = await fetch(world.product.url + script, { headers: { 'Accept-Encoding': 'identity' } });
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(await plain.text()).toBe(await asset.text());
  });

  it('is not sent again while it is the same', async () => {
    const etag = (await fetch(world.product.url)).headers.get('ETag') ?? '';
    expect((await fetch(world.product.url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  it('may be framed by other pages only when it is embedded', async () => {
    const of = async (path: string): Promise<string> => (await fetch(world.product.url + path)).headers.get('Content-Security-Policy') ?? '';
    expect(await of('/')).toContain("frame-ancestors 'none'");
    expect(await of('/?embed=series')).toContain('frame-ancestors *');
  });

  it('asks nobody but its own server, and nothing goes wrong on it', async () => {
    const { requests, problems, close } = await world.open();
    expect(requests.filter((url) => !url.startsWith(world.product.url) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('a first view', () => {
  it('leaves what stands further down, and what a click opens, for later', async () => {
    const { page, requests, close } = await visit(world.browser, `${world.product.url}/?refresh=off`);
    // At last they come by themselves, for whoever prints.
    for (const panel of ['distribution', 'calendar', 'compare', 'table', 'status']) {
      await page.locator(`[data-panel=${panel}]`).waitFor({ state: 'attached' });
    }
    expect(await page.evaluate(() => scrollY)).toBe(0);
    const names = requests.findIndex((url) => url.includes('/names-'));
    const first = requests.slice(0, names).join(' ');
    expect(first).toMatch(/MapPanel.*\.js/);
    expect(first).toContain('/api/v1/series');
    expect(first).not.toMatch(/(Table|Calendar|Compare|Distribution|History|Status)Panel/);
    expect(first).not.toContain('/api/v1/analyses');
    expect(requests.join(' ')).not.toMatch(/assets\/(de|fr)-/);
    // Nothing has been analyzed: once the server has said so, there is no panel, nor a place for one.
    await page.waitForFunction(() =>
      performance.getEntriesByType('resource').some((entry) => entry.name.endsWith('/api/v1/analyses') && entry.duration > 0));
    expect(await page.locator('.history').count()).toBe(0);
    await close();
  });
});

describe('on paper', () => {
  it('the page is light, and has the map as a picture and all panels', async () => {
    const { page, close } = await world.open('theme=dark');
    await page.evaluate(() => window.dispatchEvent(new Event('beforeprint')));
    await page.locator('[data-panel=map] img').waitFor({ state: 'attached' });
    expect(await page.locator('html').getAttribute('data-theme')).toBe('light');
    expect(await page.locator('[data-panel]').count()).toBe(9);
    await page.emulateMedia({ media: 'print' });
    expect(await page.locator('header nav').isVisible()).toBe(false);
    await page.evaluate(() => window.dispatchEvent(new Event('afterprint')));
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    expect(await page.locator('[data-panel=map] img').count()).toBe(0);
    await close();
  });
});

describe('a stranger', () => {
  it('is led from the worst place to its week as a CSV', async () => {
    const { page, close } = await world.open();
    const worst = await world.product.json<Readings>('/api/v1/readings?measure=aqi&sort=-aqi&limit=1');
    const place = worst.readings[0]?.location_id ?? 0;
    await page.locator('[data-panel=gauges] .cause button').click();
    await page.waitForURL((url) => url.searchParams.get('location_id') === String(place));
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByRole('button', { name: '7 days', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('last') === '7d');
    await page.getByRole('button', { name: 'Download what is filtered' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()]);
    const rows = csvRows((await contentOf(download)).toString());
    expect(rows).toHaveLength((await allReadings(world.product, `location_id=${place}&from=2018-10-30T17:59:59Z&to=2018-11-06T17:59:59Z`)).length);
    const href = await page.getByRole('link', { name: 'Parquet', exact: true }).getAttribute('href');
    const parquet = Buffer.from(await (await fetch(new URL(href ?? '', page.url()))).arrayBuffer());
    expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
    await close();
  });
});

describe('charts', () => {
  it('zoom by dragging and back again', async () => {
    const { page, close } = await world.open('zone=utc');
    const over = page.locator('[data-panel=series] .u-over');
    const box = await over.boundingBox();
    if (!box) throw new Error('the chart is not there');
    await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL((url) => url.searchParams.has('from') && url.searchParams.has('to'));
    await settled(page);
    await page.getByRole('button', { name: 'Back to the time range before' }).click();
    await page.waitForURL((url) => !url.searchParams.has('from'));
    await close();
  });
});

describe('the map', () => {
  it('is moved without asking the server anything, and the address follows', async () => {
    const { page, requests, close } = await world.open();
    const box = await page.locator('[data-panel=map] .canvas').boundingBox();
    if (!box) throw new Error('the map is not there');
    const asked = (): string[] => requests.filter((url) => url.includes('/api/'));
    const before = asked().length;
    const view = new URL(page.url()).searchParams.get('view');
    await page.mouse.move(box.x + 200, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + 320, box.y + 160, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL((url) => url.searchParams.has('view') && url.searchParams.get('view') !== view);
    expect(asked().slice(before)).toEqual([]);
    await page.getByLabel('Only what the map shows').check();
    await page.waitForURL((url) => url.searchParams.get('area') === '1');
    await settled(page);
    const moved = new URL(page.url()).searchParams.get('view');
    await world.counts(page, `bbox=${moved}`);
    await close();
  });
});

describe('a worst place', () => {
  it('is a click away from its charts, and a click from its week', async () => {
    const { page, close } = await world.open();
    const first = page.locator('[data-panel=worst] li').first();
    const href = (await first.getByRole('link').getAttribute('href')) ?? '';
    const [download] = await Promise.all([page.waitForEvent('download'), first.getByRole('link').click()]);
    const place = new URLSearchParams(href.split('?')[1]).get('location_id');
    const rows = csvRows((await contentOf(download)).toString());
    expect(rows).toHaveLength((await allReadings(world.product, `location_id=${place}&from=2018-10-30T17:59:59Z&to=2018-11-06T17:59:59Z`)).length);
    await first.getByRole('button').click();
    await page.waitForURL((url) => url.searchParams.get('location_id') === place);
    await settled(page);
    expect(await first.getByRole('button').getAttribute('aria-pressed')).toBe('true');
    await page.locator('[data-panel=series] .legend', { hasText: `location ${place}` }).waitFor();
    await first.getByRole('button').click();
    await page.waitForURL((url) => !url.searchParams.has('location_id'));
    await close();
  });
});

describe('controls', () => {
  it('find a measure by searching, and the view stays in the address', async () => {
    const { page, close } = await world.open();
    await page.getByRole('button', { name: /^Measure/ }).click();
    await page.keyboard.type('humid');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('measure') === 'humidity');
    await page.reload();
    await page.getByRole('heading', { name: 'Humidity over time' }).waitFor();
    await close();
  });

  it('switch language, appearance, units and zone', async () => {
    const { page, close } = await world.open('measure=temperature');
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('Language').selectOption('de');
    await page.getByRole('heading', { name: 'Temperatur im Zeitverlauf' }).waitFor();
    await page.getByLabel('Aussehen').selectOption('dark');
    expect(await page.locator('html').getAttribute('data-theme')).toBe('dark');
    await page.getByLabel('Einheiten').selectOption('us');
    await page.locator('[data-panel=series] header', { hasText: '°F' }).waitFor();
    await page.getByLabel('Zeiten in').selectOption('utc');
    await page.waitForURL((url) => url.searchParams.get('zone') === 'utc' && url.searchParams.get('lang') === 'de');
    await close();
  });
});
