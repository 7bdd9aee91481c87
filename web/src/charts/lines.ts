import type { Point, Series } from '../api/types';
import type { Line } from './align';
import { lineColour } from './palette';

const LENGTHS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds of an interval as the API writes it: `3m`, `1d`. */
export function intervalMs(text: string): number {
  const unit = LENGTHS[text.slice(-1)] ?? 0;
  return (Number.parseInt(text, 10) || 0) * unit || 60_000;
}

/** Widths that people find on a clock; a sensor reports about every 150 seconds. */
const WIDTHS = ['1m', '2m', '5m', '10m', '15m', '30m', '1h', '2h', '3h', '6h', '12h', '1d', '7d'];

/** More points than that make a chart of noisy sensors a carpet; the band keeps what they hide. */
const CALM_POINTS = 200;

/** The narrowest buckets that still make a calm chart. */
export function calmInterval(lengthMs: number): string {
  return WIDTHS.find((width) => lengthMs / intervalMs(width) <= CALM_POINTS) ?? '7d';
}

export interface Buckets {
  mean: Series;
  low: Series;
  high: Series;
}

/** One line a sensor; with a band where buckets hold readings that differ. */
export function linesOf(
  { mean, low, high }: Buckets,
  dark: boolean,
  label: (sensor: number, location: number) => string,
): Line[] {
  const lows = new Map(low.series.map((series) => [series.sensor_id, series.points]));
  const highs = new Map(high.series.map((series) => [series.sensor_id, series.points]));
  return mean.series.map((series, i) => {
    const line: Line = {
      key: String(series.sensor_id),
      label: label(series.sensor_id, series.location_id),
      colour: lineColour(i, dark),
      points: series.points,
    };
    const [below, above] = [lows.get(series.sensor_id), highs.get(series.sensor_id)];
    return below && above && differ(below, above) ? { ...line, low: below, high: above } : line;
  });
}

/** Lines in the unit that a person reads, so that the axis has round numbers in it. */
export function converted(lines: readonly Line[], convert: (value: number) => number): Line[] {
  const points = (all: readonly Point[]): Point[] => all.map(([time, value]): Point => [time, convert(value)]);
  return lines.map((line) => ({
    ...line,
    points: points(line.points),
    ...(line.low && line.high ? { low: points(line.low), high: points(line.high) } : {}),
  }));
}

function differ(low: readonly Point[], high: readonly Point[]): boolean {
  return low.some((point, i) => point[1] !== high[i]?.[1]);
}

/** The mean of several lines' values at each time, ascending. */
export function meanOf(series: readonly { points: readonly Point[] }[]): Point[] {
  const sums = new Map<number, [number, number]>();
  for (const { points } of series) {
    for (const [time, value] of points) {
      const [sum, count] = sums.get(time) ?? [0, 0];
      sums.set(time, [sum + value, count + 1]);
    }
  }
  return [...sums]
    .map(([time, [sum, count]]): Point => [time, sum / count])
    .sort((a, b) => a[0] - b[0]);
}
