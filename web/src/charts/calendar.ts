import type { Point } from '../api/types';

const DAY_MS = 86_400_000;

/** One day: its midnight in UTC, for the server's buckets are such days. */
export interface Day {
  time: number;
  value: number | null;
}

/** The weekdays' short names, from Monday on. */
export function weekdayNames(locale: string): string[] {
  const names = new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, i) => names.format(Date.UTC(2024, 0, 1 + i)));
}

/** The Monday at or before an instant. */
export function mondayOf(time: number): number {
  const day = Math.floor(time / DAY_MS);
  // 1 January 1970 was a Thursday.
  return (day - ((day + 3) % 7)) * DAY_MS;
}

/** Weeks from Monday to Sunday, oldest first, that hold all days from `from` up to `to`. */
export function weeksOf(points: readonly Point[], from: number, to: number): Day[][] {
  const values = new Map(points.map(([time, value]) => [Math.floor(time / DAY_MS) * DAY_MS, value]));
  const weeks: Day[][] = [];
  for (let monday = mondayOf(from); monday <= to; monday += 7 * DAY_MS) {
    weeks.push(
      Array.from({ length: 7 }, (_, i): Day => {
        const time = monday + i * DAY_MS;
        return { time, value: values.get(time) ?? null };
      }),
    );
  }
  return weeks;
}
