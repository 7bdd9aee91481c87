import type { Cell, Reading } from '../api/types';
import { isQuantity } from './columns';

/** What someone wrote into a column's filter. */
export type Condition =
  | { kind: 'range'; low: number; high: number }
  | { kind: 'set'; values: string[] }
  | { kind: 'text'; text: string };

const NUMBER = '-?\\d+(?:\\.\\d+)?';
const RANGE = new RegExp(`^(${NUMBER})?\\s*\\.\\.\\s*(${NUMBER})?$`);
const BOUND = new RegExp(`^([<>])=?\\s*(${NUMBER})$`);

/** `10..50`, `..50`, `>10` are ranges, `a,b` is a set, all else is a text to be found within. */
export function conditionOf(text: string): Condition | null {
  const trimmed = text.trim();
  if (trimmed === '' || trimmed === '..') {
    return null;
  }
  const range = RANGE.exec(trimmed);
  if (range) {
    return { kind: 'range', low: Number(range[1] ?? -Infinity), high: Number(range[2] ?? Infinity) };
  }
  const bound = BOUND.exec(trimmed);
  if (bound) {
    const value = Number(bound[2]);
    return bound[1] === '>'
      ? { kind: 'range', low: value, high: Infinity }
      : { kind: 'range', low: -Infinity, high: value };
  }
  if (trimmed.includes(',')) {
    const values = trimmed.split(',').map((value) => value.trim().toLowerCase()).filter(Boolean);
    return { kind: 'set', values };
  }
  return { kind: 'text', text: trimmed.toLowerCase() };
}

export function meets(condition: Condition, cell: Cell | undefined): boolean {
  if (cell === null || cell === undefined) {
    return false;
  }
  switch (condition.kind) {
    case 'range':
      return typeof cell === 'number' && cell >= condition.low && cell <= condition.high;
    case 'set':
      return condition.values.includes(String(cell).toLowerCase());
    case 'text':
      // A whole number is meant as it is: 5 is not found in 15.
      return typeof cell === 'number'
        ? String(cell) === condition.text
        : String(cell).toLowerCase().includes(condition.text);
  }
}

export type Predicate = (row: Reading) => boolean;

/** What the conditions of some columns ask of a row; null when they ask nothing. */
export function predicateOf(where: Readonly<Record<string, string>>): Predicate | null {
  const conditions = Object.entries(where).flatMap(([column, text]) => {
    const condition = conditionOf(text);
    return condition ? [[column, condition] as const] : [];
  });
  return conditions.length === 0
    ? null
    : (row) => conditions.every(([column, condition]) => meets(condition, row[column]));
}

/** Conditions, told apart by who can apply them: the server on all rows, or we on loaded ones. */
export interface Split {
  /** Parameters of the readings' route. */
  server: Record<string, string>;
  local: Record<string, string>;
}

/** Texts of which the server compares each as it is written. */
const EXACT: Readonly<Record<string, RegExp>> = {
  sensor_id: /^\d+$/,
  location_id: /^\d+$/,
  sensor_type_id: /^\d+$/,
  sensor_pin: /^\d+$/,
  country: /^[a-z]{2}$/i,
};

/** @param taken the parameters that narrow the question already, which can't stand there twice */
export function splitConditions(where: Readonly<Record<string, string>>, taken: ReadonlySet<string>): Split {
  const split: Split = { server: {}, local: {} };
  const ranges: string[] = [];
  for (const [column, text] of Object.entries(where)) {
    const condition = conditionOf(text);
    if (condition === null) continue;
    const range = rangeOf(column, condition);
    const exact = exactOf(column, condition);
    if (range !== null) {
      ranges.push(range);
    } else if (exact !== null && !taken.has(column)) {
      split.server[column] = exact;
    } else {
      split.local[column] = text;
    }
  }
  if (ranges.length > 0) split.server['range'] = ranges.join(',');
  return split;
}

/** A range of a quantity, or the one number it must be, as the server reads it. */
function rangeOf(column: string, condition: Condition): string | null {
  if (!isQuantity(column)) return null;
  if (condition.kind === 'range') {
    const end = (value: number): string => (Number.isFinite(value) ? String(value) : '');
    return `${column}:${end(condition.low)}..${end(condition.high)}`;
  }
  return condition.kind === 'text' && new RegExp(`^${NUMBER}$`).test(condition.text)
    ? `${column}:${condition.text}..${condition.text}`
    : null;
}

function exactOf(column: string, condition: Condition): string | null {
  const values = condition.kind === 'set' ? condition.values : condition.kind === 'text' ? [condition.text] : [];
  if (column === 'indoor') {
    return values.length === 1 && ['true', 'false'].includes(values[0] ?? '') ? (values[0] ?? null) : null;
  }
  const pattern = EXACT[column];
  return pattern && values.length > 0 && values.every((value) => pattern.test(value)) ? values.join(',') : null;
}
