import { DEFAULT_RANGE, iso, lengthOf, type Range } from '../time/range';

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number];

export const LOCALES = ['en', 'de', 'fr'] as const;
export type Locale = (typeof LOCALES)[number];

export const THEMES = ['system', 'light', 'dark'] as const;
export type Theme = (typeof THEMES)[number];

export const REFRESHES = ['off', '5s', '10s', '30s', '1m', '5m', '15m', '1h'] as const;
export type Refresh = (typeof REFRESHES)[number];

/** Milliseconds between two refreshes; null when there are none. */
export function refreshMs(refresh: Refresh): number | null {
  return refresh.endsWith('s') ? Number.parseInt(refresh, 10) * 1000 : lengthOf(refresh);
}

export const PANELS = [
  'map', 'gauges', 'worst', 'series', 'distribution', 'calendar', 'compare', 'history', 'table', 'status',
] as const;
export type Panel = (typeof PANELS)[number];

/** What the compare panel lays over the picked place and time. */
export type Comparison =
  | { kind: 'none' }
  | { kind: 'place'; location: number }
  | { kind: 'earlier'; by: string }
  /** As long as the picked time, right before it. */
  | { kind: 'previous' }
  | { kind: 'period'; from: number; to: number };

/** All that someone sees and could share: the whole of it lives in the address. */
export interface View {
  measure: string;
  locations: number[];
  sensor: number | null;
  countries: string[];
  types: string[];
  range: Range;
  /** What the map shows. */
  box: Box | null;
  /** Whether everything else is narrowed to what the map shows. */
  onlyBox: boolean;
  hidden: number[];
  comparison: Comparison;
  sort: string;
  columns: string[] | null;
  /** Conditions on the table's columns that no other control sets: `10..50`, `a,b` or a text. */
  where: Record<string, string>;
  refresh: Refresh;
  live: boolean;
  embed: Panel | null;
  theme: Theme;
  locale: Locale | null;
  units: 'metric' | 'us';
  zone: 'local' | 'utc';
}

export const DEFAULT_VIEW: View = {
  measure: 'aqi',
  locations: [],
  sensor: null,
  countries: [],
  types: [],
  range: DEFAULT_RANGE,
  box: null,
  onlyBox: false,
  hidden: [],
  comparison: { kind: 'none' },
  sort: '-timestamp',
  columns: null,
  where: {},
  refresh: '1m',
  live: false,
  embed: null,
  theme: 'system',
  locale: null,
  units: 'metric',
  zone: 'local',
};

const WHERE = 'where.';

/** The query of a view, shortest first: what is as by default is left out. */
export function encodeView(view: View): string {
  const query = new URLSearchParams();
  const put = (name: string, value: string, standard = ''): void => {
    if (value !== standard) {
      query.set(name, value);
    }
  };
  put('embed', view.embed ?? '');
  put('measure', view.measure, DEFAULT_VIEW.measure);
  put('location_id', view.locations.join(','));
  put('sensor_id', view.sensor === null ? '' : String(view.sensor));
  put('country', view.countries.join(','));
  put('sensor_type', view.types.join(','));
  if (view.range.kind === 'last') {
    put('last', view.range.length, '24h');
  } else {
    put('from', iso(view.range.from));
    put('to', iso(view.range.to));
  }
  put('view', view.box ? view.box.map((edge) => Number(edge.toFixed(4))).join(',') : '');
  put('area', view.onlyBox ? '1' : '');
  put('hide', view.hidden.join(','));
  put('compare', encodeComparison(view.comparison));
  put('sort', view.sort, DEFAULT_VIEW.sort);
  put('columns', view.columns?.join(',') ?? '');
  for (const [column, condition] of Object.entries(view.where)) {
    put(WHERE + column, condition);
  }
  put('refresh', view.refresh, DEFAULT_VIEW.refresh);
  put('live', view.live ? '1' : '');
  put('theme', view.theme, DEFAULT_VIEW.theme);
  put('lang', view.locale ?? '');
  put('units', view.units, DEFAULT_VIEW.units);
  put('zone', view.zone, DEFAULT_VIEW.zone);
  // Commas and colons may stand in a query as they are, and a link that people read is shorter.
  return query.toString().replaceAll('%2C', ',').replaceAll('%3A', ':');
}

/** The view of a query; what can't be read is as by default, so that old links still open. */
export function decodeView(text: string): View {
  const query = new URLSearchParams(text);
  const read = (name: string): string => query.get(name)?.trim() ?? '';
  const where: Record<string, string> = {};
  for (const [name, value] of query) {
    if (name.startsWith(WHERE) && name.length > WHERE.length && value) {
      where[name.slice(WHERE.length)] = value;
    }
  }
  const columns = words(read('columns'));
  return {
    measure: read('measure') || DEFAULT_VIEW.measure,
    locations: ids(read('location_id')),
    sensor: ids(read('sensor_id'))[0] ?? null,
    countries: words(read('country')).map((code) => code.toUpperCase()),
    types: words(read('sensor_type')),
    range: decodeRange(read('last'), read('from'), read('to')),
    box: decodeBox(read('view')),
    onlyBox: read('area') === '1',
    hidden: ids(read('hide')),
    comparison: decodeComparison(read('compare')),
    sort: read('sort') || DEFAULT_VIEW.sort,
    columns: columns.length > 0 ? columns : null,
    where,
    refresh: oneOf(REFRESHES, read('refresh')) ?? DEFAULT_VIEW.refresh,
    live: read('live') === '1',
    embed: oneOf(PANELS, read('embed')),
    theme: oneOf(THEMES, read('theme')) ?? DEFAULT_VIEW.theme,
    locale: oneOf(LOCALES, read('lang')),
    units: read('units') === 'us' ? 'us' : 'metric',
    zone: read('zone') === 'utc' ? 'utc' : 'local',
  };
}

function encodeComparison(comparison: Comparison): string {
  switch (comparison.kind) {
    case 'none':
      return '';
    case 'place':
      return `place:${comparison.location}`;
    case 'earlier':
      return `earlier:${comparison.by}`;
    case 'previous':
      return 'previous';
    case 'period':
      return `period:${iso(comparison.from)}..${iso(comparison.to)}`;
  }
}

function decodeComparison(text: string): Comparison {
  const colon = text.indexOf(':');
  const [kind, value] = colon < 0 ? [text, ''] : [text.slice(0, colon), text.slice(colon + 1)];
  const location = ids(value)[0];
  const [from = NaN, to = NaN] = value.split('..').map((end) => Date.parse(end));
  if (kind === 'place' && location !== undefined) return { kind, location };
  if (kind === 'earlier' && lengthOf(value)) return { kind, by: value };
  if (kind === 'previous') return { kind };
  return kind === 'period' && from < to ? { kind, from, to } : { kind: 'none' };
}

function decodeRange(last: string, from: string, to: string): Range {
  const [begin, end] = [Date.parse(from), Date.parse(to)];
  if (begin < end) {
    return { kind: 'fixed', from: begin, to: end };
  }
  return lengthOf(last) ? { kind: 'last', length: last } : DEFAULT_RANGE;
}

function decodeBox(text: string): Box | null {
  const edges = text.split(',').map(Number);
  const [west, south, east, north] = edges;
  if (edges.length !== 4 || edges.some((edge) => !Number.isFinite(edge)) || text === '') {
    return null;
  }
  const inside = (edge: number | undefined, limit: number): boolean =>
    edge !== undefined && Math.abs(edge) <= limit;
  const fits = inside(west, 180) && inside(east, 180) && inside(south, 90) && inside(north, 90);
  return fits && (south ?? 0) < (north ?? 0) ? (edges as Box) : null;
}

function words(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter(Boolean);
}

function ids(text: string): number[] {
  return words(text)
    .map(Number)
    .filter((id) => Number.isSafeInteger(id) && id > 0);
}

function oneOf<T extends string>(known: readonly T[], text: string): T | null {
  return known.find((one) => one === text) ?? null;
}
