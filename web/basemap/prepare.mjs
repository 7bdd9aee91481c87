/**
 * Writes the basemap: `node prepare.mjs FOLDER`, where FOLDER holds Natural Earth's 10m shapefiles
 * (see README.md). Its result, `data/`, is committed.
 */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { bundleOf, pack } from './bundle.mjs';
import { cities } from './cities.mjs';
import { countryLabels } from './countries.mjs';
import { graticule } from './graticule.mjs';
import { gazetteer } from './names.mjs';
import { largeLakes, shapes } from './natural-earth.mjs';
import { tilesOf } from './tiles.mjs';

const folder = process.argv[2];
if (!folder) {
  console.error('Name the folder with the 10m shapefiles: node prepare.mjs FOLDER');
  process.exit(2);
}

const fine = await shapes(folder);
/** The grid is in the tiles too: a source of its own costs a pass over the whole screen. */
const grid = graticule();
const far = { ...fine, lake: largeLakes(fine.lake), province: [] };
const places = cities();

/** The deepest level has the finest grid: deeper zooms are drawn from it. */
const levels = [
  { zooms: [0, 1, 2, 3, 4], extent: 2048, tolerance: 5, layers: far, grid },
  { zooms: [5], extent: 4096, tolerance: 5, layers: fine, grid },
];

const bundles = new Map();
for (const level of levels) {
  for (const [key, tile] of tilesOf(level, places)) {
    const name = bundleOf(key);
    bundles.set(name, [...(bundles.get(name) ?? []), [key, tile]]);
  }
}

rmSync('data', { recursive: true, force: true });
mkdirSync('data');
let total = 0;
for (const [name, tiles] of bundles) {
  const packed = gzipSync(pack(tiles), { level: 9 });
  total += packed.length;
  console.log(name, tiles.length, 'tiles', packed.length, 'bytes');
  writeFileSync(`data/${name}.bin`, packed);
}
const labels = JSON.stringify(countryLabels());
writeFileSync('data/countries.json', labels);
const names = JSON.stringify(gazetteer(places));
writeFileSync('data/names.json', names);
console.log('countries', gzipSync(labels).length, 'names', gzipSync(names).length, 'cities', places.length, 'tiles', total, 'bytes');
