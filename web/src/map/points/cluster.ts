import { worldPixels } from './mercator';
import type { Points } from './points';
import { summarise, type Summary } from './summary';

/** What is drawn at a zoom: single sensors, and clusters of those that would overlap. */
export interface Clusters {
  count: number;
  x: Float64Array;
  y: Float64Array;
  size: Int32Array;
  value: Float64Array;
  /** For each point, the item it is in. */
  itemOf: Int32Array;
  /** Points in the order of their items: those of item i from `start[i]` to `start[i + 1]`. */
  members: Int32Array;
  start: Int32Array;
}

/** From this zoom on only sensors at the very same place share an item. */
export const UNCLUSTERED_ZOOM = 12;

/** So few points are all shown, as long as they do not cover each other. */
const FEW = 400;

/** Pixels. */
const RADIUS_OF_FEW = 14;
const RADIUS_OF_SAME_PLACE = 1;

/** How wide a cluster reaches in pixels: far out for a glance, close by only what overlaps. */
export function radiusAt(zoom: number, count: number): number {
  if (zoom >= UNCLUSTERED_ZOOM) return RADIUS_OF_SAME_PLACE;
  if (count <= FEW) return RADIUS_OF_FEW;
  if (zoom <= 7) return 54;
  return zoom <= 9 ? 36 : 20;
}

/** Centres this share of the radius apart would overlap: their cells become one. */
const TOO_NEAR = 0.72;

/**
 * Lays a grid over the world, fixed to it, so that panning changes nothing; joins neighbours whose
 * centres come too near. Linear in the number of points.
 */
export function cluster(points: Points, zoom: number, summary: Summary): Clusters {
  const cell = radiusAt(zoom, points.count) / worldPixels(Math.min(zoom, UNCLUSTERED_ZOOM));
  const cells = gridOf(points, cell);
  const root = joined(cells, cell);
  return itemsOf(points, cells, root, summary);
}

interface Cells {
  count: number;
  /** For each point its cell. */
  of: Int32Array;
  column: Int32Array;
  row: Int32Array;
  size: Int32Array;
  sumX: Float64Array;
  sumY: Float64Array;
  at: Map<number, number>;
  columns: number;
}

function gridOf({ count, x, y }: Points, cell: number): Cells {
  const columns = Math.ceil(1 / cell) + 1;
  const cells: Cells = {
    count: 0, of: new Int32Array(count),
    column: new Int32Array(count), row: new Int32Array(count), size: new Int32Array(count),
    sumX: new Float64Array(count), sumY: new Float64Array(count), at: new Map(), columns,
  };
  for (let i = 0; i < count; i++) {
    const px = x[i] ?? 0;
    const py = y[i] ?? 0;
    const column = Math.floor(px / cell);
    const row = Math.floor(py / cell);
    const key = row * columns + column;
    let at = cells.at.get(key);
    if (at === undefined) {
      at = cells.count++;
      cells.at.set(key, at);
      cells.column[at] = column;
      cells.row[at] = row;
    }
    cells.of[i] = at;
    cells.size[at] = (cells.size[at] ?? 0) + 1;
    cells.sumX[at] = (cells.sumX[at] ?? 0) + px;
    cells.sumY[at] = (cells.sumY[at] ?? 0) + py;
  }
  return cells;
}

/** For each cell the one it is joined to, big ones first; sums and sizes move along. */
function joined(cells: Cells, cell: number): Int32Array {
  const root = Int32Array.from({ length: cells.count }, (_, i) => i);
  const order = Array.from(root).sort((a, b) => (cells.size[b] ?? 0) - (cells.size[a] ?? 0));
  const taken = new Uint8Array(cells.count);
  for (const big of order) {
    if (taken[big]) continue;
    taken[big] = 1;
    for (const near of neighbours(cells, big)) {
      if (!taken[near] && distance(cells, big, near) < cell * TOO_NEAR) {
        taken[near] = 1;
        root[near] = big;
        cells.size[big] = (cells.size[big] ?? 0) + (cells.size[near] ?? 0);
        cells.sumX[big] = (cells.sumX[big] ?? 0) + (cells.sumX[near] ?? 0);
        cells.sumY[big] = (cells.sumY[big] ?? 0) + (cells.sumY[near] ?? 0);
      }
    }
  }
  return root;
}

function* neighbours({ at, column, row, columns }: Cells, of: number): Generator<number> {
  for (let down = -1; down <= 1; down++) {
    for (let right = -1; right <= 1; right++) {
      const key = ((row[of] ?? 0) + down) * columns + (column[of] ?? 0) + right;
      const near = at.get(key);
      if (near !== undefined && near !== of) yield near;
    }
  }
}

function distance({ sumX, sumY, size }: Cells, a: number, b: number): number {
  const mean = (sum: Float64Array, i: number): number => (sum[i] ?? 0) / (size[i] ?? 1);
  return Math.hypot(mean(sumX, a) - mean(sumX, b), mean(sumY, a) - mean(sumY, b));
}

function itemsOf(points: Points, cells: Cells, root: Int32Array, summary: Summary): Clusters {
  const itemAt = new Int32Array(cells.count).fill(-1);
  let count = 0;
  for (let i = 0; i < cells.count; i++) {
    if (root[i] === i) itemAt[i] = count++;
  }
  const items: Clusters = {
    count,
    x: new Float64Array(count), y: new Float64Array(count), size: new Int32Array(count),
    value: new Float64Array(count), itemOf: new Int32Array(points.count),
    members: new Int32Array(points.count), start: new Int32Array(count + 1),
  };
  for (let i = 0; i < cells.count; i++) {
    const item = itemAt[i] ?? -1;
    if (item >= 0) {
      const size = cells.size[i] ?? 1;
      items.size[item] = size;
      items.x[item] = (cells.sumX[i] ?? 0) / size;
      items.y[item] = (cells.sumY[i] ?? 0) / size;
      items.start[item + 1] = size;
    }
  }
  for (let item = 0; item < count; item++) {
    items.start[item + 1] = (items.start[item + 1] ?? 0) + (items.start[item] ?? 0);
  }
  const next = items.start.slice();
  for (let i = 0; i < points.count; i++) {
    const item = itemAt[root[cells.of[i] ?? 0] ?? 0] ?? 0;
    items.itemOf[i] = item;
    const place = next[item] ?? 0;
    items.members[place] = i;
    next[item] = place + 1;
  }
  for (let item = 0; item < count; item++) {
    const members = membersOf(items, item);
    // Most items close by are single sensors: nothing is to be summed up.
    items.value[item] =
      members.length === 1
        ? (points.value[members[0] ?? 0] ?? NaN)
        : summarise(summary, Float64Array.from(members, (i) => points.value[i] ?? NaN));
  }
  return items;
}

/** The points in an item. */
export function membersOf({ members, start }: Clusters, item: number): Int32Array {
  return members.subarray(start[item] ?? 0, start[item + 1] ?? 0);
}
