import { inkOn } from '../../scales/ramps';
import type { Clusters } from './cluster';
import { type Field, strideOf } from './program';
import { Quads } from './quads';

export const COUNT_FIELDS: Field[] = [
  { name: 'a_high', size: 2, kind: 'float' },
  { name: 'a_low', size: 2, kind: 'float' },
  { name: 'a_offset', size: 2, kind: 'float' },
  { name: 'a_glyph', size: 1, kind: 'float' },
  { name: 'a_ink', size: 1, kind: 'float' },
];

const STRIDE = strideOf(COUNT_FIELDS);

/** All that a count is written with. */
export const GLYPHS = '0123456789.k';

/** CSS pixels of a glyph's box, and from one glyph to the next. */
export const GLYPH_WIDTH = 9;
export const GLYPH_HEIGHT = 15;
const ADVANCE = 6.6;
const ADVANCE_OF_POINT = 4;

/** At most four characters: a cluster has no room for more. */
export function shortCount(count: number): string {
  if (count < 1000) return String(count);
  const thousands = count / 1000;
  return `${thousands < 9.95 ? thousands.toFixed(1).replace(/\.0$/, '') : Math.round(thousands)}k`;
}

/** The counts of all clusters, character by character, as quads. */
export function countsOf(items: Clusters, colour: (value: number) => string): Quads {
  const texts: [number, string][] = [];
  let count = 0;
  for (let item = 0; item < items.count; item++) {
    const size = items.size[item] ?? 1;
    if (size > 1) {
      const text = shortCount(size);
      texts.push([item, text]);
      count += text.length;
    }
  }
  const quads = new Quads(count, STRIDE);
  let quad = 0;
  for (const [item, text] of texts) {
    const ink = inkOn(colour(items.value[item] ?? 0)) === '#ffffff' ? 1 : 0;
    let left = -Array.from(text).reduce((sum, one) => sum + advanceOf(one), 0) / 2;
    for (const one of text) {
      const at = quads.place(quad, items.x[item] ?? 0, items.y[item] ?? 0);
      quads.floats[at] = left + advanceOf(one) / 2;
      quads.floats[at + 2] = GLYPHS.indexOf(one);
      quads.floats[at + 3] = ink;
      quads.finish(quad);
      left += advanceOf(one);
      quad += 1;
    }
  }
  return quads;
}

function advanceOf(glyph: string): number {
  return glyph === '.' ? ADVANCE_OF_POINT : ADVANCE;
}

/** The glyphs side by side, white on nothing, in the person's own font. */
export function atlas(ratio: number): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  canvas.width = Math.ceil(GLYPH_WIDTH * ratio) * GLYPHS.length;
  canvas.height = Math.ceil(GLYPH_HEIGHT * ratio);
  const context = canvas.getContext('2d');
  if (context) {
    const width = canvas.width / GLYPHS.length;
    context.font = `600 ${11 * ratio}px system-ui, sans-serif`;
    context.textAlign = 'center';
    context.textBaseline = 'middle';
    context.fillStyle = '#fff';
    Array.from(GLYPHS).forEach((glyph, i) => {
      context.fillText(glyph, (i + 0.5) * width, canvas.height / 2 + 0.5 * ratio);
    });
  }
  return canvas;
}
