import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { it } from 'vitest';
import type { Status } from '../src/api/types';
import { cpu } from '../src/map/bench/cpu.mjs';
import { launchMeasured, PATIENCE } from './browser';
import { writeCaptures } from './network';
import { Product } from './product';

const SENSORS = 25_000;
const RUNS = 5;
const MEASURES = ['PM2.5', 'PM10', 'Air quality index'];

/** Numbers and no test: `AIRLENS_MEASURE=1 npm run e2e -- measure`, of the product with 25,000 sensors. */
it.runIf(process.env['AIRLENS_MEASURE'])('the dashboard is measured', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'airlens-captures-'));
  writeCaptures(folder, SENSORS, 3);
  const product = new Product(folder);
  await product.start();
  while ((await product.json<Status>('/api/v1/status')).store.readings !== SENSORS * 3) {
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  const { browser, pid, close } = await launchMeasured();
  const results: Record<string, unknown[]> = {};
  const note = (name: string, value: unknown): void => {
    (results[name] ??= []).push(value);
  };
  for (let run = 0; run < RUNS; run++) {
    const context = await browser.newContext({ viewport: { width: 1360, height: 900 }, locale: 'en-GB' });
    const page = await context.newPage();
    page.setDefaultTimeout(PATIENCE);
    await page.addInitScript(observe);
    const before = cpu(pid);
    await page.goto(`${product.url}/?refresh=off`);
    await page.locator('[data-panel=series] canvas').waitFor();
    await page.waitForFunction(() => performance.now() - (window as unknown as Observed).busyUntil > 2000);
    const after = cpu(pid);
    for (const kind of ['renderer', 'gpu-process']) {
      note(`${kind}: processor ms of a first view`, (after[kind] ?? 0) - (before[kind] ?? 0));
    }
    const { busyUntil, numbersAt, mapAt } = await page.evaluate(() => ({ ...(window as unknown as Observed) }));
    const paint = await page.evaluate(() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0);
    note('first paint ms', Math.round(paint));
    note('index shown ms', Math.round(numbersAt));
    note('map shown ms', Math.round(mapAt));
    note('interactive ms', Math.round(Math.max(busyUntil, paint)));
    for (const measure of MEASURES) note('measure switch ms', await switched(page, measure));
    note('pan fps', await panned(page));
    await context.close();
  }
  console.log(JSON.stringify(results, null, 1));
  await close();
  await product.stop();
  product.remove();
  rmSync(folder, { recursive: true });
});

interface Observed {
  /** When the last task ended that kept the page busy for more than 50 ms. */
  busyUntil: number;
  numbersAt: number;
  mapAt: number;
}

/** Runs in the page, before it. */
function observe(): void {
  const seen: Observed = { busyUntil: 0, numbersAt: 0, mapAt: 0 };
  Object.assign(window, seen);
  const own = window as unknown as Observed;
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) own.busyUntil = Math.max(own.busyUntil, entry.startTime + entry.duration);
  }).observe({ type: 'longtask', buffered: true });
  const look = (): void => {
    if (!own.numbersAt && document.querySelector('[data-panel=gauges] .gauge')) own.numbersAt = performance.now();
    if (!own.mapAt && document.querySelector('[data-panel=map] .legend')) own.mapAt = performance.now();
    if (!own.numbersAt || !own.mapAt) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
}

/** From Enter to the second frame after it, when the first one has been shown. */
async function switched(page: Page, measure: string): Promise<number> {
  await page.getByRole('button', { name: /^Measure/ }).click();
  await page.keyboard.type(measure);
  const ms = await page.evaluate(
    () =>
      new Promise<number>((done) => {
        const start = performance.now();
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true }));
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));
      }),
  );
  await page.waitForTimeout(1500);
  return Math.round(ms);
}

/** Drags the map about for some seconds and counts the frames meanwhile. */
async function panned(page: Page): Promise<number> {
  const box = await page.locator('[data-panel=map] .canvas').boundingBox();
  if (!box) throw new Error('the map is not there');
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  await page.mouse.move(x, y);
  await page.mouse.down();
  const counted = page.evaluate(
    () =>
      new Promise<number>((done) => {
        let frames = 0;
        const start = performance.now();
        const tick = (now: number): void => {
          frames++;
          if (now - start < 4000) requestAnimationFrame(tick);
          else done((frames * 1000) / (now - start));
        };
        requestAnimationFrame(tick);
      }),
  );
  const start = Date.now();
  while (Date.now() - start < 4100) {
    const turn = (Date.now() - start) / 600;
    await page.mouse.move(x + Math.sin(turn) * 200, y + Math.cos(turn) * 100);
  }
  await page.mouse.up();
  return Math.round(await counted);
}
