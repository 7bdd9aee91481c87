import url from '../../basemap/data/names.json?url';

/** Kilometres beyond which a place is no longer near a city. */
const NEAR_KM = 60;
const KM_OF_A_DEGREE = 111.2;

/** As basemap/names.mjs writes them. */
const STEPS = 50;

/** From south to north; `north` is how far each lies beyond the one before. */
export interface Names {
  names: string;
  lon: number[];
  north: number[];
}

/** The cities of the basemap: what a place that only has a number can be told by. Immutable. */
export class Gazetteer {
  readonly #names: readonly string[];
  readonly #lon: Float64Array;
  readonly #lat: Float64Array;

  constructor({ names, lon, north }: Names) {
    let at = 0;
    this.#names = names.split('\n');
    this.#lon = Float64Array.from(lon, (steps) => steps / STEPS);
    this.#lat = Float64Array.from(north, (steps) => (at += steps) / STEPS);
  }

  /** The name of the city next to a place, or null when none is near. */
  nearest([lon, lat]: readonly [number, number]): string | null {
    const reach = NEAR_KM / KM_OF_A_DEGREE;
    const narrowing = Math.cos((lat * Math.PI) / 180);
    let found: number | null = null;
    let least = NEAR_KM / KM_OF_A_DEGREE;
    for (let i = this.#from(lat - reach); (this.#lat[i] ?? Infinity) <= lat + reach; i++) {
      const apart = Math.abs((this.#lon[i] ?? 0) - lon);
      const east = Math.min(apart, 360 - apart) * narrowing;
      // On a plane, which within sixty kilometres is exact enough to find the nearest.
      const far = Math.hypot(east, (this.#lat[i] ?? 0) - lat);
      if (far < least) {
        least = far;
        found = i;
      }
    }
    return found === null ? null : (this.#names[found] ?? null);
  }

  /** The first city that does not lie south of a latitude. */
  #from(lat: number): number {
    let [low, high] = [0, this.#lat.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#lat[middle] ?? 0) < lat) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

export async function loadGazetteer(): Promise<Gazetteer> {
  const answer = await fetch(url);
  if (!answer.ok) {
    throw new Error(`The names of places could not be read: ${answer.status}`);
  }
  return new Gazetteer((await answer.json()) as Names);
}
