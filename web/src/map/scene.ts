import { type Clusters, cluster } from './points/cluster';
import type { Points } from './points/points';
import type { Summary } from './points/summary';

/** What is to be shown, before a zoom decides how it is clustered. */
export interface Shown {
  points: Points;
  summary: Summary;
  colour: (value: number) => string;
  selected: number | null;
}

/**
 * Added to a zoom before it is cut to a level: the next level's clusters come a little before their
 * zoom is reached, when there is nearly room for them.
 */
const EARLY = 0.3;

export function levelOf(zoom: number): number {
  return Math.max(0, Math.floor(zoom + EARLY));
}

/** The clusters of each level, found when they are first needed. */
export class Levels {
  readonly #levels = new Map<number, Clusters>();

  constructor(
    readonly points: Points,
    readonly summary: Summary,
  ) {}

  at(level: number): Clusters {
    let found = this.#levels.get(level);
    if (!found) {
      found = cluster(this.points, level, this.summary);
      this.#levels.set(level, found);
    }
    return found;
  }

  /** The item of a sensor, when it is shown. */
  itemOf(sensor: number | null, level: number): number | null {
    if (sensor === null) return null;
    const point = this.points.features.findIndex(
      ({ properties }) => properties.sensor_id === sensor,
    );
    return point < 0 ? null : (this.at(level).itemOf[point] ?? null);
  }
}
