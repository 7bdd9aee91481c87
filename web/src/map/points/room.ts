import type { Clusters } from './cluster';
import { radiusOf } from './discs';
import { latitudeOf, longitudeOf } from './mercator';

/** With more discs in view, names give way to the largest only: all of them would leave no room for any. */
const MOST = 300;

/** Pixels of the image that marks where a disc is. */
export const MARK = 4;

/** Items as places that names on the map keep clear of. */
export function roomOf(items: Clusters, inView: readonly number[], level: number): GeoJSON.FeatureCollection {
  const largest = inView.length <= MOST
    ? inView
    : [...inView].sort((a, b) => (items.size[b] ?? 0) - (items.size[a] ?? 0)).slice(0, MOST);
  return {
    type: 'FeatureCollection',
    features: largest.map((item) => ({
      type: 'Feature',
      geometry: { type: 'Point', coordinates: [longitudeOf(items.x[item] ?? 0), latitudeOf(items.y[item] ?? 0)] },
      properties: { size: (2 * radiusOf(items, item, level)) / MARK },
    })),
  };
}
