/**
 * Measures the map with 25,000 sensors on a software renderer and takes its pictures:
 * `npx vite build --config src/map/bench/vite.config.ts && node src/map/bench/measure.mjs [FOLDER]`.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { cpu } from './cpu.mjs';
import { serve } from './serve.mjs';

const FLAGS = [
  '--headless', '--no-sandbox', '--use-gl=angle', '--use-angle=swiftshader',
  '--enable-unsafe-swiftshader', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];
const EUROPE = '-10,38,32,60';
const STUTTGART = '8.9,48.65,9.5,48.9';

const pictures = process.argv[2] ?? 'target/map-pictures';
mkdirSync(pictures, { recursive: true });
const server = await serve('target/map-bench');
const launched = await chromium.launchServer({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: FLAGS,
});
const browser = await chromium.connect(launched.wsEndpoint());
const spent = () => cpu(launched.process().pid);
const complaints = [];

async function open(query, size = { width: 1280, height: 720 }) {
  const page = await browser.newPage({ viewport: size });
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
  });
  page.on('pageerror', (failure) => complaints.push(String(failure)));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(server.url) && !/^(data|blob):/.test(url)) complaints.push(`foreign ${url}`);
  });
  page.setDefaultTimeout(120_000);
  await page.goto(`${server.url}?${query}`, { timeout: 120_000 });
  await page.locator('.legend').waitFor().catch((failure) => {
    throw new Error(`${failure} ${complaints.join(' ')}`);
  });
  await page.waitForTimeout(2500);
  return page;
}

/** Drags around for some seconds and counts the frames that the browser makes meanwhile. */
async function pan(page) {
  const { width, height } = page.viewportSize();
  await page.mouse.move(width / 2, height / 2);
  await page.mouse.down();
  const counted = page.evaluate(() => new Promise((done) => {
    const times = [];
    const tick = (now) => {
      times.push(now);
      if (now - times[0] < 4000) requestAnimationFrame(tick);
      else done(times.slice(1).map((time, i) => time - times[i]));
    };
    requestAnimationFrame(tick);
  }));
  const before = spent();
  const start = Date.now();
  while (Date.now() - start < 4100) {
    const turn = (Date.now() - start) / 600;
    await page.mouse.move(width / 2 + Math.sin(turn) * 260, height / 2 + Math.cos(turn) * 160);
  }
  const gaps = (await counted).sort((a, b) => a - b);
  const after = spent();
  await page.mouse.up();
  const total = gaps.reduce((sum, gap) => sum + gap, 0);
  return {
    fps: Math.round((gaps.length / total) * 1000),
    cpuMsPerFrame: Object.fromEntries(['renderer', 'gpu-process'].map((kind) => [
      kind, Math.round(((after[kind] ?? 0) - (before[kind] ?? 0)) / gaps.length),
    ])),
    p95ms: Math.round(gaps[Math.floor(gaps.length * 0.95)]),
  };
}

/** From the change to the second frame after it, when the first one has been shown. */
function switchMeasure(page, measure) {
  return page.evaluate((next) => new Promise((done) => {
    const start = performance.now();
    globalThis.bench.setMeasure(next);
    requestAnimationFrame(() => requestAnimationFrame(() => done(Math.round(performance.now() - start))));
  }), measure);
}

const results = {};
for (const [name, box] of [['world', '-180,-60,180,75'], ['europe', EUROPE], ['city', STUTTGART]]) {
  const page = await open(`bbox=${box}`);
  await page.screenshot({ path: join(pictures, `${name}-light.png`) });
  results[`pan ${name}`] = await pan(page);
  const times = [];
  for (const measure of ['temperature', 'P2', 'aqi', 'temperature', 'P2', 'aqi']) {
    times.push(await switchMeasure(page, measure));
    await page.waitForTimeout(200);
  }
  results[`switch ${name} ms`] = times;
  await page.evaluate(() => globalThis.bench.setTheme('dark'));
  await page.waitForTimeout(800);
  await page.screenshot({ path: join(pictures, `${name}-dark.png`) });
  await page.close();
}

const phone = await open('measure=P2', { width: 390, height: 700 });
await phone.screenshot({ path: join(pictures, 'phone-light.png') });
await phone.close();

const keys = await open(`bbox=${EUROPE}`);
await keys.locator('.walk').focus();
await keys.keyboard.press('ArrowRight');
await keys.waitForTimeout(300);
await keys.screenshot({ path: join(pictures, 'walk-light.png') });
results.spoken = (await keys.locator('[aria-live]').textContent()).trim();
await keys.locator('.band').nth(0).click();
results.hidden = await keys.evaluate(() => globalThis.bench.hidden());
await keys.close();

const one = await open('count=1');
await one.mouse.click(640, 360);
results.picked = await one.evaluate(() => globalThis.bench.picked());
await one.mouse.move(642, 361);
await one.locator('.card').waitFor();
await one.screenshot({ path: join(pictures, 'card-light.png') });
await one.close();

const blind = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu', '--disable-3d-apis'],
});
const without = await blind.newPage();
await without.goto(server.url, { timeout: 120_000 });
results.withoutWebgl = await without.locator('[role=alert]').textContent({ timeout: 60_000 });
await blind.close();

results.complaints = [...new Set(complaints)];
console.log(JSON.stringify(results, null, 2));
await browser.close();
await launched.close();
server.close();
process.exitCode =
  results.complaints.length > 0 || results.picked !== 1 || results.hidden.length !== 1 ? 1 : 0;
