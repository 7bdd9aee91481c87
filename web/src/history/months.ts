import type { Row } from './rows';

/** A month as `2018-12`, and the row of each of its days that has one, the first at 0. */
export interface Month {
  month: string;
  days: (Row | undefined)[];
}

/** The months from the first to the last day of rows with a column `day`. */
export function monthsOf(rows: readonly Row[]): Month[] {
  const months = new Map<string, Month>();
  for (const row of rows) {
    const [, month, day] = /^(\d{4}-\d\d)-(\d\d)$/.exec(row['day'] ?? '') ?? [];
    if (month !== undefined) {
      const known = months.get(month) ?? { month, days: [] };
      known.days[Number(day) - 1] = row;
      months.set(month, known);
    }
  }
  return [...months.values()].sort((a, b) => a.month.localeCompare(b.month));
}
