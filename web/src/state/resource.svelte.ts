import { untrack } from 'svelte';

/**
 * What a panel shows of an answer that comes over the network. While the next one is under way, and
 * when it fails, the last one stays to be seen.
 */
export class Resource<T> {
  data = $state.raw<T | null>(null);
  error = $state.raw<Error | null>(null);
  loading = $state(false);
  #abort: AbortController | null = null;

  /** Asks anew; a question still under way is given up, for nobody waits for its answer any more. */
  load(ask: (signal: AbortSignal) => Promise<T>): void {
    untrack(() => {
      this.#abort?.abort();
      const abort = new AbortController();
      this.#abort = abort;
      this.loading = true;
      void this.#settle(ask, abort);
    });
  }

  clear(): void {
    untrack(() => {
      this.#abort?.abort();
      this.data = null;
      this.error = null;
      this.loading = false;
    });
  }

  async #settle(ask: (signal: AbortSignal) => Promise<T>, abort: AbortController): Promise<void> {
    try {
      const data = await ask(abort.signal);
      if (!abort.signal.aborted) {
        this.data = data;
        this.error = null;
      }
    } catch (failure) {
      if (!abort.signal.aborted) {
        this.error = failure instanceof Error ? failure : new Error(String(failure));
      }
    } finally {
      if (!abort.signal.aborted) {
        this.loading = false;
      }
    }
  }
}
