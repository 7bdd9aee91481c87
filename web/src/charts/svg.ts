import { DAQI_COLOURS } from '../scales/daqi';
import { gapsOf, type Line } from './align';
import type { Point } from '../api/types';

export interface Picture {
  title: string;
  note: string;
  lines: readonly Line[];
  /** Epoch milliseconds. */
  from: number;
  to: number;
  interval: number;
  isIndex: boolean;
  value: (value: number) => string;
  time: (time: number) => string;
}

const WIDTH = 1200;
const HEIGHT = 520;
const LEFT = 80;
const RIGHT = 24;
const TOP = 60;
const BOTTOM = 84;
const VALUE_TICKS = 5;
const TIME_TICKS = 6;

/** A chart as a picture of lines and texts, to print and to edit. */
export function svgOf(picture: Picture): string {
  const [low, high] = picture.isIndex ? [0.5, 10.5] : extent(picture.lines);
  const x = (time: number): number =>
    LEFT + ((time - picture.from) / (picture.to - picture.from)) * (WIDTH - LEFT - RIGHT);
  const y = (value: number): number =>
    HEIGHT - BOTTOM - ((value - low) / (high - low)) * (HEIGHT - TOP - BOTTOM);
  const parts = [
    `<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>`,
    text(LEFT, 28, picture.title, 'font-size="18" font-weight="600"'),
    picture.isIndex ? bands(y) : '',
    valueAxis(picture, low, high, y),
    timeAxis(picture, x),
    ...picture.lines.map((line) => drawn(line, picture.interval, x, y)),
    legend(picture.lines),
    text(WIDTH - RIGHT, HEIGHT - 10, picture.note, 'font-size="11" text-anchor="end" fill="#555555"'),
  ];
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" ` +
    `height="${HEIGHT}" font-family="system-ui, sans-serif" font-size="12">${parts.join('')}</svg>`
  );
}

function extent(lines: readonly Line[]): [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const line of lines) {
    for (const [, value] of [...line.points, ...(line.low ?? []), ...(line.high ?? [])]) {
      low = Math.min(low, value);
      high = Math.max(high, value);
    }
  }
  if (!(low <= high)) {
    return [0, 1];
  }
  const margin = (high - low || 1) * 0.06;
  return [low - margin, high + margin];
}

function bands(y: (value: number) => number): string {
  return DAQI_COLOURS.map((colour, i) => {
    const top = y(i + 1.5);
    const height = round(y(i + 0.5) - top);
    return `<rect x="${LEFT}" y="${round(top)}" width="${WIDTH - LEFT - RIGHT}" height="${height}" fill="${colour}" fill-opacity="0.22"/>`;
  }).join('');
}

function valueAxis(picture: Picture, low: number, high: number, y: (value: number) => number): string {
  const ticks = picture.isIndex
    ? [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]
    : Array.from({ length: VALUE_TICKS + 1 }, (_, i) => low + ((high - low) * i) / VALUE_TICKS);
  return ticks
    .map((tick) => {
      const at = round(y(tick));
      return (
        `<path d="M${LEFT} ${at}H${WIDTH - RIGHT}" stroke="#dddddd" stroke-width="0.7"/>` +
        text(LEFT - 8, at + 4, picture.value(tick), 'text-anchor="end"')
      );
    })
    .join('');
}

function timeAxis(picture: Picture, x: (time: number) => number): string {
  return Array.from({ length: TIME_TICKS }, (_, i) => {
    const time = picture.from + ((picture.to - picture.from) * (i + 0.5)) / TIME_TICKS;
    return text(round(x(time)), HEIGHT - BOTTOM + 20, picture.time(time), 'text-anchor="middle"');
  }).join('');
}

function drawn(line: Line, interval: number, x: (t: number) => number, y: (v: number) => number): string {
  const pieces = piecesOf(line.points, gapsOf(line.points, interval));
  const area = line.low && line.high ? band(line.low, line.high, gapsOf(line.low, interval), x, y) : '';
  const path = pieces.map((piece) => `M${piece.map(([t, v]) => `${round(x(t))} ${round(y(v))}`).join('L')}`);
  return (
    (area ? `<path d="${area}" fill="${line.colour}" fill-opacity="0.18"/>` : '') +
    `<path d="${path.join('')}" fill="none" stroke="${line.colour}" stroke-width="1.6" stroke-linejoin="round"/>`
  );
}

function band(
  low: readonly Point[],
  high: readonly Point[],
  gaps: readonly number[],
  x: (t: number) => number,
  y: (v: number) => number,
): string {
  const upper = piecesOf(high, gaps);
  return piecesOf(low, gaps)
    .map((piece, i) => {
      const edge = [...(upper[i] ?? []), ...[...piece].reverse()];
      return `M${edge.map(([t, v]) => `${round(x(t))} ${round(y(v))}`).join('L')}Z`;
    })
    .join('');
}

/** A line's unbroken pieces. */
function piecesOf(points: readonly Point[], gaps: readonly number[]): Point[][] {
  const pieces: Point[][] = [];
  let next = 0;
  let piece: Point[] = [];
  for (const point of points) {
    while (next < gaps.length && (gaps[next] ?? 0) < point[0]) {
      pieces.push(piece);
      piece = [];
      next++;
    }
    piece.push(point);
  }
  return [...pieces, piece].filter((one) => one.length > 0);
}

function legend(lines: readonly Line[]): string {
  let left = LEFT;
  return lines
    .map((line) => {
      const at = left;
      left += 34 + line.label.length * 7;
      return (
        `<rect x="${at}" y="${HEIGHT - 42}" width="12" height="12" rx="2" fill="${line.colour}"/>` +
        text(at + 18, HEIGHT - 32, line.label)
      );
    })
    .join('');
}

function text(x: number, y: number, content: string, more = ''): string {
  const safe = content.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return `<text x="${x}" y="${y}" ${more}>${safe}</text>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
