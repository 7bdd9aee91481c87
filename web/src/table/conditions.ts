import { bandsOf, type Domain } from '../scales';
import { isQuantity } from './columns';
import { NUMBER } from './numbers';

/** Lower and upper end of numbers, both included. */
type Span = readonly [number, number];

const RANGE = new RegExp(`^(${NUMBER})?\\s*\\.\\.\\s*(${NUMBER})?$`);
const BOUND = new RegExp(`^([<>])=?\\s*(${NUMBER})$`);
const SINGLE = new RegExp(`^${NUMBER}$`);
const WHOLE = /^\d+$/;

/** Lists that the server compares entry by entry, and what an entry looks like. */
const LISTS: Readonly<Record<string, RegExp>> = {
  sensor_id: WHOLE,
  sensor_type_id: WHOLE,
  sensor_type_manufacturer: /./,
  sensor_pin: /./,
};

/** `10..50`, `..50`, `>10`, `7`, or several of them: `..3,7..`. Null when it is none of that. */
export function spansOf(text: string): Span[] | null {
  const spans = entriesOf(text).map(spanOf);
  const read = spans.filter((span) => span !== null);
  return read.length > 0 && read.length === spans.length ? read : null;
}

function spanOf(text: string): Span | null {
  const bound = BOUND.exec(text);
  if (bound) {
    return bound[1] === '>' ? [Number(bound[2]), Infinity] : [-Infinity, Number(bound[2])];
  }
  const range = RANGE.exec(SINGLE.test(text) ? `${text}..${text}` : text);
  if (!range) return null;
  const [low, high] = [Number(range[1] ?? -Infinity), Number(range[2] ?? Infinity)];
  return low <= high && (Number.isFinite(low) || Number.isFinite(high)) ? [low, high] : null;
}

function entriesOf(text: string): string[] {
  return text.split(',').map((entry) => entry.trim()).filter(Boolean);
}

/** Whether the filter of a column can be read, as an empty one can. */
export function isReadable(column: string, text: string): boolean {
  return text.trim() === '' || parametersOf({ [column]: text }).unread.length === 0;
}

/** What the filters of columns ask of the server. */
export interface Asked {
  /** Parameters of the readings' route. */
  parameters: Record<string, string>;
  /** The columns whose filters could not be read. */
  unread: string[];
}

export function parametersOf(where: Readonly<Record<string, string>>): Asked {
  const parameters: Record<string, string> = {};
  const unread: string[] = [];
  const ranges: string[] = [];
  for (const [column, text] of Object.entries(where)) {
    const entries = entriesOf(text);
    const pattern = LISTS[column];
    const spans = isQuantity(column) ? spansOf(text) : null;
    if (spans) {
      ranges.push(rangeOf(column, spans));
    } else if (pattern && entries.length > 0 && entries.every((entry) => pattern.test(entry))) {
      parameters[column] = entries.join(',');
    } else if (column === 'indoor' && (text === 'true' || text === 'false')) {
      parameters[column] = text;
    } else {
      unread.push(column);
    }
  }
  if (ranges.length > 0) parameters['range'] = ranges.join(',');
  return { parameters, unread };
}

/** One of the spans of a quantity, as the server reads it. */
function rangeOf(quantity: string, spans: readonly Span[]): string {
  const end = (value: number): string => (Number.isFinite(value) ? String(value) : '');
  return `${quantity}:${spans.map(([low, high]) => `${end(low)}..${end(high)}`).join('|')}`;
}

/** No value lies in both: what a table shows when all bands are hidden. */
const NOTHING: readonly Span[] = [[0, 0], [1, 1]];

/** The ranges of the legend's bands that are not hidden, as the server reads them; empty when all are shown. */
export function rangesOfBands(measure: string, hidden: readonly number[], domain: Domain): string {
  const bands = bandsOf(measure, domain);
  const shown = bands.filter(({ band }) => !hidden.includes(band));
  if (shown.length === bands.length) return '';
  if (shown.length === 0) return NOTHING.map((span) => rangeOf(measure, [span])).join(',');
  const spans: [number, number][] = [];
  let last = NaN;
  for (const { band, from, to } of shown) {
    // What lies beyond the scale belongs to its outermost bands; an index is whole, all else ends before the next band.
    const low = band === 1 ? -Infinity : from;
    const high = band === bands.length ? Infinity : measure === 'aqi' ? to : below(to);
    const before = spans.at(-1);
    if (before && band === last + 1) before[1] = high;
    else spans.push([low, high]);
    last = band;
  }
  return rangeOf(measure, spans);
}

/** The next number below. */
function below(value: number): number {
  const bits = new DataView(new ArrayBuffer(8));
  bits.setFloat64(0, value);
  bits.setBigInt64(0, bits.getBigInt64(0) + (value > 0 ? -1n : 1n));
  return value === 0 ? -Number.MIN_VALUE : bits.getFloat64(0);
}
