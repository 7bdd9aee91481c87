/** How a cluster speaks for its members. */
export type Summary = 'worst' | 'median';

/**
 * Of an index the worst: bad air must not vanish among good. Of other measures the median: one
 * faulty sensor must not speak for its neighbours.
 */
export function summaryOf(measure: string): Summary {
  return measure === 'aqi' ? 'worst' : 'median';
}

export function summarise(summary: Summary, values: Float64Array): number {
  if (summary === 'worst') {
    return values.reduce((worst, value) => Math.max(worst, value), -Infinity);
  }
  const sorted = values.sort();
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? NaN) + upper) / 2;
}
