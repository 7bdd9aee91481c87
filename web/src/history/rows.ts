/** A row of an analysis: its cells as the server has them, by the names of the columns. */
export type Row = Readonly<Record<string, string>>;

/** The rows of a CSV (RFC 4180); line breaks within quotes belong to their cells. */
export function rowsOf(text: string): Row[] {
  const [header = [], ...rows] = cellsOf(text);
  return rows.map((cells) => Object.fromEntries(header.map((name, i) => [name, cells[i] ?? ''])));
}

/** A cell's number; null when it is empty. */
export function numberOf(row: Row, column: string): number | null {
  const text = row[column] ?? '';
  const number = Number(text);
  return text === '' || !Number.isFinite(number) ? null : number;
}

function cellsOf(text: string): string[][] {
  const rows: string[][] = [];
  let cells: string[] = [];
  // A cell, in quotes or not, and what ends it.
  for (const [whole, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^,\r\n]*))(,|\r?\n|$)/g)) {
    if (whole === '' && cells.length === 0) break;
    cells.push(quoted?.replaceAll('""', '"') ?? bare ?? '');
    if (end !== ',') {
      rows.push(cells);
      cells = [];
    }
  }
  return rows;
}
