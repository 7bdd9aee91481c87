import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { axe, launch, settled, visit } from './browser';
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

it.each([
  ['light', '', {}],
  ['dark, compared', 'theme=dark&compare=earlier:24h&measure=P2', {}],
  ['on a phone, in French', 'lang=fr', { viewport: { width: 390, height: 844 } }],
])('axe finds nothing: %s', async (_, query, options) => {
  const { page, close } = await visit(browser, `${product.url}/?refresh=off&${query}`, options);
  await settled(page);
  expect(await axe(page)).toEqual([]);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
  expect(overflow).toBe(0);
  await close();
});

it.each(['Measure', 'Place', 'Time range', 'Share this view', 'Settings', 'Columns', 'Download what is filtered'])(
  'axe finds nothing while “%s” is open, and Escape gives the focus back',
  async (name) => {
    const { page, close } = await visit(browser, `${product.url}/?refresh=off`);
    await settled(page);
    const button = page.getByRole('button', { name: new RegExp(`^${name}`) });
    await button.click();
    await page.locator('.popover .panel :is(input, select, button, a)').first().waitFor();
    expect(await axe(page)).toEqual([]);
    await page.keyboard.press('Escape');
    expect(await button.evaluate((element) => element === document.activeElement)).toBe(true);
    await close();
  },
);
