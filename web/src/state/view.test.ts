import { expect, it } from 'vitest';
import { decodeView, DEFAULT_VIEW, encodeView, type View } from './view';

const FULL: View = {
  measure: 'P2',
  locations: [3121, 3939],
  sensor: 5331,
  countries: ['GB', 'DE'],
  types: ['SDS011'],
  range: { kind: 'fixed', from: Date.parse('2018-11-06T00:00:00Z'), to: Date.parse('2018-11-06T12:00:00Z') },
  box: [-2.5, 57, -1.75, 57.25],
  onlyBox: true,
  hidden: [1, 2],
  comparison: { kind: 'earlier', by: '7d' },
  sort: '-P2',
  columns: ['timestamp', 'P2'],
  where: { altitude: '10..50', sensor_type_manufacturer: 'Nova & Söhne, Co' },
  refresh: '5s',
  live: true,
  embed: 'map',
  theme: 'dark',
  locale: 'de',
  units: 'us',
  zone: 'utc',
};

it('comes back from its own query unchanged', () => {
  expect(decodeView(encodeView(FULL))).toEqual(FULL);
  expect(decodeView(encodeView(DEFAULT_VIEW))).toEqual(DEFAULT_VIEW);
});

it('leaves out what is as by default', () => {
  expect(encodeView(DEFAULT_VIEW)).toBe('');
  expect(encodeView({ ...DEFAULT_VIEW, measure: 'P1', locations: [7, 9] })).toBe('measure=P1&location_id=7,9');
});

it('opens a link whose parts it can’t read', () => {
  const view = decodeView('location_id=x,-1,2.5,12&last=soon&view=1,2,3&hide=a&refresh=2s&embed=clock&lang=xx');
  expect(view).toEqual({ ...DEFAULT_VIEW, locations: [12] });
});

it('refuses a map view outside the world or upside down', () => {
  expect(decodeView('view=0,50,10,40').box).toBeNull();
  expect(decodeView('view=0,-91,10,40').box).toBeNull();
  expect(decodeView('view=170,-20,-170,20').box).toEqual([170, -20, -170, 20]);
});

it('refuses a comparison that it can’t read', () => {
  for (const text of ['place:x', 'earlier:soon', 'period:2018-11-02..2018-11-01', 'period:', 'with']) {
    expect(decodeView(`compare=${text}`).comparison).toEqual({ kind: 'none' });
  }
});

it('takes a range only when it begins before it ends', () => {
  expect(decodeView('from=2018-11-06&to=2018-11-05').range).toEqual(DEFAULT_VIEW.range);
});

it('knows all comparisons', () => {
  for (const comparison of [
    { kind: 'none' as const },
    { kind: 'place' as const, location: 5 },
    { kind: 'earlier' as const, by: '24h' },
    { kind: 'previous' as const },
    { kind: 'period' as const, from: Date.parse('2018-11-01T00:00:00Z'), to: Date.parse('2018-11-02T06:30:00Z') },
  ]) {
    expect(decodeView(encodeView({ ...DEFAULT_VIEW, comparison })).comparison).toEqual(comparison);
  }
});
