import type { Point } from '../api/types';

/** A line of a chart: times in epoch milliseconds, ascending. */
export interface Line {
  key: string;
  label: string;
  colour: string;
  points: readonly Point[];
  /** Lowest and highest of each bucket, at the same times, when buckets hold many readings. */
  low?: readonly Point[];
  high?: readonly Point[];
}

/** A column beside the times: null is a gap, undefined a time at which only others have a value. */
export type Column = (number | null | undefined)[];

export interface Aligned {
  /** Epoch seconds, ascending: what uPlot counts in. */
  times: number[];
  /** Of each line its value, and where it has a band its lowest and highest. */
  columns: Column[];
}

/** A silence of so many usual distances is a gap and not a slow sensor. */
const GAP_DISTANCES = 3;

/** The times after which a line is broken. */
export function gapsOf(points: readonly Point[], interval: number): number[] {
  const distances = points.slice(1).map((point, i) => point[0] - (points[i]?.[0] ?? 0));
  const usual = [...distances].sort((a, b) => a - b)[Math.floor(distances.length / 2)] ?? interval;
  const longest = GAP_DISTANCES * Math.max(interval, usual);
  return points.slice(0, -1).flatMap((point, i) => {
    const distance = distances[i] ?? 0;
    return distance > longest ? [point[0] + Math.floor(Math.min(distance, longest) / 2)] : [];
  });
}

/** Puts lines onto one axis of times. */
export function align(lines: readonly Line[], interval: number): Aligned {
  const gaps = lines.map((line) => gapsOf(line.points, interval));
  const all = new Set<number>();
  lines.forEach((line, i) => {
    line.points.forEach((point) => all.add(point[0]));
    gaps[i]?.forEach((time) => all.add(time));
  });
  const times = [...all].sort((a, b) => a - b);
  const places = new Map(times.map((time, i) => [time, i]));
  const column = (points: readonly Point[], breaks: readonly number[]): Column => {
    const values: Column = new Array<number | null | undefined>(times.length).fill(undefined);
    for (const [time, value] of points) {
      const place = places.get(time);
      if (place !== undefined) {
        values[place] = value;
      }
    }
    for (const time of breaks) {
      const place = places.get(time);
      if (place !== undefined) {
        values[place] = null;
      }
    }
    return values;
  };
  const columns = lines.flatMap((line, i) => {
    const breaks = gaps[i] ?? [];
    const own = [column(line.points, breaks)];
    return line.low && line.high
      ? [...own, column(line.low, breaks), column(line.high, breaks)]
      : own;
  });
  return { times: times.map((time) => time / 1000), columns };
}
