import type { Cell, Reading } from '../api/types';

export type ColumnKind = 'time' | 'number' | 'text' | 'id';

export interface Column {
  name: string;
  kind: ColumnKind;
  /** Who knows its values offers them; all else is written into a field. */
  choices?: 'country' | 'indoor' | 'type' | 'manufacturer' | 'typeId';
  /** A measure's values are written with its unit's conversion. */
  isMeasure: boolean;
  width: number;
}

/** What every reading has, in the order of the interface. */
const IDENTITY: readonly Column[] = [
  { name: 'timestamp', kind: 'time', isMeasure: false, width: 150 },
  { name: 'sensor_id', kind: 'id', isMeasure: false, width: 92 },
  { name: 'location_id', kind: 'id', isMeasure: false, width: 98 },
  { name: 'latitude', kind: 'number', isMeasure: false, width: 94 },
  { name: 'longitude', kind: 'number', isMeasure: false, width: 94 },
  { name: 'altitude', kind: 'number', isMeasure: false, width: 90 },
  { name: 'country', kind: 'text', choices: 'country', isMeasure: false, width: 92 },
  { name: 'indoor', kind: 'text', choices: 'indoor', isMeasure: false, width: 84 },
  { name: 'sensor_type_id', kind: 'id', choices: 'typeId', isMeasure: false, width: 90 },
  { name: 'sensor_type_name', kind: 'text', choices: 'type', isMeasure: false, width: 110 },
  { name: 'sensor_type_manufacturer', kind: 'text', choices: 'manufacturer', isMeasure: false, width: 130 },
  { name: 'sensor_pin', kind: 'text', isMeasure: false, width: 80 },
];

const SHOWN_AT_FIRST = ['timestamp', 'sensor_id', 'location_id', 'country', 'sensor_type_name', 'aqi', 'P2', 'P1', 'temperature', 'humidity'];

const QUANTITIES_OF_PLACES = new Set(['latitude', 'longitude', 'altitude']);

const SORTED_BY_SERVER = new Set([
  'timestamp', 'sensor_id', 'location_id', 'sensor_type_id', ...QUANTITIES_OF_PLACES,
]);

export function columnsOf(measures: readonly string[]): Column[] {
  const own = measures.map((name): Column => ({ name, kind: 'number', isMeasure: true, width: name === 'aqi' ? 150 : 122 }));
  return [...IDENTITY, ...own];
}

/** The columns that are seen: the picked ones, else the usual ones and the picked measure. */
export function shownColumns(all: readonly Column[], picked: readonly string[] | null, measure: string): Column[] {
  const names = new Set(picked ?? [...SHOWN_AT_FIRST, measure]);
  return all.filter((column) => names.has(column.name));
}

/** Whether a column holds numbers that the server finds by range: a measure or a coordinate. */
export function isQuantity(name: string): boolean {
  return QUANTITIES_OF_PLACES.has(name) || IDENTITY.every((column) => column.name !== name);
}

export function isSortedByServer(column: Column): boolean {
  return column.isMeasure || SORTED_BY_SERVER.has(column.name);
}

const TEXTS = new Intl.Collator();

/** Orders two rows by a cell; rows without one come last, whichever way. */
export function compareCells(a: Cell | undefined, b: Cell | undefined, descending: boolean): number {
  if (a === null || a === undefined || a === '') return b === null || b === undefined || b === '' ? 0 : 1;
  if (b === null || b === undefined || b === '') return -1;
  const order = typeof a === 'number' && typeof b === 'number' ? a - b : TEXTS.compare(String(a), String(b));
  return descending ? -order : order;
}

export function sorted(rows: readonly Reading[], column: string, descending: boolean): Reading[] {
  return [...rows].sort((a, b) => compareCells(a[column], b[column], descending));
}
