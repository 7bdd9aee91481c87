/** Where Mercator's map ends. */
const NORTH = 85;

/** Degrees between lines, with the zoom from which they appear; coarse first. */
const STEPS = [[30, 0.5], [10, 3], [5, 5], [1, 7]];

/** Lines of longitude and latitude; each belongs to the coarsest step it lies on. */
export function graticule() {
  return [
    ...lines(180, (lon) => [[lon, -NORTH], [lon, NORTH]]),
    ...lines(80, (lat) => [[-180, lat], [180, lat]]),
  ];
}

function lines(last, draw) {
  const features = [];
  for (let degree = -last; degree <= last; degree++) {
    const [, zoom] = STEPS.find(([step]) => degree % step === 0);
    features.push({
      type: 'Feature', properties: { zoom }, geometry: { type: 'LineString', coordinates: draw(degree) },
    });
  }
  return features;
}
