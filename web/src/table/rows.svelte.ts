import { untrack } from 'svelte';
import type { ApiClient, Params } from '../api/client';
import type { Reading } from '../api/types';

const PAGE = 500;

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

  /** Begins anew; what is shown stays until the first page is there. */
  ask(params: Params): void {
    untrack(() => {
      this.#abort.abort();
      this.#abort = new AbortController();
      this.#params = params;
      this.#cursor = null;
      this.done = false;
      this.loading = false;
      void this.#next(true);
    });
  }

  /** Loads until there are so many rows to show, or no more. */
  need(count: number): void {
    if (!this.loading && !this.done && !this.error && this.shown.length < count) {
      void this.#next(false);
    }
  }

  async #next(isFirst: boolean): Promise<void> {
    const { signal } = this.#abort;
    this.loading = true;
    try {
      const cursor = isFirst ? '' : this.#cursor;
      const page = await this.api.readings({ ...this.#params, limit: PAGE, cursor }, signal);
      if (signal.aborted) return;
      this.shown = isFirst ? page.readings : [...this.shown, ...page.readings];
      this.#cursor = page.next_cursor;
      this.done = page.next_cursor === null;
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
