import type { Cell, Reading } from '../api/types';

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
  sensorId: string;
  bbox: string;
  local: Record<string, string>;
}

export function splitConditions(where: Readonly<Record<string, string>>, boxIsTaken: boolean): Split {
  const { sensor_id: sensors, latitude, longitude, ...local } = where;
  const split: Split = { sensorId: '', bbox: '', local };
  if (sensors !== undefined) {
    if (/^\s*\d+(\s*,\s*\d+)*\s*$/.test(sensors)) {
      split.sensorId = sensors.replaceAll(/\s/g, '');
    } else {
      split.local['sensor_id'] = sensors;
    }
  }
  const south = conditionOf(latitude ?? '');
  const west = conditionOf(longitude ?? '');
  const fits = (one: Condition | null): boolean => one === null || one.kind === 'range';
  if ((south || west) && !boxIsTaken && fits(south) && fits(west)) {
    split.bbox = boxText(west, south);
  } else {
    if (latitude) split.local['latitude'] = latitude;
    if (longitude) split.local['longitude'] = longitude;
  }
  return split;
}

function boxText(longitude: Condition | null, latitude: Condition | null): string {
  const ends = (one: Condition | null, limit: number): [number, number] =>
    one?.kind === 'range' ? [Math.max(-limit, one.low), Math.min(limit, one.high)] : [-limit, limit];
  const [west, east] = ends(longitude, 180);
  const [south, north] = ends(latitude, 90);
  return [west, south, east, north].join(',');
}
