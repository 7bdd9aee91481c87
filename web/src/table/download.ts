import type { ApiClient, Params } from '../api/client';
import type { Cell, Reading } from '../api/types';
import type { Predicate } from './conditions';

export type DownloadFormat = 'csv' | 'json' | 'geojson';

export const TYPES: Readonly<Record<DownloadFormat, string>> = {
  csv: 'text/csv',
  json: 'application/json',
  geojson: 'application/geo+json',
};

const PAGE = 10_000;

const IDENTITY = [
  'timestamp', 'sensor_id', 'location_id', 'latitude', 'longitude', 'altitude', 'country', 'indoor',
  'sensor_type_id', 'sensor_type_name', 'sensor_type_manufacturer', 'sensor_pin', 'aqi',
];

/** All rows that meet the conditions, page by page, as one file. */
export async function download(
  api: ApiClient,
  format: DownloadFormat,
  params: Params,
  predicate: Predicate | null,
  onprogress: (rows: number) => void,
  signal: AbortSignal,
): Promise<Blob> {
  const parts: string[] = [];
  const kept: Reading[] = [];
  let rows = 0;
  let cursor: string | null = '';
  do {
    const page = await api.readings({ ...params, limit: PAGE, cursor }, signal);
    const fitting: Reading[] = predicate ? page.readings.filter(predicate) : page.readings;
    if (format === 'csv') {
      // Its header names all measures, which only the last row tells.
      kept.push(...fitting);
    } else if (fitting.length > 0) {
      const texts = fitting.map((row) => JSON.stringify(format === 'json' ? row : featureOf(row)));
      parts.push((rows > 0 ? ',\n' : '') + texts.join(',\n'));
    }
    rows += fitting.length;
    onprogress(rows);
    cursor = page.next_cursor;
  } while (cursor !== null);
  const type = { type: TYPES[format] };
  switch (format) {
    case 'csv':
      return new Blob([csvOf(kept)], type);
    case 'json':
      return new Blob(['{"readings":[\n', ...parts, '\n]}\n'], type);
    case 'geojson':
      return new Blob(['{"type":"FeatureCollection","features":[\n', ...parts, '\n]}\n'], type);
  }
}

export function featureOf(row: Reading): object {
  const { latitude, longitude, ...properties } = row;
  const geometry = longitude === null || latitude === null ? null : { type: 'Point', coordinates: [longitude, latitude] };
  return { type: 'Feature', geometry, properties };
}

/** Rows as RFC 4180 has them. */
export function csvOf(rows: readonly Reading[]): string {
  const measures = new Set<string>();
  for (const row of rows) {
    Object.keys(row).forEach((name) => measures.add(name));
  }
  const columns = [...IDENTITY, ...[...measures].filter((name) => !IDENTITY.includes(name)).sort()];
  const lines = rows.map((row) => columns.map((name) => csvCell(row[name])).join(','));
  return `${[columns.join(','), ...lines].join('\r\n')}\r\n`;
}

function csvCell(cell: Cell | undefined): string {
  if (cell === null || cell === undefined) {
    return '';
  }
  const text = String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
