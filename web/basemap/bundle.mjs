/** Deepest level in the bundle that is loaded first; src/map/basemap/tiles.ts reads the same. */
const FIRST_DEEPEST = 3;

/** Tiles below are bundled by their ancestor at this level: some 16 files instead of a thousand. */
const ANCESTOR = 2;

/** The bundle a tile `z/x/y` lies in. */
export function bundleOf(key) {
  const [z, x, y] = key.split('/').map(Number);
  if (z <= FIRST_DEEPEST) {
    return 'world';
  }
  const up = z - ANCESTOR;
  return `${ANCESTOR}-${x >> up}-${y >> up}`;
}

/** Length of the index as 32-bit little-endian, the index `{key: [from, to]}`, then the tiles. */
export function pack(tiles) {
  const index = {};
  let at = 0;
  for (const [key, bytes] of tiles) {
    index[key] = [at, at + bytes.length];
    at += bytes.length;
  }
  const head = Buffer.from(JSON.stringify(index));
  const length = Buffer.alloc(4);
  length.writeUInt32LE(head.length);
  return Buffer.concat([length, head, ...tiles.map(([, bytes]) => bytes)]);
}
