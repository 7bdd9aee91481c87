import { readFileSync } from 'node:fs';
import { SourceMap, type SourceMapPayload } from 'node:module';
import type { Plugin } from 'vite';

/** Sources of MapLibre, or folders of them, that draw or read what this map does not have. */
const UNUSED = [
  // Globes and terrain: the map is flat.
  'geo/projection/vertical_perspective', 'geo/projection/globe_', 'render/terrain.ts', 'tile/terrain_tile_manager', 'webgl/draw/draw_terrain',
  'webgl/render_to_texture',
  // Layers that src/map/basemap/style.ts does not name.
  'webgl/draw/draw_heatmap', 'webgl/draw/draw_hillshade', 'webgl/draw/draw_color_relief', 'webgl/draw/draw_fill_extrusion',
  'webgl/draw/draw_circle', 'webgl/draw/draw_raster', 'webgl/draw/draw_debug', 'webgl/draw/draw_collision_debug',
  'data/bucket/fill_extrusion_bucket', 'data/bucket/circle_bucket', 'data/dem_data',
  'style/style_layer/fill_extrusion_style_layer.ts', 'style/style_layer/circle_style_layer.ts', 'style/style_layer/heatmap_style_layer.ts',
  'style/style_layer/color_relief_style_layer.ts',
  // Sources other than vector tiles and GeoJSON, and tiles in another format.
  'source/image_source', 'source/video_source', 'source/canvas_source', 'source/raster_tile_source', 'source/raster_dem_tile_source',
  'source/raster_dem_tile_worker_source', '@maplibre/mlt/',
  // What stands on maps elsewhere; ours has buttons and cards of its own.
  'ui/marker.ts', 'ui/popup.ts', 'ui/hash.ts', 'ui/control/geolocate', 'ui/control/navigation', 'ui/control/fullscreen', 'ui/control/attribution',
  'ui/control/logo', 'ui/control/globe', 'ui/control/terrain',
];

/** Of these, what runs when the library is loaded. */
const NEEDED = ['mlt/dist/decoding/fastPforShared'];

/** What an emptied function does: whoever comes to need it is told where it went. */
const GONE = '{throw Error("left out by build/unused-parts.ts")}';

/**
 * Empties the functions of MapLibre that this map never calls: 49 KB of a first load, which a browser
 * need not read, either. Its own source map tells which are whose.
 */
export function unusedParts(): Plugin {
  return {
    name: 'airlens-unused-parts',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!id.includes('maplibre-gl/dist/maplibre-gl.js')) return null;
      const file = id.replace(/\?.*$/, '');
      const map = new SourceMap(JSON.parse(readFileSync(`${file}.map`, 'utf8')) as SourceMapPayload);
      const lines = lineStarts(code);
      const found = new Set<string>();
      const isUnused = (offset: number): boolean => {
        const line = lines.findLastIndex((start) => start <= offset);
        const entry = map.findEntry(line, offset - (lines[line] ?? 0));
        const source = 'originalSource' in entry ? entry.originalSource : '';
        const part = NEEDED.some((one) => source.includes(one)) ? undefined : UNUSED.find((one) => source.includes(one));
        if (part !== undefined) found.add(part);
        return part !== undefined;
      };
      const gone: [number, number][] = [];
      walk(this.parse(code), (body) => {
        const first = body.body[0];
        if (!first || !isUnused(body.start) || !isUnused(first.start)) return false;
        gone.push([body.start, body.end]);
        return true;
      });
      const missing = UNUSED.filter((one) => !found.has(one));
      if (missing.length > 0) {
        this.error(`MapLibre has nothing of ${missing.join(', ')}: look at build/unused-parts.ts`);
      }
      return { code: without(code, gone), map: null };
    },
  };
}

type Body = { start: number; end: number; body: { start: number }[] };

/** Shows each function's body, the outer one first; into what is taken it does not look. */
function walk(node: unknown, take: (body: Body) => boolean, isCalledAtOnce = false): void {
  if (Array.isArray(node)) {
    node.forEach((one) => walk(one, take));
  } else if (typeof node === 'object' && node !== null && 'type' in node) {
    const { type, body } = node as { type: string; body?: { type?: string } };
    const isFunction = /Function/.test(type) && body?.type === 'BlockStatement';
    if (isFunction && !isCalledAtOnce && take(body as unknown as Body)) return;
    for (const [name, child] of Object.entries(node)) walk(child, take, type === 'CallExpression' && name === 'callee');
  }
}

function without(code: string, gone: readonly [number, number][]): string {
  let at = 0;
  let text = '';
  for (const [start, end] of gone) {
    text += code.slice(at, start) + GONE;
    at = end;
  }
  return text + code.slice(at);
}

function lineStarts(code: string): number[] {
  const starts = [0];
  for (let at = code.indexOf('\n'); at >= 0; at = code.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
