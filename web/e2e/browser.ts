import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';

const FLAGS = [
  '--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run',
  '--disable-background-networking', '--disable-component-update', '--disable-sync',
];

/** How long anything may take before it counts as not coming at all. */
export const PATIENCE = 120_000;

const OPTIONS = { executablePath: process.env['AIRLENS_CHROMIUM'] ?? '/usr/bin/chromium', args: FLAGS };

export function launch(): Promise<Browser> {
  return chromium.launch(OPTIONS);
}

/** A browser whose process is known, so that what it takes of the processors can be measured. */
export async function launchMeasured(): Promise<{ browser: Browser; pid: number; close: () => Promise<void> }> {
  const server = await chromium.launchServer(OPTIONS);
  const browser = await chromium.connect(server.wsEndpoint());
  const { pid } = server.process();
  if (pid === undefined) throw new Error('the browser did not start');
  return { browser, pid, close: () => server.close() };
}

/** A page, with all that went wrong on it and all that it asked for. */
export interface Visit {
  page: Page;
  problems: string[];
  requests: string[];
  close: () => Promise<void>;
}

export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext({
    viewport: { width: 1360, height: 900 }, locale: 'en-GB', timezoneId: 'UTC', ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE);
  const problems: string[] = [];
  const requests: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('request', (request) => requests.push(request.url()));
  await page.goto(url);
  return { page, problems, requests, close: () => context.close() };
}

/** Waits until every panel has what it shows; panels further down come when they are in sight. */
export async function settled(page: Page): Promise<void> {
  await page.locator('[data-panel=gauges]').locator('.gauge, .none').first().waitFor();
  await page.waitForFunction(() => {
    const later = document.querySelector('.later');
    later?.scrollIntoView();
    return later === null && document.querySelectorAll('[data-panel][aria-busy=true]').length === 0;
  });
  await page.evaluate(() => window.scrollTo(0, 0));
}

interface Violation {
  id: string;
  nodes: { html: string; failureSummary?: string }[];
}

/** What axe finds against WCAG 2.2 AA, one text each. */
export async function axe(page: Page): Promise<string[]> {
  const source = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
  await page.evaluate(source);
  const violations = await page.evaluate(async () => {
    const axe = (globalThis as unknown as { axe: { run: (root: Document, options: object) => Promise<{ violations: Violation[] }> } }).axe;
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    return (await axe.run(document, { runOnly: tags })).violations;
  });
  return violations.flatMap(({ id, nodes }) => nodes.map((node) => `${id}: ${node.html.slice(0, 200)} ${node.failureSummary ?? ''}`));
}
