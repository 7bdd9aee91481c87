import { bandOf, type Domain } from '../../scales';
import type { Latest, LatestFeature } from '../../api/types';
import { mercatorX, mercatorY } from './mercator';

/** What the map shows: the sensors with a value, place and a band that is not hidden. */
export interface Points {
  count: number;
  x: Float64Array;
  y: Float64Array;
  value: Float64Array;
  features: LatestFeature[];
}

export function valueOf(feature: LatestFeature, measure: string): number | null {
  const value = feature.properties[measure];
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

export function valuesOf(latest: Latest, measure: string): number[] {
  return latest.features
    .map((feature) => valueOf(feature, measure))
    .filter((value) => value !== null);
}

export function pointsOf(
  latest: Latest,
  measure: string,
  domain: Domain,
  hidden: ReadonlySet<number>,
): Points {
  const features = latest.features.filter((feature) => {
    const value = valueOf(feature, measure);
    return (
      feature.geometry !== null &&
      value !== null &&
      (hidden.size === 0 || !hidden.has(bandOf(measure, value, domain)))
    );
  });
  const count = features.length;
  const points: Points = {
    count,
    x: new Float64Array(count),
    y: new Float64Array(count),
    value: new Float64Array(count),
    features,
  };
  features.forEach((feature, i) => {
    const [lon, lat] = feature.geometry?.coordinates ?? [0, 0];
    points.x[i] = mercatorX(lon);
    points.y[i] = mercatorY(lat);
    points.value[i] = feature.properties[measure] as number;
  });
  return points;
}
