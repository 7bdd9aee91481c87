import type { ApiClient } from '../api/client';

const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 30_000;

/** Whether the server answers. While it does not, asks it again, ever more seldom. */
export class Connection {
  away = $state(false);
  /** Epoch milliseconds of the next attempt. */
  nextAt = $state(0);
  #wait = FIRST_WAIT_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: ApiClient,
    private readonly onback: () => void,
  ) {
    api.onreach = (reached) => this.#heard(reached);
  }

  /** Asks at once instead of waiting. */
  tryNow(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    void this.api.status().catch(() => {});
  }

  #heard(reached: boolean): void {
    if (reached) {
      clearTimeout(this.#timer);
      this.#timer = undefined;
      this.#wait = FIRST_WAIT_MS;
      if (this.away) {
        this.away = false;
        this.onback();
      }
      return;
    }
    this.away = true;
    if (this.#timer === undefined) {
      this.nextAt = Date.now() + this.#wait;
      this.#timer = setTimeout(() => this.tryNow(), this.#wait);
      this.#wait = Math.min(LONGEST_WAIT_MS, this.#wait * 2);
    }
  }
}
