import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Reading, Readings, Status } from '../src/api/types';
import { iso, number, statsOf } from './answers';
import { launch, settled, type Visit, visit } from './browser';
import { writeCaptures } from './network';
import { Product } from './product';

const SENSORS = 25_000;
const CAPTURES = 3;
const DAY_MS = 86_400_000;

/** The product with data, a browser to look at them, and what a test asks of both. */
export class World {
  #product: Product | null = null;
  #browser: Browser | null = null;
  #folder: string | null = null;
  /** The day up to and with the newest reading. */
  from = 0;
  to = 0;
  oldest = 0;
  /** The highest reading of that day. */
  worst!: Reading;

  constructor(private readonly isLarge: boolean) {}

  get product(): Product {
    return started(this.#product);
  }

  get browser(): Browser {
    return started(this.#browser);
  }

  /** The day as the address and the API have it. */
  get day(): string {
    return `from=${iso(this.from)}&to=${iso(this.to)}`;
  }

  async start(): Promise<void> {
    if (this.isLarge) {
      this.#folder = mkdtempSync(join(tmpdir(), 'airlens-captures-'));
      writeCaptures(this.#folder, SENSORS, CAPTURES);
    }
    this.#product = new Product(this.#folder ?? 'sample');
    await this.product.start();
    await this.#allIn();
    const { store } = await this.product.json<Status>('/api/v1/status');
    this.oldest = Date.parse(store.oldest ?? '');
    this.to = Date.parse(store.newest ?? '') + 1000;
    this.from = this.to - DAY_MS;
    const { readings } = await this.product.json<Readings>(`/api/v1/readings?measure=aqi&sort=-aqi&limit=1&${this.day}`);
    const [worst] = readings;
    if (!worst) throw new Error('there is no index');
    this.worst = worst;
    this.#browser = await launch();
  }

  async stop(): Promise<void> {
    await this.#browser?.close();
    await this.product.stop();
    this.product.remove();
    if (this.#folder) rmSync(this.#folder, { recursive: true });
  }

  /** The page with all that it shows; nothing refreshes it by itself. */
  async open(query = '', options: BrowserContextOptions = {}): Promise<Visit> {
    const opened = await visit(this.browser, `${this.product.url}/?refresh=off${query ? `&${query}` : ''}`, options);
    await settled(opened.page);
    return opened;
  }

  /** Waits until the index panel counts what the API does. */
  async counts(page: Page, query: string): Promise<void> {
    const stats = await statsOf(this.product, `measure=aqi&${query}`);
    await page.locator('[data-panel=gauges] header', { hasText: `readings: ${number(stats.count)} · sensors: ${stats.sensors}` }).waitFor();
  }

  /** A capture is a cycle: waits until the last one is in. */
  async #allIn(): Promise<void> {
    while (this.isLarge) {
      const { cycles, store } = await this.product.json<Status>('/api/v1/status');
      if (cycles > CAPTURES && store.readings === SENSORS * CAPTURES) return;
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
}

function started<T>(part: T | null): T {
  if (part === null) throw new Error('it has not been started');
  return part;
}

/** What every comparison of page and API is made with. */
export const WORLDS: readonly (readonly [string, World])[] = [
  ['the bundled capture', new World(false)],
  ['25,000 sensors', new World(true)],
];
