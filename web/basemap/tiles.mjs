import { GeoJSONVT } from '@maplibre/geojson-vt';
import { fromGeojsonVt } from '@maplibre/vt-pbf';

/** Units beyond a tile's edge, so that the outline along the cut is never seen. */
const BUFFER_SHARE = 1 / 64;

/** Borders of provinces are many and drawn faintly: they need no more. */
const ROUGHER = 3;

/** Cities of a level's tiles: also those of the next zoom, that labels come in without a gap. */
const AHEAD = 1;

/** All tiles `[z/x/y, bytes]` of a level that hold something. */
export function* tilesOf({ zooms, extent, tolerance, layers, grid }, places) {
  const deepest = zooms.at(-1);
  const options = {
    // At its maxZoom geojson-vt would simplify nothing.
    maxZoom: deepest + 1, indexMaxZoom: deepest, indexMaxPoints: 0,
    extent, tolerance, buffer: extent * BUFFER_SHARE,
  };
  const indices = Object.entries(layers).map(([name, features]) => [
    name,
    new GeoJSONVT(
      { type: 'FeatureCollection', features },
      { ...options, tolerance: name === 'province' ? tolerance * ROUGHER : tolerance },
    ),
  ]);
  for (const z of zooms) {
    const lines = new GeoJSONVT(
      { type: 'FeatureCollection', features: z === 5 ? grid : upTo(grid, z + AHEAD) },
      options,
    );
    const named = new GeoJSONVT(
      { type: 'FeatureCollection', features: z === 5 ? places : upTo(places, z + AHEAD) },
      { ...options, maxZoom: z + 1, indexMaxZoom: z },
    );
    for (let x = 0; x < 1 << z; x++) {
      for (let y = 0; y < 1 << z; y++) {
        const tile = {};
        for (const [name, index] of [...indices, ['grid', lines], ['city', named]]) {
          const part = index.getTile(z, x, y);
          if (part?.features.length) {
            tile[name] = part;
          }
        }
        if (Object.keys(tile).length > 0) {
          yield [`${z}/${x}/${y}`, Buffer.from(fromGeojsonVt(tile, { version: 2, extent }))];
        }
      }
    }
  }
}

function upTo(places, zoom) {
  return places.filter(({ properties }) => properties.zoom <= zoom);
}
