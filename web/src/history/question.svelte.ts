import type { Params } from '../api/client';
import type { Analysis } from '../api/types';
import type { Dashboard } from '../state/dashboard.svelte';
import { Resource } from '../state/resource.svelte';
import { type Row, rowsOf } from './rows';

/**
 * Some rows of an analysis, for a component while it lives. They are asked for anew when the question
 * is another or the analysis has been made again, and not with each refresh: the server reads a file for it.
 *
 * @param analysis whose table, undefined when it has not been made
 * @param params which rows, null for none
 */
export function askRows(
  dashboard: Dashboard, analysis: () => Analysis | undefined, params: () => Params | null,
): Resource<Row[]> {
  const rows = new Resource<Row[]>();
  const question = $derived(JSON.stringify([analysis()?.name, analysis()?.made_at, params()]));
  $effect(() => {
    const [name, , asked] = JSON.parse(question) as [string | null, string | null, Params | null];
    if (name && asked) rows.load(async (signal) => rowsOf(await dashboard.api.analysis(name, asked, signal)));
    else rows.clear();
  });
  return rows;
}
