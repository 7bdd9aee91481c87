import type { Map as MapLibre } from 'maplibre-gl';

/** Names that drivers without a graphics card go by. */
const SOFTWARE = /swiftshader|llvmpipe|softpipe|software|basic render/i;

/** Of the screen's pixels along each side while the map moves: about a third of them all. */
const COARSE = 0.6;

/** Between two drags nothing is gained by a sharp picture that is gone at once. */
const REST_MS = 160;

/**
 * Lets a map that is drawn without a graphics card move at a lower resolution and sharpen when it
 * rests: there each pixel costs processor time (60 ms a frame in full, 35 ms so, measured on two
 * busy cores with SwiftShader).
 */
export function coarseWhileMoving(map: MapLibre): void {
  let isCoarse = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  map.on('movestart', () => {
    clearTimeout(timer);
    if (!isCoarse && isDrawnInSoftware(map)) {
      isCoarse = true;
      usePixels(map, COARSE * window.devicePixelRatio);
    }
  });
  map.on('moveend', () => {
    clearTimeout(timer);
    if (!isCoarse) return;
    timer = setTimeout(() => {
      isCoarse = false;
      usePixels(map, null);
      // Another size empties the canvas: nobody shall see it empty.
      map.redraw();
    }, REST_MS);
  });
  map.on('remove', () => clearTimeout(timer));
}

export function isSoftware(renderer: string): boolean {
  return SOFTWARE.test(renderer);
}

function isDrawnInSoftware(map: MapLibre): boolean {
  const gl = map.getCanvas().getContext('webgl2');
  const info = gl?.getExtension('WEBGL_debug_renderer_info');
  const name: unknown = gl?.getParameter(info?.UNMASKED_RENDERER_WEBGL ?? gl.RENDERER);
  return typeof name === 'string' && isSoftware(name);
}

/**
 * MapLibre's own `setPixelRatio` stops what moves, also the drag that just began. What it does
 * besides is this; the version of MapLibre is pinned.
 */
function usePixels(map: MapLibre, ratio: number | null): void {
  map._overridePixelRatio = ratio;
  map._resizeInternal(false);
  map.triggerRepaint();
}
