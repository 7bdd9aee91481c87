/** Web Mercator with the whole world from 0 to 1, y downwards, as MapLibre has it. */
export function mercatorX(lon: number): number {
  return lon / 360 + 0.5;
}

/** Where the square map of the world ends. */
const NORTHMOST = 85.051129;

export function mercatorY(lat: number): number {
  const sine = Math.sin((Math.max(-NORTHMOST, Math.min(NORTHMOST, lat)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
}

export function longitudeOf(x: number): number {
  return (x - 0.5) * 360;
}

export function latitudeOf(y: number): number {
  return (Math.atan(Math.sinh((0.5 - y) * 2 * Math.PI)) * 180) / Math.PI;
}

/** Pixels across the whole world at zoom 0. */
export const WORLD_PIXELS = 512;

export function worldPixels(zoom: number): number {
  return WORLD_PIXELS * 2 ** zoom;
}
