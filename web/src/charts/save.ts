import type { Line } from './align';

const MARGIN = 24;
const HEAD = 56;
const FOOT = 40;

/** Lets the browser save something under a name. */
export function save(content: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser needs the address until it has begun to read.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

export interface PngTexts {
  title: string;
  note: string;
  ground: string;
  ink: string;
}

/** A chart as it is seen, with its title and what its colours mean. */
export function pngOf(chart: HTMLCanvasElement, lines: readonly Line[], texts: PngTexts): Promise<Blob | null> {
  const scale = window.devicePixelRatio || 1;
  const canvas = document.createElement('canvas');
  canvas.width = chart.width + 2 * MARGIN * scale;
  canvas.height = chart.height + (HEAD + FOOT) * scale;
  const ctx = canvas.getContext('2d');
  if (!ctx) {
    return Promise.resolve(null);
  }
  ctx.fillStyle = texts.ground;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  ctx.drawImage(chart, MARGIN * scale, HEAD * scale);
  ctx.scale(scale, scale);
  ctx.fillStyle = texts.ink;
  ctx.font = '600 16px system-ui, sans-serif';
  ctx.fillText(texts.title, MARGIN, 32);
  ctx.font = '12px system-ui, sans-serif';
  const bottom = canvas.height / scale - 14;
  let left = MARGIN;
  for (const line of lines) {
    ctx.fillStyle = line.colour;
    ctx.fillRect(left, bottom - 10, 11, 11);
    ctx.fillStyle = texts.ink;
    ctx.fillText(line.label, left + 16, bottom);
    left += 30 + ctx.measureText(line.label).width;
  }
  ctx.fillText(texts.note, Math.max(left, canvas.width / scale - MARGIN - ctx.measureText(texts.note).width), bottom);
  return new Promise((resolve) => canvas.toBlob(resolve, 'image/png'));
}
