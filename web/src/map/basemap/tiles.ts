/**
 * The basemap's vector tiles. They come in bundles that `web/basemap/bundle.mjs` writes: gzipped,
 * since any server then sends them small, whatever it knows of their kind.
 */
const urls = import.meta.glob<string>('../../../basemap/data/*.bin', {
  query: '?url',
  import: 'default',
  eager: true,
});

/** The deepest tiles there are: closer views are drawn from them. */
export const DEEPEST = 5;

/** Up to here all tiles lie in one bundle, the one a first view needs. */
const FIRST_DEEPEST = 3;

/** Deeper tiles are bundled by their ancestor at this level. */
const ANCESTOR = 2;

type Index = Record<string, [number, number]>;

export interface Bundle {
  index: Index;
  tiles: ArrayBuffer;
}

/** The name of the bundle a tile lies in. */
export function bundleOf(z: number, x: number, y: number): string {
  if (z <= FIRST_DEEPEST) {
    return 'world';
  }
  const up = z - ANCESTOR;
  return `${ANCESTOR}-${x >> up}-${y >> up}`;
}

export function readBundle(bytes: ArrayBuffer): Bundle {
  const length = new DataView(bytes).getUint32(0, true);
  const text = new TextDecoder().decode(new Uint8Array(bytes, 4, length));
  return { index: JSON.parse(text) as Index, tiles: bytes.slice(4 + length) };
}

/** A tile's bytes; none where there is nothing but sea. */
export function tileIn({ index, tiles }: Bundle, key: string): ArrayBuffer {
  const [from, to] = index[key] ?? [0, 0];
  return tiles.slice(from, to);
}

const bundles = new Map<string, Promise<Bundle>>();

/** Reads a tile, and its bundle when it is the first of it. */
export async function tile(z: number, x: number, y: number): Promise<ArrayBuffer> {
  const name = bundleOf(z, x, y);
  const url = urls[`../../../basemap/data/${name}.bin`];
  if (url === undefined) {
    return new ArrayBuffer(0);
  }
  let bundle = bundles.get(name);
  if (!bundle) {
    bundle = load(url);
    bundles.set(name, bundle);
    // A failure must not last: the next tile asks again.
    bundle.catch(() => bundles.delete(name));
  }
  return tileIn(await bundle, `${z}/${x}/${y}`);
}

async function load(url: string): Promise<Bundle> {
  const answer = await fetch(url);
  if (!answer.ok || !answer.body) {
    throw new Error(`The basemap ${url} could not be read: ${answer.status}`);
  }
  const plain = answer.body.pipeThrough(new DecompressionStream('gzip'));
  return readBundle(await new Response(plain).arrayBuffer());
}
