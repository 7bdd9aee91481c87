import { channels } from '../../scales/ramps';
import type { Clusters } from './cluster';
import { type Field, strideOf } from './program';

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

/** The items as the GPU takes them, the highest value last and so on top. */
export function discsOf(
  items: Clusters,
  order: ArrayLike<number>,
  zoom: number,
  colour: (value: number) => string,
): ArrayBuffer {
  const bytes = new ArrayBuffer(order.length * STRIDE);
  const floats = new Float32Array(bytes);
  const colours = new Uint8Array(bytes);
  for (let i = 0; i < order.length; i++) {
    const item = order[i] ?? 0;
    const at = (i * STRIDE) / 4;
    split(floats, at, items.x[item] ?? 0, items.y[item] ?? 0);
    floats[at + 4] = radiusOf(items, item, zoom);
    const [r, g, b] = channels(colour(items.value[item] ?? 0));
    colours.set([r, g, b, 255], i * STRIDE + 20);
  }
  return bytes;
}

/** A ring: a disc without a fill, `apart` pixels outside its item. */
export function ringOf(x: number, y: number, radius: number): ArrayBuffer {
  const bytes = new ArrayBuffer(STRIDE);
  const floats = new Float32Array(bytes);
  split(floats, 0, x, y);
  floats[4] = radius;
  return bytes;
}

/** A place as the sum of two 32-bit numbers. */
export function split(floats: Float32Array, at: number, x: number, y: number): void {
  floats[at] = x;
  floats[at + 1] = y;
  floats[at + 2] = x - Math.fround(x);
  floats[at + 3] = y - Math.fround(y);
}

/** Items by value, the highest last. */
export function drawOrder(items: Clusters): Uint32Array {
  const order = Uint32Array.from({ length: items.count }, (_, i) => i);
  return order.sort((a, b) => (items.value[a] ?? 0) - (items.value[b] ?? 0));
}
