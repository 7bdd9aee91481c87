import { untrack } from 'svelte';
import type { ApiClient, Params } from '../api/client';
import type { Reading } from '../api/types';
import type { Predicate } from './conditions';

const PAGE = 500;

/** Rows that only we can filter come in larger pages, and so many are looked through unasked. */
const SEARCHED_PAGE = 5_000;
const SEARCHED_UNASKED = 20_000;

/** The rows of a question, page after page as someone scrolls. */
export class Rows {
  /** What has come and meets the conditions. */
  shown = $state.raw<Reading[]>([]);
  /** How many have come. */
  loaded = $state(0);
  loading = $state(false);
  /** Before something is asked, nothing is to come. */
  done = $state(true);
  error = $state.raw<Error | null>(null);
  #params: Params = {};
  #predicate: Predicate | null = null;
  #cursor: string | null = null;
  #abort = new AbortController();
  #limit = SEARCHED_UNASKED;

  constructor(private readonly api: ApiClient) {}

  /** Begins anew; what is shown stays until the first page is there. */
  ask(params: Params, predicate: Predicate | null): void {
    untrack(() => {
      this.#abort.abort();
      this.#abort = new AbortController();
      this.#params = params;
      this.#predicate = predicate;
      this.#cursor = null;
      this.#limit = SEARCHED_UNASKED;
      this.done = false;
      this.loading = false;
      void this.#next(true);
    });
  }

  /** Whether no further rows are looked through before someone asks for it. */
  get isPaused(): boolean {
    return this.#predicate !== null && !this.done && this.loaded >= this.#limit;
  }

  searchOn(): void {
    this.#limit = this.loaded + SEARCHED_UNASKED;
    void this.#next(false);
  }

  /** Loads until there are so many rows to show, or no more. */
  need(count: number): void {
    if (!this.loading && !this.done && !this.error && this.shown.length < count && !this.isPaused) {
      void this.#next(false);
    }
  }

  async #next(isFirst: boolean): Promise<void> {
    const { signal } = this.#abort;
    this.loading = true;
    try {
      const page = await this.api.readings(
        {
          ...this.#params,
          limit: this.#predicate ? SEARCHED_PAGE : PAGE,
          cursor: isFirst ? '' : this.#cursor,
        },
        signal,
      );
      if (signal.aborted) return;
      const fitting = this.#predicate ? page.readings.filter(this.#predicate) : page.readings;
      this.shown = isFirst ? fitting : [...this.shown, ...fitting];
      this.loaded = isFirst ? page.readings.length : this.loaded + page.readings.length;
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
