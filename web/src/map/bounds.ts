import type { Latest } from '../api/types';

/** West, south, east, north in degrees. */
export type Box = [number, number, number, number];

/** Few sensors are all shown; of many, those far away must not shrink all others to a dot. */
const FEW = 60;
const LEFT_OUT_SHARE = 0.1;

/** Degrees: a single place gets some of its surroundings. */
const SMALLEST = 0.05;

/** The box that shows the data at first: of many sensors, where most of them are. */
export function firstBoxOf(latest: Latest): Box | null {
  return boxOf(latest, latest.features.length <= FEW ? 0 : LEFT_OUT_SHARE);
}

/** The box of the data, without a share at each of its four sides. */
export function boxOf(latest: Latest, leftOut: number): Box | null {
  const lons: number[] = [];
  const lats: number[] = [];
  for (const { geometry } of latest.features) {
    // GeoJSON allows a feature without a place.
    if (geometry) {
      lons.push(geometry.coordinates[0]);
      lats.push(geometry.coordinates[1]);
    }
  }
  if (lons.length === 0) return null;
  const [west, east] = middleOf(lons, leftOut);
  const [south, north] = middleOf(lats, leftOut);
  return [west, south, east, north];
}

function middleOf(values: number[], leftOut: number): [number, number] {
  const sorted = Float64Array.from(values).sort();
  const out = Math.floor(values.length * leftOut);
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
