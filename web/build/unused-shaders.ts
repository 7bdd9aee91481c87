import type { Plugin } from 'vite';

/** The shaders of the layers that src/map/basemap/style.ts has, and those that every map compiles. */
const USED = new Set([
  'prelude', 'projectionMercator', 'background', 'clippingMask', 'fill', 'fillOutline', 'line', 'sky', 'symbolSDF',
]);

/** So many shaders MapLibre has that this map does not: another number means another MapLibre. */
const UNUSED = 28;

const TEXT = '(?:"(?:\\\\.|[^"\\\\])*"|[\\w$]+)';
const SHADER = new RegExp(`([\\w$]+):([\\w$]+)\\((${TEXT}),(${TEXT})\\)`, 'g');

/**
 * Empties the shaders of hillshades, heatmaps, globes and all else that this map does not draw: 8 KB
 * of a first load. Where one is used after all, the browser's complaint names it.
 */
export function unusedShaders(): Plugin {
  return {
    name: 'airlens-unused-shaders',
    apply: 'build',
    transform(code, id) {
      if (!id.includes('maplibre-gl/dist/maplibre-gl.js')) return null;
      const begin = code.indexOf('={prelude:');
      const end = begin + code.slice(begin).search(/\)\};?/);
      let emptied = 0;
      const shaders = code.slice(begin, end + 1).replace(SHADER, (shader, name: string, make: string) => {
        if (USED.has(name)) return shader;
        emptied++;
        return `${name}:${make}("left out: ${name} uniform float u","left out: ${name} in float a")`;
      });
      if (emptied !== UNUSED) {
        this.error(`MapLibre has ${emptied} shaders to leave out, and not ${UNUSED}: look at build/unused-shaders.ts`);
      }
      return { code: code.slice(0, begin) + shaders + code.slice(end + 1), map: null };
    },
  };
}
