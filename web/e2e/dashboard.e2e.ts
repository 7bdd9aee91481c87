import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Readings, Stats, Status } from '../src/api/types';
import { launch, settled, type Visit, visit } from './browser';
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

async function open(query = '', options: Parameters<typeof visit>[2] = {}): Promise<Visit> {
  const opened = await visit(browser, `${product.url}/?refresh=off${query ? `&${query}` : ''}`, options);
  await settled(opened.page);
  return opened;
}

describe('the page', () => {
  it('is served with a strict policy, and its assets for a year in Brotli', async () => {
    const index = await fetch(product.url);
    const policy = index.headers.get('Content-Security-Policy') ?? '';
    expect(policy).toContain("script-src 'self'");
    expect(policy).not.toContain('unsafe');
    expect(index.headers.get('Cache-Control')).toBe('no-cache');
    const script = /src="(\/assets\/[^"]+\.js)"/.exec(await index.text())?.[1] ?? '';
    const asset = await fetch(product.url + script, { headers: { 'Accept-Encoding': 'gzip, br' } });
    expect(asset.headers.get('Content-Encoding')).toBe('br');
    expect(asset.headers.get('Cache-Control')).toBe('public, max-age=31536000, immutable');
    const plain = await fetch(product.url + script, { headers: { 'Accept-Encoding': 'identity' } });
    expect(plain.headers.get('Content-Encoding')).toBeNull();
    expect(await plain.text()).toBe(await asset.text());
  });

  it('is not sent again while it is the same', async () => {
    const etag = (await fetch(product.url)).headers.get('ETag') ?? '';
    expect((await fetch(product.url, { headers: { 'If-None-Match': etag } })).status).toBe(304);
  });

  it('may be framed by other pages only when it is embedded', async () => {
    const of = async (path: string): Promise<string> => (await fetch(product.url + path)).headers.get('Content-Security-Policy') ?? '';
    expect(await of('/')).toContain("frame-ancestors 'none'");
    expect(await of('/?embed=series')).toContain('frame-ancestors *');
  });

  it('asks nobody but its own server, and nothing goes wrong on it', async () => {
    const { requests, problems, close } = await open();
    expect(requests.filter((url) => !url.startsWith(product.url) && !/^(data|blob):/.test(url))).toEqual([]);
    expect(problems).toEqual([]);
    await close();
  });
});

describe('a first view', () => {
  it('leaves what stands further down, and what a click opens, for later', async () => {
    const { page, requests, close } = await visit(browser, `${product.url}/?refresh=off`);
    await page.locator('[data-panel=series] canvas').waitFor();
    await page.locator('[data-panel=map] .legend').waitFor();
    const scripts = requests.filter((url) => url.endsWith('.js')).join(' ');
    expect(scripts).toContain('MapPanel');
    expect(scripts).not.toMatch(/(Table|Calendar|Compare|Distribution|Status)Panel/);
    expect(scripts).not.toMatch(/assets\/(de|fr)-/);
    await close();
  });
});

describe('on paper', () => {
  it('the page is light, and has the map as a picture and all panels', async () => {
    const { page, close } = await open('theme=dark');
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

describe('what it shows', () => {
  it('are the API’s own numbers', async () => {
    const { page, close } = await open();
    const stats = await product.json<Stats>('/api/v1/stats?measure=aqi');
    const status = await product.json<Status>('/api/v1/status');
    const text = await page.locator('main').innerText();
    expect(text).toContain(`readings: ${stats.count.toLocaleString('en')} · sensors: ${stats.sensors}`);
    expect(text).toContain((stats.mean ?? 0).toFixed(1));
    expect(text).toContain((status.store.readings ?? 0).toLocaleString('en'));
    const share = Math.round((100 * (stats.bands?.['10'] ?? 0)) / stats.count);
    expect(await page.locator('[data-panel=distribution] li').last().innerText()).toContain(`${share}%`);
    await close();
  });

  it('leads from the worst place to its week as a CSV', async () => {
    const { page, close } = await open();
    const worst = await product.json<Readings>('/api/v1/readings?measure=aqi&sort=-aqi&limit=1');
    const place = worst.readings[0]?.location_id ?? 0;
    await page.locator('[data-panel=gauges] .cause button').click();
    await page.waitForURL((url) => url.searchParams.get('location_id') === String(place));
    await page.getByRole('button', { name: /^Time range/ }).click();
    await page.getByRole('button', { name: '7 days', exact: true }).click();
    await page.waitForURL((url) => url.searchParams.get('last') === '7d');
    await page.getByRole('button', { name: 'Download what is filtered' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV', exact: true }).click()]);
    const lines = (await text(download)).trim().split(/\r?\n/);
    const count = await all(`location_id=${place}&from=2018-10-30T17:59:59Z&to=2018-11-06T17:59:59Z`);
    expect(lines.length - 1).toBe(count);
    const href = await page.getByRole('link', { name: 'Parquet', exact: true }).getAttribute('href');
    const parquet = Buffer.from(await (await fetch(new URL(href ?? '', page.url()))).arrayBuffer());
    expect([parquet.subarray(0, 4).toString(), parquet.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1']);
    await close();
  });
});

/** How many readings the API pages through. */
async function all(query: string): Promise<number> {
  let count = 0;
  let cursor: string | null = '';
  do {
    const page: Readings = await product.json<Readings>(`/api/v1/readings?${query}&limit=10000${cursor ? `&cursor=${cursor}` : ''}`);
    count += page.readings.length;
    cursor = page.next_cursor;
  } while (cursor !== null);
  return count;
}

async function text(download: { createReadStream: () => Promise<NodeJS.ReadableStream> }): Promise<string> {
  let content = '';
  for await (const chunk of await download.createReadStream()) content += chunk.toString();
  return content;
}

describe('the table', () => {
  it('filters on the server where it can, here where it can’t, and says so', async () => {
    const { page, close } = await open();
    const table = page.locator('[data-panel=table]');
    await table.getByRole('button', { name: /^Filter Type/ }).click();
    await table.getByRole('option', { name: 'DHT22' }).click();
    await page.waitForURL((url) => url.searchParams.get('sensor_type') === 'DHT22');
    await page.keyboard.press('Escape');
    await table.getByRole('textbox', { name: 'Filter Temperature' }).fill('>12');
    await table.getByRole('textbox', { name: 'Filter Temperature' }).press('Enter');
    await page.waitForFunction(() => {
      const cells = [...document.querySelectorAll('[data-panel=table] .reading')].map((row) => row.textContent ?? '');
      return cells.length > 0 && cells.every((cell) => cell.includes('DHT22'));
    });
    const asked = new URLSearchParams({ sensor_type: 'DHT22', range: 'temperature:12..', from: '2018-11-05T17:59:59Z', to: '2018-11-06T17:59:59Z' });
    const warm = await all(asked.toString());
    await page.waitForURL((url) => url.searchParams.get('where.temperature') === '>12');
    expect(await table.getByText('not by the server').count()).toBe(0);

    await table.getByRole('textbox', { name: 'Filter Sensor' }).fill('1..99999');
    await table.getByRole('textbox', { name: 'Filter Sensor' }).press('Enter');
    await table.getByText('not by the server').waitFor();
    await table.getByRole('button', { name: 'Download what is filtered' }).click();
    const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'JSON', exact: true }).click()]);
    const rows = (JSON.parse(await text(download)) as Readings).readings;
    expect(rows.length).toBe(warm);
    expect(rows.every((row) => row.sensor_type_name === 'DHT22' && Number(row['temperature']) >= 12)).toBe(true);
    await close();
  });

  it('loads rows only as someone scrolls, and sorts on the server', async () => {
    const { page, close } = await open();
    const table = page.locator('[data-panel=table]');
    await table.getByText('500 rows so far').waitFor();
    await table.locator('.scroll').evaluate((box) => box.scrollTo(0, box.scrollHeight));
    await table.getByText('1,000 rows so far').waitFor();
    expect(await table.locator('tr.reading').count()).toBeLessThan(60);
    await table.getByRole('columnheader').getByRole('button', { name: 'PM2.5' }).click();
    await page.waitForURL((url) => url.searchParams.get('sort') === '-P2');
    const first = await product.json<Readings>('/api/v1/readings?sort=-P2&limit=1');
    await table.locator('tr.reading', { hasText: String(first.readings[0]?.sensor_id) }).first().waitFor();
    await close();
  });
});

describe('charts', () => {
  it('zoom by dragging and back again, and are saved as pictures', async () => {
    const { page, close } = await open('zone=utc');
    const over = page.locator('[data-panel=series] .u-over');
    const box = await over.boundingBox();
    if (!box) throw new Error('the chart is not there');
    await page.mouse.move(box.x + box.width * 0.3, box.y + 50);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + 60, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL((url) => url.searchParams.has('from') && url.searchParams.has('to'));
    await settled(page);
    const [svg] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'SVG' }).click()]);
    expect(await text(svg)).toMatch(/^<svg /);
    const [png] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'PNG' }).click()]);
    expect(png.suggestedFilename()).toBe('airlens-aqi.png');
    await page.getByRole('button', { name: 'Back to the time range before' }).click();
    await page.waitForURL((url) => !url.searchParams.has('from'));
    await close();
  });

  it('are read with the keyboard', async () => {
    const { page, close } = await open();
    await page.locator('[data-panel=series] .chart').focus();
    await page.keyboard.press('ArrowLeft');
    await page.locator('[data-panel=series] .legend b').first().waitFor();
    expect(await page.locator('[data-panel=series] .legend .time').innerText()).toMatch(/2018/);
    await close();
  });
});

describe('the map', () => {
  it('is moved without asking the server anything, and the address follows', async () => {
    const { page, requests, close } = await open();
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
    expect(asked().slice(before).some((url) => url.includes('bbox='))).toBe(true);
    await close();
  });
});

describe('a worst place', () => {
  it('is a click away from its charts, and a click from its week', async () => {
    const { page, close } = await open();
    const first = page.locator('[data-panel=worst] li').first();
    const href = (await first.getByRole('link').getAttribute('href')) ?? '';
    const [download] = await Promise.all([page.waitForEvent('download'), first.getByRole('link').click()]);
    const place = new URLSearchParams(href.split('?')[1]).get('location_id');
    const lines = (await text(download)).trim().split(/\r?\n/);
    expect(lines.length - 1).toBe(await all(`location_id=${place}&from=2018-10-30T17:59:59Z&to=2018-11-06T17:59:59Z`));
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
    const { page, close } = await open();
    await page.getByRole('button', { name: /^Measure/ }).click();
    await page.keyboard.type('humid');
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.get('measure') === 'humidity');
    await page.reload();
    await page.getByRole('heading', { name: 'Humidity over time' }).waitFor();
    await close();
  });

  it('switch language, appearance, units and zone', async () => {
    const { page, close } = await open('measure=temperature');
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

  it('show one panel alone when it is embedded', async () => {
    const { page, close } = await visit(browser, `${product.url}/?embed=series&refresh=off`);
    await page.locator('[data-panel=series] .legend li').nth(1).waitFor();
    expect(await page.locator('[data-panel]').count()).toBe(1);
    await close();
  });
});
