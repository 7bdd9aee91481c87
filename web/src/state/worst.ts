import type { LatestFeature } from '../api/types';
import { severityOf, type Particles, worsePollutant } from '../scales/daqi';
import { iso } from '../time/range';

/** A place among those with the highest values of the hour. */
export interface Worst {
  location: number;
  sensor: number;
  value: number;
  /** What the index comes from; other measures come from themselves. */
  cause: { measure: string; value: number };
  timestamp: string;
  country: string;
  place: readonly [number, number] | null;
}

const HOUR_MS = 3_600_000;

/** The places that reported the highest values within the hour up to `now`, each once. */
export function worstOf(
  features: readonly LatestFeature[], measure: string, now: number, most: number,
): Worst[] {
  const begin = iso(now - HOUR_MS);
  const places = new Map<number, { rank: number; feature: LatestFeature }>();
  for (const feature of features) {
    const { timestamp, location_id } = feature.properties;
    const rank = rankOf(feature, measure);
    const known = places.get(location_id);
    if (timestamp >= begin && rank !== null && (known === undefined || rank > known.rank)) {
      places.set(location_id, { rank, feature });
    }
  }
  return [...places.values()]
    .sort((a, b) => b.rank - a.rank || a.feature.properties.sensor_id - b.feature.properties.sensor_id)
    .slice(0, most)
    .map(({ feature }) => worst(feature, measure));
}

/** Many share an index: among them the concentration decides. */
function rankOf({ properties }: LatestFeature, measure: string): number | null {
  const value = properties[measure];
  if (typeof value !== 'number') return null;
  if (measure !== 'aqi') return value;
  const share = severityOf(numberOf(properties['P2']), numberOf(properties['P1']));
  return value + share / (1 + share);
}

function worst({ properties, geometry }: LatestFeature, measure: string): Worst {
  const cause = measure === 'aqi' ? causeOf(properties) : measure;
  return {
    location: properties.location_id,
    sensor: properties.sensor_id,
    value: properties[measure] as number,
    cause: { measure: cause, value: properties[cause] as number },
    timestamp: properties.timestamp,
    country: properties.country,
    place: geometry?.coordinates ?? null,
  };
}

function causeOf(properties: LatestFeature['properties']): Particles {
  return worsePollutant(numberOf(properties['P2']), numberOf(properties['P1']));
}

function numberOf(cell: unknown): number | null {
  return typeof cell === 'number' ? cell : null;
}
