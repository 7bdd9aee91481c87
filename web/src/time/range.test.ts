import { expect, it } from 'vitest';
import { anchorOf, iso, lengthOf, windowOf } from './range';

const NOW = Date.parse('2026-11-25T00:00:00Z');

it('reads lengths as people write them', () => {
  expect(lengthOf('24h')).toBe(86_400_000);
  expect(lengthOf('-90m')).toBe(5_400_000);
  expect(lengthOf(' 2W ')).toBe(14 * 86_400_000);
});

it('refuses what is no length', () => {
  for (const text of ['', '0h', '24', 'h', '1y', '24h1m', '1e3h']) {
    expect(lengthOf(text)).toBeNull();
  }
});

it('takes the clock for now while data come in', () => {
  expect(anchorOf(NOW - 300_000, NOW)).toBe(NOW);
  expect(anchorOf(null, NOW)).toBe(NOW);
});

it('has the reading of this very second in its window', () => {
  expect(windowOf({ kind: 'last', length: '1h' }, anchorOf(NOW, NOW)).to).toBe(NOW + 1000);
  expect(anchorOf(NOW + 30_000, NOW)).toBe(NOW + 31_000);
});

it('takes the newest reading for now in a replay, and includes it', () => {
  const newest = Date.parse('2018-11-06T17:59:58Z');
  const window = windowOf({ kind: 'last', length: '24h' }, anchorOf(newest, NOW));
  expect(iso(window.from)).toBe('2018-11-05T17:59:59Z');
  expect(iso(window.to)).toBe('2018-11-06T17:59:59Z');
});
