import type { Point } from '../api/types';
import { indexOf } from '../scales/daqi';

const HOUR_MS = 3_600_000;
const HOURS = 24;

/** Three quarters of the hours must be there: Defra, April 2013. */
const REQUIRED_HOURS = 18;

/** The 24 clock hours up to and with the one that holds the last instant before `end`. */
export function runningWindow(end: number): { from: number; to: number } {
  const to = Math.ceil(end / HOUR_MS) * HOUR_MS;
  return { from: to - HOURS * HOUR_MS, to };
}

/** The mean of hourly means, or null when too few hours are there. */
export function runningMean(hourly: readonly Point[]): number | null {
  if (hourly.length < REQUIRED_HOURS) {
    return null;
  }
  return hourly.reduce((sum, [, value]) => sum + value, 0) / hourly.length;
}

/** The higher of the two pollutants' indices: what the UK index of a place is. */
export function runningIndex(pm25: readonly Point[], pm10: readonly Point[]): number | null {
  const indices = [indexOf('P2', runningMean(pm25)), indexOf('P1', runningMean(pm10))].filter(
    (index) => index !== null,
  );
  return indices.length > 0 ? Math.max(...indices) : null;
}
