/** What people pick: the last hours, or from one instant to another. */
export type Range =
  | { kind: 'last'; length: string }
  | { kind: 'fixed'; from: number; to: number };

/** Epoch milliseconds, `from` inclusive and `to` exclusive. */
export interface Window {
  from: number;
  to: number;
}

const UNITS: Readonly<Record<string, number>> = {
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  w: 604_800_000,
};

export const PRESETS: readonly string[] = ['1h', '6h', '24h', '7d', '30d', '365d'];

/** Data older than that are a replay or a stopped feed: "last" then means before its end. */
const OLD_MS = 3_600_000;

export const DEFAULT_RANGE: Range = { kind: 'last', length: '24h' };

/** Milliseconds of `90m`, `24h`, `7d`, `2w`, with or without a minus; null when it is none. */
export function lengthOf(text: string): number | null {
  const match = /^-?\s*(\d{1,5})\s*([mhdw])$/.exec(text.trim().toLowerCase());
  const unit = match ? UNITS[match[2] ?? ''] : undefined;
  const length = match && unit ? Number(match[1]) * unit : 0;
  return length > 0 ? length : null;
}

/** Whether the newest reading is so old that it stands for now. */
export function isOld(newest: number | null, now: number): boolean {
  return newest !== null && now - newest > OLD_MS;
}

/** Where "now" is: the clock, or the newest reading when that is old, and never before it: a server's clock may be ahead. */
export function anchorOf(newest: number | null, now: number): number {
  if (newest === null) return now;
  return isOld(newest, now) ? newest + 1000 : Math.max(now, newest + 1000);
}

export function windowOf(range: Range, anchor: number): Window {
  if (range.kind === 'fixed') {
    return { from: range.from, to: range.to };
  }
  const length = lengthOf(range.length) ?? 86_400_000;
  return { from: anchor - length, to: anchor };
}

/** Whole seconds in ISO 8601: as precise as the store keeps times. */
export function iso(time: number): string {
  return new Date(Math.round(time / 1000) * 1000).toISOString().replace('.000Z', 'Z');
}
