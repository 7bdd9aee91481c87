import { describe, expect, it } from 'vitest';
import { address, ApiClient, ApiError } from './client';

type Answer = (url: string, headers: Headers) => Response | Promise<Response>;

function client(answer: Answer): ApiClient {
  return new ApiClient(async (input, init) => answer(String(input), new Headers(init?.headers)));
}

it('leaves empty parameters out', () => {
  expect(address('/api/v1/latest', { measure: 'P2', bbox: '', country: null, limit: undefined })).toBe('/api/v1/latest?measure=P2');
  expect(address('/api/v1/latest')).toBe('/api/v1/latest');
});

describe('an answer with an ETag', () => {
  it('is the same object as long as the server says that nothing has changed', async () => {
    const api = client((_, headers) =>
      headers.get('If-None-Match') === 'W/"1"'
        ? new Response(null, { status: 304 })
        : new Response('{"type":"FeatureCollection","features":[]}', { headers: { ETag: 'W/"1"' } }),
    );
    const first = await api.latest({});
    expect(await api.latest({})).toBe(first);
  });

  it('is asked for anew once it is not kept any more', async () => {
    const asked: (string | null)[] = [];
    const api = client((_, headers) => {
      asked.push(headers.get('If-None-Match'));
      return new Response('{}', { headers: { ETag: 'W/"1"' } });
    });
    await api.latest({ country: 'GB' });
    for (let i = 0; i < 6; i++) await api.latest({ max_age: `${i}h` });
    await api.latest({ country: 'GB' });
    expect(asked.at(-1)).toBeNull();
  });
});

describe('a failure', () => {
  it('tells what the server said', async () => {
    const api = client(() => new Response('{"title":"Wrong","detail":"measure: it is missing"}', { status: 400 }));
    await expect(api.stats({})).rejects.toThrow('measure: it is missing');
  });

  it('without an answer is told apart, and heard of', async () => {
    const heard: boolean[] = [];
    const api = client(() => Promise.reject(new TypeError('refused')));
    api.onreach = (reached) => heard.push(reached);
    const failure = await api.status().catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(ApiError);
    expect((failure as ApiError).isAway).toBe(true);
    expect(heard).toEqual([false]);
  });

  it('by giving up is none of the server', async () => {
    const heard: boolean[] = [];
    const abort = new AbortController();
    const api = new ApiClient((_, init) => {
      abort.abort();
      return Promise.reject(init?.signal?.reason ?? new Error('no signal'));
    });
    api.onreach = (reached) => heard.push(reached);
    await expect(api.status(abort.signal)).rejects.toThrow();
    expect(heard).toEqual([]);
  });
});
