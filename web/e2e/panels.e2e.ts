import type { Locator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Latest, Series, Status } from '../src/api/types';
import advice from '../src/aqi/advice.json';
import { allReadings, bandOf, clock, contentOf, csvRows, iso, meanOf, number, runningIndex, statsOf } from './answers';
import { axe, type Visit, visit } from './browser';
import { WORLDS } from './world';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

describe.each(WORLDS)('with %s, what a panel shows is what the API answers:', (_, world) => {
  beforeAll(() => world.start());
  afterAll(() => world.stop());

  function open(query: string): Promise<Visit> {
    return world.open(`zone=utc&${world.day}&${query}`);
  }

  it('gauges, momentary and of 24 hours, with band, advice and cause', async () => {
    const place = world.worst.location_id;
    const { page, close } = await open(`location_id=${place}`);
    const stats = await statsOf(world.product, `measure=aqi&location_id=${place}&${world.day}`);
    const running = await runningIndex(world.product, world.worst.sensor_id, world.to);
    const gauges = page.locator('[data-panel=gauges]');
    expect(await labels(gauges.locator('.gauge'))).toEqual([
      `Highest reading: ${number(stats.max, 1)}, ${bandOf(stats.max)}`,
      `Mean of readings: ${number(stats.mean, 1)}, ${bandOf(stats.mean)}`,
      `24-hour mean there: ${number(running)}, ${running === null ? 'too few hours' : bandOf(running)}`,
    ]);
    const told = bandOf(running ?? stats.mean);
    const key = { Low: 'low', Moderate: 'moderate', High: 'high', 'Very High': 'veryHigh' }[told] as 'low' | 'moderate' | 'high' | 'veryHigh';
    expect(await gauges.locator('dd').allInnerTexts()).toEqual([advice[key].general, advice[key].atRisk]);
    expect(await gauges.locator('.cause').innerText()).toContain(`sensor ${world.worst.sensor_id}, location ${place}`);
    expect(await gauges.innerText()).toContain('The UK index is defined on the mean of 24 hours');
    await close();
  });

  it('lines over time, under the crosshair and as pictures', async () => {
    const place = world.worst.location_id;
    const { page, close } = await open(`measure=P2&location_id=${place}`);
    const query = `measure=P2&location_id=${place}&interval=10m&${world.day}`;
    const [mean, low, high] = await Promise.all(
      ['mean', 'min', 'max'].map((agg) => world.product.json<Series>(`/api/v1/series?${query}&agg=${agg}`)),
    );
    const panel = page.locator('[data-panel=series]');
    await panel.locator('.chart').focus();
    await page.keyboard.press('ArrowLeft');
    const time = Date.parse(`${await panel.locator('.legend .time').innerText()} UTC`);
    const shown = await panel.locator('.legend li b').allInnerTexts();
    expect(shown).toHaveLength(mean?.series.length ?? 0);
    const there = mean?.series.map(({ points }) => points.find((point) => point[0] === time)?.[1]) ?? [];
    expect(there.some((value) => value !== undefined)).toBe(true);
    there.forEach((value, i) => {
      if (value !== undefined) expect(shown[i]).toBe(`${number(value, 1)} µg/m³`);
    });
    const isBand = JSON.stringify(low?.series) !== JSON.stringify(high?.series);
    expect((await panel.locator('header').innerText()).includes('shaded from lowest to highest')).toBe(isBand);

    const [svg] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'SVG' }).click()]);
    const picture = (await contentOf(svg)).toString();
    const paths = [...picture.matchAll(/<path d="([^"]*)" fill="none"[^>]*stroke-width="1.6"/g)].map(([, path = '']) => path);
    expect(paths).toHaveLength(mean?.series.length ?? 0);
    paths.forEach((path, i) => {
      const drawn = [...path.matchAll(/([\d.]+) ([\d.]+)/g)].map(([, x, y]) => [Number(x), Number(y)] as const);
      const points = mean?.series[i]?.points ?? [];
      expect(drawn).toHaveLength(points.length);
      const [first, last] = extremes(points.map((point) => point[1]));
      const [a, b] = [drawn[first]?.[1] ?? 0, drawn[last]?.[1] ?? 0];
      const [least, most] = [points[first]?.[1] ?? 0, points[last]?.[1] ?? 0];
      // Between its lowest and its highest point each lies where its value says, to the rounding of a picture.
      points.forEach((point, n) => {
        const share = most === least ? 0 : (point[1] - least) / (most - least);
        expect(Math.abs((drawn[n]?.[1] ?? 0) - (a + share * (b - a)))).toBeLessThan(0.2);
      });
    });
    const [png] = await Promise.all([page.waitForEvent('download'), panel.getByRole('button', { name: 'PNG' }).click()]);
    const bytes = await contentOf(png);
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    expect(bytes.readUInt32BE(16)).toBeGreaterThan(500);
    expect(png.suggestedFilename()).toBe('airlens-P2.png');
    await close();
  });

  it('the histogram and the shares of the indices', async () => {
    const { page, close } = await open('measure=P2');
    const [stats, index] = await Promise.all([
      statsOf(world.product, `measure=P2&bins=24&${world.day}`), statsOf(world.product, `measure=aqi&${world.day}`),
    ]);
    const panel = page.locator('[data-panel=distribution]');
    // The highest values may be so far off that they would leave all others one bar.
    const isFar = (stats.max ?? 0) - (stats.min ?? 0) > 4 * ((stats.p95 ?? 0) - (stats.min ?? 0));
    const end = (stats.min ?? 0) + 1.5 * ((stats.p95 ?? 0) - (stats.min ?? 0));
    const near = isFar ? await statsOf(world.product, `measure=P2&bins=24&range=P2:..${end}&${world.day}`) : stats;
    if (isFar) await panel.getByText(`Above ${number(end, 1)} µg/m³: ${number(stats.count - near.count)} readings`).waitFor();
    const bars = await panel.locator('rect title').allTextContents();
    expect(bars).toEqual(near.histogram?.map(([from, to, count]) => `${number(from, 1)}–${number(to, 1)} µg/m³: ${number(count)}`));
    expect(await panel.locator('dd').allInnerTexts()).toEqual(
      [stats.min, stats.p50, stats.mean, stats.p95, stats.max].map((value) => number(value, 1)),
    );
    const share = (count: number): string =>
      (count / index.count).toLocaleString('en', { style: 'percent', maximumFractionDigits: count > 0 && count / index.count < 0.01 ? 1 : 0 });
    expect(await panel.locator('li .share').allInnerTexts()).toEqual(Object.values(index.bands ?? {}).map(share));
    await close();
    const ofIndex = await open('');
    const heights = await ofIndex.page.locator('[data-panel=distribution] rect title').evaluateAll((all) => all.map((one) => one.textContent));
    expect(heights).toEqual(Object.entries(index.bands ?? {}).map(([band, count]) => `${band}: ${number(count)}`));
    await ofIndex.page.locator('[data-panel=distribution] li button').first().click();
    await ofIndex.page.waitForURL((url) => url.searchParams.get('hide') === '1');
    await ofIndex.close();
  });

  it('the calendar’s daily means, and a click shows the day', async () => {
    const place = world.worst.location_id;
    const { page, close } = await open(`measure=P2&location_id=${place}`);
    const since = iso(world.oldest - HOUR_MS);
    const series = await world.product.json<Series>(`/api/v1/series?measure=P2&location_id=${place}&interval=1d&from=${since}&to=${iso(world.to)}`);
    const day = (time: number): string => new Date(time).toLocaleDateString('en', { dateStyle: 'medium', timeZone: 'UTC' });
    const days = page.locator('[data-panel=calendar] tbody button');
    expect((await labels(days)).sort()).toEqual(meanOf(series).map(([time, value]) => `${day(time)}: ${number(value, 1)} µg/m³`).sort());
    const first = meanOf(series)[0]?.[0] ?? 0;
    await page.locator('[data-panel=calendar]').getByRole('button', { name: day(first) }).click();
    await page.waitForURL((url) => url.searchParams.get('from') === iso(first) && url.searchParams.get('to') === iso(first + 24 * HOUR_MS));
    await close();
  });

  it('what the table’s filters and the legend leave', async () => {
    const latest = await world.product.json<Latest>('/api/v1/latest?measure=aqi&range=aqi:2..9,P1:..500');
    const place = latest.features[0]?.properties.location_id ?? 0;
    const narrowed = `location_id=${place}&range=P1:..500,aqi:2..9`;
    const { page, close } = await open(`location_id=${place}&where.P1=..500&hide=1,10&compare=earlier:1h`);
    const stats = await statsOf(world.product, `measure=aqi&${narrowed}&${world.day}`);
    await world.counts(page, `${narrowed}&${world.day}`);
    expect((await labels(page.locator('[data-panel=gauges] .gauge'))).slice(0, 2)).toEqual([
      `Highest reading: ${number(stats.max, 1)}, ${bandOf(stats.max)}`,
      `Mean of readings: ${number(stats.mean, 1)}, ${bandOf(stats.mean)}`,
    ]);
    const since = iso(world.oldest - HOUR_MS);
    const series = await world.product.json<Series>(`/api/v1/series?measure=aqi&${narrowed}&interval=1d&from=${since}&to=${iso(world.to)}`);
    const means = await labels(page.locator('[data-panel=calendar] tbody button'));
    expect(means.map((label) => label.replace(/^.*: /, '')).sort()).toEqual(meanOf(series).map(([, value]) => number(value, 1)).sort());
    // Who offers the bands goes on showing all of them.
    const all = await statsOf(world.product, `measure=aqi&location_id=${place}&range=P1:..500&${world.day}`);
    const bars = await page.locator('[data-panel=distribution] rect title').allTextContents();
    expect(bars).toEqual(Object.entries(all.bands ?? {}).map(([band, count]) => `${band}: ${number(count)}`));
    const earlier = `from=${iso(world.from - HOUR_MS)}&to=${iso(world.to - HOUR_MS)}`;
    await compared(page.locator('[data-panel=compare]'), `measure=aqi&${narrowed}&${world.day}`, `measure=aqi&${narrowed}&${earlier}`);
    await close();
    const one = await open(`where.sensor_id=${world.worst.sensor_id}`);
    await one.page.locator('[data-panel=worst] li:only-child', { hasText: `Location ${world.worst.location_id}` }).waitFor();
    expect(await one.page.locator('[data-panel=series] .legend li', { hasText: 'sensor' }).count()).toBe(1);
    await one.close();
    const none = await visit(world.browser, `${world.product.url}/?refresh=off&hide=1,2,3,4,5,6,7,8,9,10`);
    for (const panel of ['series', 'worst', 'gauges']) await none.page.locator(`[data-panel=${panel}] .none`).waitFor();
    await none.close();
  });

  it('two places side by side', async () => {
    const latest = await world.product.json<Latest>('/api/v1/latest?measure=P2');
    const place = world.worst.location_id;
    const other = latest.features.findLast(({ properties }) => properties.location_id !== place)?.properties.location_id ?? 0;
    const { page, close } = await open(`measure=P2&location_id=${place}`);
    const panel = page.locator('[data-panel=compare]');
    await panel.getByRole('button', { name: 'with a place' }).click();
    await page.keyboard.type(String(other));
    await panel.getByRole('option', { name: new RegExp(`location ${other}\\b`, 'i') }).first().click();
    await page.waitForURL((url) => url.searchParams.get('compare') === `place:${other}`);
    await compared(panel, `measure=P2&location_id=${place}&${world.day}`, `measure=P2&location_id=${other}&${world.day}`);
    // One crosshair for all charts.
    await page.locator('[data-panel=series] .chart').focus();
    await page.keyboard.press('ArrowLeft');
    await panel.locator('.legend b').first().waitFor();
    expect(await panel.locator('.legend').innerText()).toMatch(new RegExp(`location ${place}.*location ${other}`, 'is'));
    await close();
  });

  it('two periods of any length, side by side', async () => {
    const place = world.worst.location_id;
    const a = [world.to - 3 * MINUTE_MS, world.to] as const;
    const b = [world.oldest - (world.oldest % MINUTE_MS), world.oldest - (world.oldest % MINUTE_MS) + 6 * MINUTE_MS] as const;
    const { page, close } = await world.open(`zone=utc&measure=P2&location_id=${place}&from=${iso(a[0])}&to=${iso(a[1])}`);
    const panel = page.locator('[data-panel=compare]');
    await panel.getByRole('button', { name: 'with a time' }).click();
    await panel.getByLabel('From').fill(iso(b[0]).slice(0, 16));
    await panel.getByLabel('To').fill(iso(b[1]).slice(0, 16));
    await panel.getByRole('button', { name: 'Apply' }).click();
    await page.waitForURL((url) => url.searchParams.get('compare') === `period:${iso(b[0])}..${iso(b[1])}`);
    const query = `measure=P2&location_id=${place}`;
    await compared(panel, `${query}&from=${iso(a[0])}&to=${iso(a[1])}`, `${query}&from=${iso(b[0])}&to=${iso(b[1])}`);
    const name = ([from, to]: readonly [number, number]): string => `${clock(from)} – ${clock(to)}`;
    const legend = await panel.locator('.legend').innerText();
    expect(legend).toContain(name(a));
    expect(legend).toContain(name(b));

    await panel.getByRole('button', { name: 'with a time' }).click();
    await panel.getByRole('button', { name: 'Right before, as long' }).click();
    await page.waitForURL((url) => url.searchParams.get('compare') === 'previous');
    const before = `from=${iso(a[0] - (a[1] - a[0]))}&to=${iso(a[0])}`;
    await compared(panel, `${query}&from=${iso(a[0])}&to=${iso(a[1])}`, `${query}&${before}`);
    await close();
  });

  /** Waits until the comparison's table has the API's numbers of both sides, and their difference. */
  async function compared(panel: Locator, a: string, b: string): Promise<void> {
    const [one, other] = await Promise.all([statsOf(world.product, a), statsOf(world.product, b)]);
    const difference = (x: number | null, y: number | null): string =>
      x === null || y === null ? '—' : `${y > x ? '+' : ''}${number(y - x, 1)}`;
    const rows = (['mean', 'p50', 'p95', 'max'] as const).map((name) => [number(one[name], 1), number(other[name], 1), difference(one[name], other[name])]);
    const expected = [...rows, [number(one.count), number(other.count), '']];
    await expect.poll(
      () => panel.locator('tbody tr').evaluateAll((all) => all.map((row) => [...row.querySelectorAll('td')].map((cell) => cell.textContent?.trim()))),
      { timeout: 30_000 },
    ).toEqual(expected);
  }

  it('the status', async () => {
    const { page, close } = await open('');
    const status = await world.product.json<Status>('/api/v1/status');
    const terms = await page.locator('[data-panel=status] dl > div').evaluateAll((all) =>
      all.map((one) => [one.querySelector('dt')?.textContent, one.querySelector('dd')?.textContent?.trim()] as [string, string]));
    const told = Object.fromEntries(terms);
    expect(told['Sensors']).toBe(number(status.sensors));
    expect(told['Readings kept']).toBe(number(status.store.readings));
    expect(told['Newest reading']).toBe(clock(Date.parse(status.store.newest ?? '')));
    expect(Number(told['New readings a minute']?.replaceAll(',', ''))).toBeGreaterThanOrEqual(0);
    const cycle = status.last_cycle;
    expect(told['Last cycle']).toContain(`${number(cycle?.seen)} seen, ${number(cycle?.new)} new, ${number(cycle?.duplicate)} known`);
    const rejected = Object.entries(cycle?.rejected ?? {}).map(([reason, count]) => `${reason}: ${number(count)}`).join('');
    expect(told['Rejected in the last cycle']).toBe(rejected || 'none');
    expect(told['Store size']).toMatch(/^[\d.,]+ [kMG]?B|byte$/);
    for (const source of status.sources) expect(told[`Source ${source.name}`]).toBe({ ok: 'works', finished: 'finished', waiting: 'waiting', failing: 'failing' }[source.state]);
    await close();
  });

  it('the worst places of the hour, each a click away from its charts and from its week', async () => {
    const { page, close } = await open('measure=P2');
    const latest = await world.product.json<Latest>('/api/v1/latest?measure=P2');
    const highest = new Map<number, number>();
    for (const { properties } of latest.features.filter((one) => Date.parse(one.properties.timestamp) >= world.to - HOUR_MS)) {
      highest.set(properties.location_id, Math.max(highest.get(properties.location_id) ?? 0, Number(properties['P2'])));
    }
    const values = [...highest.values()].sort((a, b) => b - a);
    const worst = page.locator('[data-panel=worst] li');
    expect(await worst.count()).toBe(Math.min(8, values.length));
    expect(await worst.locator('.value').allInnerTexts()).toEqual(values.slice(0, 8).map((value) => number(value, 1)));
    await worst.first().getByRole('button').click();
    await page.waitForURL((url) => url.searchParams.has('location_id'));
    const place = new URL(page.url()).searchParams.get('location_id');
    await page.locator('[data-panel=series] .legend', { hasText: `location ${place}` }).waitFor();
    const [download] = await Promise.all([page.waitForEvent('download'), worst.first().getByRole('link').click()]);
    const rows = csvRows((await contentOf(download)).toString());
    const week = `location_id=${place}&from=${iso(world.to - 168 * HOUR_MS)}&to=${iso(world.to)}`;
    expect(rows).toHaveLength((await allReadings(world.product, week)).length);
    await close();
  });

  it('places by the names of their cities', async () => {
    const { page, close } = await open('');
    const name = await page.locator('[data-panel=worst] .name').first().innerText();
    await page.getByRole('button', { name: /^Place/ }).click();
    await page.keyboard.type(name);
    await page.getByRole('option').filter({ hasText: name }).first().waitFor();
    await page.keyboard.press('Enter');
    await page.waitForURL((url) => url.searchParams.has('location_id'));
    await close();
  });

  it('to everybody: axe finds nothing, in the dark either', async () => {
    const { page, close } = await open('theme=dark&compare=previous');
    expect(await axe(page)).toEqual([]);
    await close();
  });

  it('a sensor’s card on the map; a click picks it, and the legend hides it', async () => {
    const latest = await world.product.json<Latest>('/api/v1/latest?measure=aqi');
    const alone = latest.features.find(({ geometry, properties }) =>
      latest.features.filter((one) => one.properties.location_id === properties.location_id).length === 1 && geometry !== null);
    if (!alone) throw new Error('no sensor is alone');
    const { sensor_id, location_id, sensor_type_name, aqi } = alone.properties;
    const [lon, lat] = alone.geometry?.coordinates ?? [0, 0];
    const box = [lon - 0.004, lat - 0.002, lon + 0.004, lat + 0.002].map((edge) => edge.toFixed(5)).join(',');
    const { page, close } = await open(`view=${box}`);
    const map = page.locator('[data-panel=map]');
    const canvas = await map.locator('.canvas').boundingBox();
    if (!canvas) throw new Error('the map is not there');
    const [x, y] = [canvas.x + canvas.width / 2, canvas.y + canvas.height / 2];
    const card = map.locator('.card');
    const hover = async (): Promise<void> => {
      await page.mouse.move(x + 60, y + 60);
      await page.mouse.move(x, y);
    };
    await hover();
    await card.waitFor();
    const text = await card.innerText();
    expect(text).toContain(`Location ${location_id}`);
    expect(text).toContain(`${number(aqi)} · ${bandOf(aqi)}`);
    expect(text).toContain(`Sensor ${sensor_id} (${sensor_type_name})`);
    expect(text).toMatch(/\d+ \w+ ago/);
    await page.mouse.click(x, y);
    await page.waitForURL((url) => url.searchParams.get('location_id') === String(location_id) && url.searchParams.get('sensor_id') === String(sensor_id));
    await map.getByRole('button', { name: new RegExp(`^Index ${aqi},`) }).click();
    await page.waitForURL((url) => url.searchParams.get('hide') === String(aqi));
    await hover();
    expect(await card.count()).toBe(0);
    await close();
  });
});

function labels(all: Locator): Promise<string[]> {
  return all.evaluateAll((found) => found.map((one) => one.getAttribute('aria-label') ?? ''));
}

/** Where the lowest and the highest value stand. */
function extremes(values: readonly number[]): [number, number] {
  return [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
}
