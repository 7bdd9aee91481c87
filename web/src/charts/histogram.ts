/** One bar: how many values lie from `from` up to `to`. */
export interface Bar {
  from: number;
  to: number;
  count: number;
}

const MOST_BARS = 24;

/** Equal bars with round edges between the lowest and the highest value. */
export function histogram(values: readonly number[]): Bar[] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    low = Math.min(low, value);
    high = Math.max(high, value);
  }
  if (!(low <= high)) {
    return [];
  }
  const width = niceWidth((high - low) / MOST_BARS);
  const begin = Math.floor(low / width) * width;
  const count = Math.floor((high - begin) / width) + 1;
  const bars = Array.from({ length: count }, (_, i): Bar => {
    return { from: begin + i * width, to: begin + (i + 1) * width, count: 0 };
  });
  for (const value of values) {
    const bar = bars[Math.min(count - 1, Math.floor((value - begin) / width))];
    if (bar) {
      bar.count++;
    }
  }
  return bars;
}

/** The next 1, 2 or 5 times a power of ten. */
function niceWidth(width: number): number {
  if (width <= 0) {
    return 1;
  }
  const power = 10 ** Math.floor(Math.log10(width));
  const step = [1, 2, 5, 10].find((one) => one * power >= width) ?? 10;
  return step * power;
}
