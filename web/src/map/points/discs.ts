import { channels } from '../../scales/ramps';
import type { Clusters } from './cluster';
import { type Field, strideOf } from './program';
import { Quads } from './quads';

export const DISC_FIELDS: Field[] = [
  { name: 'a_high', size: 2, kind: 'float' },
  { name: 'a_low', size: 2, kind: 'float' },
  { name: 'a_radius', size: 1, kind: 'float' },
  { name: 'a_colour', size: 4, kind: 'bytes' },
];

const STRIDE = strideOf(DISC_FIELDS);

/** Pixels. A single sensor grows as the view comes closer. */
export function singleRadius(zoom: number): number {
  return Math.min(8.5, Math.max(4.5, 3.4 + zoom * 0.4));
}

/** Pixels: so that a hundred sensors look like more than ten, yet leave room for neighbours. */
export function clusterRadius(size: number): number {
  return Math.min(23, 10 + 3.6 * Math.log10(size));
}

export function radiusOf(items: Clusters, item: number, zoom: number): number {
  const size = items.size[item] ?? 1;
  return size > 1 ? clusterRadius(size) : singleRadius(zoom);
}

/** The items as quads, the highest value last and so on top. */
export function discsOf(
  items: Clusters,
  order: ArrayLike<number>,
  zoom: number,
  colour: (value: number) => string,
): Quads {
  const quads = new Quads(order.length, STRIDE);
  let last = NaN;
  let [r, g, b] = [0, 0, 0];
  for (let i = 0; i < order.length; i++) {
    const item = order[i] ?? 0;
    const value = items.value[item] ?? 0;
    if (value !== last) {
      // In their order, equal values follow each other: each needs its colour only once.
      [r, g, b] = channels(colour(value));
      last = value;
    }
    const at = quads.place(i, items.x[item] ?? 0, items.y[item] ?? 0);
    quads.floats[at] = radiusOf(items, item, zoom);
    const bytes = (at + 1) * 4;
    quads.colours[bytes] = r;
    quads.colours[bytes + 1] = g;
    quads.colours[bytes + 2] = b;
    quads.colours[bytes + 3] = 255;
    quads.finish(i);
  }
  return quads;
}

/** A ring: a disc without a fill. */
export function ringOf(x: number, y: number, radius: number): Quads {
  const quads = new Quads(1, STRIDE);
  quads.floats[quads.place(0, x, y)] = radius;
  quads.finish(0);
  return quads;
}

/** Items by value, the highest last. */
export function drawOrder(items: Clusters): Uint32Array {
  const order = Uint32Array.from({ length: items.count }, (_, i) => i);
  return order.sort((a, b) => (items.value[a] ?? 0) - (items.value[b] ?? 0));
}
