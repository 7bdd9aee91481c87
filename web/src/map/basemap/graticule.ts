import type { Feature, FeatureCollection } from 'geojson';

/** Where Mercator's map ends. */
const NORTH = 85;

/** Degrees between lines, with the zoom from which they appear; coarse first. */
const STEPS = [
  [30, 0],
  [10, 3],
  [5, 4.5],
  [1, 7],
] as const;

/** Lines of longitude and latitude; each belongs to the coarsest step it lies on. */
export function graticule(): FeatureCollection {
  const features = [...lines(180, meridian), ...lines(80, parallel)];
  return { type: 'FeatureCollection', features };
}

function lines(last: number, draw: (degree: number) => number[][]): Feature[] {
  const features: Feature[] = [];
  for (let degree = -last; degree <= last; degree++) {
    const [, zoom] = STEPS.find(([step]) => degree % step === 0) ?? [1, 7];
    features.push({
      type: 'Feature',
      properties: { zoom },
      geometry: { type: 'LineString', coordinates: draw(degree) },
    });
  }
  return features;
}

function meridian(lon: number): number[][] {
  return [[lon, -NORTH], [lon, NORTH]];
}

function parallel(lat: number): number[][] {
  return [[-180, lat], [180, lat]];
}
