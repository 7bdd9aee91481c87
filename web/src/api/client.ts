import type { Analyses, Latest, Measures, Problem, Readings, SensorTypes, Series, Stats, Status } from './types';

/** Query parameters; what is undefined, null or empty is left out. */
export type Params = Record<string, string | number | null | undefined>;

/** The server refused, or did not answer at all: `status` is 0 then. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  get isAway(): boolean {
    return this.status === 0 || this.status === 502 || this.status === 503 || this.status === 504;
  }
}

/** How many answers are kept to be revalidated; `latest` of a large network is several megabytes. */
const KEPT_ANSWERS = 6;

export function address(path: string, params: Params = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') {
      query.set(name, String(value));
    }
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

export class ApiClient {
  readonly #known = new Map<string, { etag: string; body: unknown }>();
  readonly #fetch: typeof fetch;
  /** Told of each answer and each failure, so that one place knows whether the server is there. */
  onreach: (reached: boolean) => void = () => {};

  constructor(fetcher: typeof fetch = (input, init) => fetch(input, init)) {
    this.#fetch = fetcher;
  }

  latest(params: Params, signal?: AbortSignal): Promise<Latest> {
    return this.get<Latest>(address('/api/v1/latest', params), signal);
  }

  measures(signal?: AbortSignal): Promise<Measures> {
    return this.get<Measures>('/api/v1/measures', signal);
  }

  series(params: Params, signal?: AbortSignal): Promise<Series> {
    return this.get<Series>(address('/api/v1/series', params), signal);
  }

  stats(params: Params, signal?: AbortSignal): Promise<Stats> {
    return this.get<Stats>(address('/api/v1/stats', params), signal);
  }

  readings(params: Params, signal?: AbortSignal): Promise<Readings> {
    return this.get<Readings>(address('/api/v1/readings', params), signal);
  }

  sensorTypes(signal?: AbortSignal): Promise<SensorTypes> {
    return this.get<SensorTypes>('/api/v1/sensor-types', signal);
  }

  status(signal?: AbortSignal): Promise<Status> {
    return this.get<Status>('/api/v1/status', signal);
  }

  analyses(signal?: AbortSignal): Promise<Analyses> {
    return this.get<Analyses>('/api/v1/analyses', signal);
  }

  /** Some rows of an analysis as CSV; the browser keeps them, and asks whether they are still so. */
  async analysis(name: string, params: Params, signal?: AbortSignal): Promise<string> {
    const url = address(`/api/v1/analyses/${name}`, params);
    const answer = await this.#ask(url, { headers: {}, cache: 'no-cache' }, signal);
    return answer.text();
  }

  /** The answer; the very same object when the server says that nothing has changed. */
  async get<T>(url: string, signal?: AbortSignal): Promise<T> {
    const known = this.#known.get(url);
    const headers: Record<string, string> = { Accept: 'application/json' };
    if (known) {
      headers['If-None-Match'] = known.etag;
    }
    // The browser's own cache would hide the 304 that spares parsing and redrawing.
    const answer = await this.#ask(url, { headers, cache: 'no-store' }, signal);
    if (answer.status === 304 && known) {
      return known.body as T;
    }
    const body = (await answer.json()) as T;
    const etag = answer.headers.get('ETag');
    if (etag) {
      this.#keep(url, etag, body);
    }
    return body;
  }

  async #ask(url: string, how: RequestInit, signal: AbortSignal | undefined): Promise<Response> {
    let answer: Response;
    try {
      answer = await this.#fetch(url, { ...how, signal: signal ?? null });
    } catch (failure) {
      if (signal?.aborted) {
        throw failure;
      }
      this.onreach(false);
      throw new ApiError(0, failure instanceof Error ? failure.message : String(failure));
    }
    this.onreach(answer.status !== 502 && answer.status !== 504);
    if (!answer.ok && answer.status !== 304) {
      throw new ApiError(answer.status, await reason(answer));
    }
    return answer;
  }

  #keep(url: string, etag: string, body: unknown): void {
    this.#known.delete(url);
    this.#known.set(url, { etag, body });
    const oldest = this.#known.keys().next();
    if (this.#known.size > KEPT_ANSWERS && !oldest.done) {
      this.#known.delete(oldest.value);
    }
  }
}

async function reason(answer: Response): Promise<string> {
  try {
    const problem = (await answer.json()) as Problem;
    return problem.detail ?? problem.title ?? `HTTP ${answer.status}`;
  } catch {
    return `HTTP ${answer.status}`;
  }
}
