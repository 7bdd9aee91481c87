import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Gazetteer, type Names } from './gazetteer';

const FILE = new URL('../../basemap/data/names.json', import.meta.url);
const world = new Gazetteer(JSON.parse(readFileSync(FILE, 'utf8')) as Names);

describe('the gazetteer', () => {
  it.each([
    ['Aberdeen', [-2.1, 57.15]],
    ['Stuttgart', [9.18, 48.78]],
    ['Cape Town', [18.42, -33.93]],
    ['Sofia', [23.32, 42.7]],
  ] as const)('finds %s', (name, place) => {
    expect(world.nearest(place)).toBe(name);
  });

  it('names nothing in the middle of an ocean', () => {
    expect(world.nearest([-150, -40])).toBeNull();
  });

  it('takes the nearer one, also over the antimeridian and at the ends of the list', () => {
    const two = new Gazetteer({ names: 'South\nWest\nEast', lon: [0, -8990, 8980], north: [-4000, 4000, 0] });
    expect(two.nearest([179.95, 0])).toBe('West');
    expect(two.nearest([179.65, 0])).toBe('East');
    expect(two.nearest([0.1, -80])).toBe('South');
    expect(two.nearest([0, 89])).toBeNull();
  });
});
