import { untrack } from 'svelte';
import type { ApiClient, Params } from '../api/client';
import type { Reading } from '../api/types';

const PAGE = 500;

/** So many rows, at most, come whole: to be sorted by what the server can't sort by. */
export const MOST_WHOLE = 50_000;
const WHOLE_PAGE = 10_000;

/** The rows of a question, page after page as someone scrolls. */
export class Rows {
  shown = $state.raw<Reading[]>([]);
  loading = $state(false);
  /** Before something is asked, nothing is to come. */
  done = $state(true);
  error = $state.raw<Error | null>(null);
  #params: Params = {};
  #cursor: string | null = null;
  #abort = new AbortController();

  constructor(private readonly api: ApiClient) {}

  /** Begins anew; what is shown stays until the first page is there, or all of them when it is to come whole. */
  ask(params: Params, isWhole: boolean): void {
    untrack(() => {
      this.#abort.abort();
      this.#abort = new AbortController();
      this.#params = params;
      void this.#load([], null, isWhole);
    });
  }

  /** Loads until there are so many rows to show, or no more. */
  need(count: number): void {
    if (!this.loading && !this.done && !this.error && this.shown.length < count) {
      void this.#load(this.shown, this.#cursor, false);
    }
  }

  async #load(before: readonly Reading[], after: string | null, isWhole: boolean): Promise<void> {
    const { signal } = this.#abort;
    this.loading = true;
    try {
      const rows = [...before];
      let cursor = after;
      do {
        const page = await this.api.readings({ ...this.#params, limit: isWhole ? WHOLE_PAGE : PAGE, cursor }, signal);
        if (signal.aborted) return;
        rows.push(...page.readings);
        cursor = page.next_cursor;
      } while (isWhole && cursor !== null && rows.length < MOST_WHOLE);
      this.shown = rows;
      this.#cursor = cursor;
      this.done = cursor === null;
      this.error = null;
    } catch (failure) {
      if (!signal.aborted) {
        this.error = failure instanceof Error ? failure : new Error(String(failure));
      }
    } finally {
      if (!signal.aborted) this.loading = false;
    }
  }
}
