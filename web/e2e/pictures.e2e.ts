import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { launch, settled, visit } from './browser';
import { Product } from './product';

const FOLDER = process.env['AIRLENS_PICTURES'];

/** The README's pictures: `AIRLENS_PICTURES=docs/images npm run e2e -- pictures`. */
it.runIf(FOLDER)('the README’s pictures are taken', async () => {
  const folder = join(import.meta.dirname, '../..', FOLDER ?? '');
  mkdirSync(folder, { recursive: true });
  const product = new Product();
  await product.start();
  const browser = await launch();
  const pictures = [
    ['dashboard', 'theme=light&zone=utc', { width: 1360, height: 1000 }],
    ['dashboard-dark', 'theme=dark&zone=utc&measure=P2', { width: 1360, height: 1000 }],
    ['dashboard-place', 'theme=light&zone=utc&location_id=3121&sensor_id=5331', { width: 1360, height: 1000 }],
    ['dashboard-phone', 'theme=light&zone=utc', { width: 390, height: 844 }],
  ] as const;
  for (const [name, query, viewport] of pictures) {
    const { page, problems, close } = await visit(browser, `${product.url}/?refresh=off&${query}`, { viewport });
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}.png`) });
    expect(problems).toEqual([]);
    await close();
  }
  await browser.close();
  await product.stop();
  product.remove();
});
