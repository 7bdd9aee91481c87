import type { CustomLayerInterface, Map as MapLibre } from 'maplibre-gl';
import { channels } from '../../scales/ramps';
import { atlas, COUNT_FIELDS, countsOf, GLYPH_HEIGHT, GLYPH_WIDTH, GLYPHS } from './counts';
import type { Clusters } from './cluster';
import { DISC_FIELDS, discsOf, drawOrder, radiusOf, ringOf } from './discs';
import { mercatorX, mercatorY, worldPixels } from './mercator';
import { QuadProgram } from './program';
import { DISC_FRAGMENT, DISC_VERTEX, GLYPH_FRAGMENT, GLYPH_VERTEX } from './shaders';

/** What is drawn: the items of a zoom, their colours, the picked and the pointed-at one. */
export interface Scene {
  items: Clusters;
  zoom: number;
  colour: (value: number) => string;
  rings: number[];
  rim: string;
  ring: string;
}

/** Pixels. */
const RIM = 0.75;
const HALO = 4;
const RING = 2.5;
const RING_APART = 3;

/** No disc reaches farther from its place. */
const REACH = 40;

interface Gpu {
  gl: WebGL2RenderingContext;
  discs: QuadProgram;
  counts: QuadProgram;
  ring: QuadProgram;
  atlas: WebGLTexture;
}

/**
 * Draws the points with a program of its own. MapLibre's circles go through a worker, which for
 * 25,000 features takes far longer than a frame; here another measure is one upload.
 */
export class PointLayer implements CustomLayerInterface {
  readonly id = 'points';
  readonly type = 'custom';
  readonly renderingMode = '2d';
  #map: MapLibre | undefined;
  #gl: WebGL2RenderingContext | undefined;
  #gpu: Gpu | undefined;
  #scene: Scene | undefined;
  #uploaded: Scene | undefined;

  onAdd(map: MapLibre, gl: WebGLRenderingContext | WebGL2RenderingContext): void {
    if (!(gl instanceof WebGL2RenderingContext)) {
      throw new Error('The points need WebGL 2.');
    }
    this.#map = map;
    this.#gl = gl;
  }

  onRemove(): void {
    const gpu = this.#gpu;
    gpu?.discs.free();
    gpu?.counts.free();
    gpu?.ring.free();
    gpu?.gl.deleteTexture(gpu.atlas);
    this.#gpu = undefined;
    this.#uploaded = undefined;
  }

  show(scene: Scene): void {
    this.#scene = scene;
    this.#map?.triggerRepaint();
  }

  render(): void {
    const map = this.#map;
    const scene = this.#scene;
    if (!map || !scene || !this.#gl) return;
    // Made here and not when added: only after drawing does MapLibre expect another's GPU state.
    const gpu = (this.#gpu ??= make(this.#gl));
    if (this.#uploaded !== scene) {
      upload(gpu, scene, this.#uploaded);
      this.#uploaded = scene;
    }
    const { gl } = gpu;
    gl.enable(gl.BLEND);
    gl.blendFunc(gl.ONE, gl.ONE_MINUS_SRC_ALPHA);
    gl.disable(gl.DEPTH_TEST);
    gl.disable(gl.STENCIL_TEST);
    gl.disable(gl.CULL_FACE);
    for (const shift of shiftsOf(map)) {
      begin(gpu, gpu.discs, map, shift);
      disc(gpu, gpu.discs, scene.rim, RIM, HALO);
      gpu.discs.draw(...boxOf(map, shift));
      begin(gpu, gpu.counts, map, shift);
      gl.activeTexture(gl.TEXTURE0);
      gl.bindTexture(gl.TEXTURE_2D, gpu.atlas);
      gl.uniform1i(gpu.counts.uniform('u_atlas'), 0);
      gl.uniform2f(gpu.counts.uniform('u_glyph_size'), GLYPH_WIDTH, GLYPH_HEIGHT);
      gl.uniform1f(gpu.counts.uniform('u_glyphs'), GLYPHS.length);
      gpu.counts.draw(...boxOf(map, shift));
      this.#rings(gpu, scene, map, shift);
    }
    gl.bindVertexArray(null);
  }

  #rings(gpu: Gpu, scene: Scene, map: MapLibre, shift: number): void {
    for (const item of scene.rings) {
      const { items, zoom } = scene;
      const radius = radiusOf(items, item, zoom) + RING_APART;
      gpu.ring.upload(ringOf(items.x[item] ?? 0, items.y[item] ?? 0, radius));
      begin(gpu, gpu.ring, map, shift);
      disc(gpu, gpu.ring, scene.ring, RING, 0);
      gpu.ring.draw(...boxOf(map, shift));
    }
  }
}

function make(gl: WebGL2RenderingContext): Gpu {
  return {
    gl,
    discs: new QuadProgram(gl, DISC_VERTEX, DISC_FRAGMENT, DISC_FIELDS),
    counts: new QuadProgram(gl, GLYPH_VERTEX, GLYPH_FRAGMENT, COUNT_FIELDS),
    ring: new QuadProgram(gl, DISC_VERTEX, DISC_FRAGMENT, DISC_FIELDS),
    atlas: texture(gl),
  };
}

function upload({ discs, counts }: Gpu, scene: Scene, before: Scene | undefined): void {
  const { items, zoom, colour } = scene;
  if (before && before.items === items && before.zoom === zoom && before.colour === colour) {
    return;
  }
  discs.upload(discsOf(items, drawOrder(items), zoom, colour));
  counts.upload(countsOf(items, colour));
}

/** The map is flat and north is up: its centre and zoom are all that places depend on. */
function begin({ gl }: Gpu, program: QuadProgram, map: MapLibre, shift: number): void {
  const { lng, lat } = map.getCenter();
  const { clientWidth, clientHeight } = map.getCanvas();
  const x = mercatorX(lng);
  const y = mercatorY(lat);
  program.use();
  gl.uniform2f(program.uniform('u_centre_high'), x, y);
  gl.uniform2f(program.uniform('u_centre_low'), x - Math.fround(x), y - Math.fround(y));
  gl.uniform1f(program.uniform('u_world'), worldPixels(map.getZoom()));
  gl.uniform2f(program.uniform('u_half_view'), clientWidth / 2, clientHeight / 2);
  gl.uniform1f(program.uniform('u_shift'), shift);
}

function disc(
  { gl }: Gpu, program: QuadProgram, rim: string, rimWidth: number, halo: number,
): void {
  const [r, g, b] = channels(rim);
  gl.uniform4f(program.uniform('u_rim'), r / 255, g / 255, b / 255, 1);
  gl.uniform1f(program.uniform('u_rim_width'), rimWidth);
  gl.uniform1f(program.uniform('u_halo'), halo);
}

/** What is in view of a copy of the world, with the places whose discs reach into it. */
function boxOf(map: MapLibre, shift: number): [number, number, number, number] {
  const { clientWidth, clientHeight } = map.getCanvas();
  const world = worldPixels(map.getZoom());
  const { lng, lat } = map.getCenter();
  const x = mercatorX(lng) - shift;
  const y = mercatorY(lat);
  const across = (clientWidth / 2 + REACH) / world;
  const down = (clientHeight / 2 + REACH) / world;
  return [x - across, y - down, x + across, y + down];
}

/** Which copies of the world, side by side, are in view: 0 is the one from -180 to 180 degrees. */
export function shiftsOf(map: MapLibre): number[] {
  const half = map.getCanvas().clientWidth / 2 / worldPixels(map.getZoom());
  const x = mercatorX(map.getCenter().lng);
  const first = Math.floor(x - half);
  const last = Math.floor(x + half);
  return Array.from({ length: last - first + 1 }, (_, i) => first + i);
}

function texture(gl: WebGL2RenderingContext): WebGLTexture {
  const made = gl.createTexture();
  gl.bindTexture(gl.TEXTURE_2D, made);
  gl.pixelStorei(gl.UNPACK_FLIP_Y_WEBGL, false);
  gl.pixelStorei(gl.UNPACK_PREMULTIPLY_ALPHA_WEBGL, true);
  const canvas = atlas(Math.max(1, window.devicePixelRatio));
  gl.texImage2D(gl.TEXTURE_2D, 0, gl.RGBA, gl.RGBA, gl.UNSIGNED_BYTE, canvas);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MIN_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_MAG_FILTER, gl.LINEAR);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_S, gl.CLAMP_TO_EDGE);
  gl.texParameteri(gl.TEXTURE_2D, gl.TEXTURE_WRAP_T, gl.CLAMP_TO_EDGE);
  return made;
}
