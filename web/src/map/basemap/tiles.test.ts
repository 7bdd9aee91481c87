import { readdirSync, readFileSync, statSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { isSoftware } from '../sharpness';
import { bundleOf, readBundle, tileIn } from './tiles';

const FOLDER = new URL('../../../basemap/data/', import.meta.url);

function bundle(name: string): ReturnType<typeof readBundle> {
  const bytes = gunzipSync(readFileSync(new URL(`${name}.bin`, FOLDER)));
  return readBundle(new Uint8Array(bytes).buffer);
}

describe('the basemap', () => {
  it('keeps each tile in the bundle where it is looked for', () => {
    for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.bin'))) {
      const name = file.slice(0, -4);
      for (const key of Object.keys(bundle(name).index)) {
        const [z, x, y] = key.split('/').map(Number) as [number, number, number];
        expect(bundleOf(z, x, y)).toBe(name);
      }
    }
  });

  it('has something to draw in each tile it names, and nothing in others', () => {
    const world = bundle('world');
    expect(tileIn(world, '0/0/0').byteLength).toBeGreaterThan(1000);
    expect(tileIn(world, '9/0/0').byteLength).toBe(0);
  });

  it('weighs at most 1.5 MB, of which a first view needs 200 KB', () => {
    const drawn = readdirSync(FOLDER).filter((name) => name !== 'names.json');
    const sizes = drawn.map((name) => statSync(new URL(name, FOLDER)).size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(1_500_000);
    expect(statSync(new URL('world.bin', FOLDER)).size).toBeLessThan(200_000);
  });

  it('has names of places in less than 120 KB', () => {
    const names = gzipSync(readFileSync(new URL('names.json', FOLDER)), { level: 9 });
    expect(names.length).toBeLessThan(120_000);
  });
});

describe('a renderer', () => {
  it.each([
    ['ANGLE (Google, Vulkan 1.3.0 (SwiftShader Device (Subzero)), SwiftShader driver)', true],
    ['llvmpipe (LLVM 15.0.6, 256 bits)', true],
    ['ANGLE (NVIDIA, NVIDIA GeForce RTX 3060 Direct3D11)', false],
  ])('%s: in software is %s', (name, expected) => {
    expect(isSoftware(name)).toBe(expected);
  });
});
