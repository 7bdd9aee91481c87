import type { Latest } from '../api/types';

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number];

/** Few sensors are all shown; of many, a handful far away must not shrink all others to a dot. */
const FEW = 60;
const LEFT_OUT_SHARE = 0.03;

/** Degrees: a single place gets some of its surroundings. */
const SMALLEST = 0.05;

/** The box that shows the data at first: of many sensors, where all but the outermost are. */
export function boxOf(latest: Latest): Box | null {
  const lons: number[] = [];
  const lats: number[] = [];
  for (const { geometry } of latest.features) {
    // GeoJSON allows a feature without a place.
    if (geometry as typeof geometry | null) {
      lons.push(geometry.coordinates[0]);
      lats.push(geometry.coordinates[1]);
    }
  }
  if (lons.length === 0) return null;
  const [west, east] = middleOf(lons);
  const [south, north] = middleOf(lats);
  return [west, south, east, north];
}

function middleOf(values: number[]): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const out = values.length <= FEW ? 0 : Math.floor(values.length * LEFT_OUT_SHARE);
  const low = sorted[out] ?? 0;
  const high = sorted[sorted.length - 1 - out] ?? 0;
  const missing = Math.max(0, SMALLEST - (high - low)) / 2;
  return [low - missing, high + missing];
}

/**
 * What a view shows as the API takes it: at most the whole world, longitudes from -180 to 180; a
 * view over the antimeridian has its west east of its east.
 */
export function boxOfView(west: number, south: number, east: number, north: number): Box {
  const round = (value: number): number => Math.round(value * 1e4) / 1e4;
  const from = Math.max(-90, round(south));
  const to = Math.min(90, round(north));
  return east - west >= 360
    ? [-180, from, 180, to]
    : [round(wrapped(west)), from, round(wrapped(east)), to];
}

function wrapped(lon: number): number {
  return lon >= -180 && lon <= 180 ? lon : ((((lon + 180) % 360) + 360) % 360) - 180;
}

/** A box with its east beyond its west, as MapLibre fits it. */
export function unwrapped([west, south, east, north]: Box): Box {
  return [west, south, east < west ? east + 360 : east, north];
}

export function isSameBox(a: Box | null, b: Box | null): boolean {
  return a === b || (a !== null && b !== null && a.every((value, i) => value === b[i]));
}
