import type { Map as MapLibre } from 'maplibre-gl';

/** Kilometres beyond which a place is no longer near a city. */
const NEAR_KM = 60;
const KM_OF_A_DEGREE = 111.2;

interface City {
  name: string;
  lon: number;
  lat: number;
}

/** The cities of the tiles in view: what a place that only has a number can be told by. */
export class Cities {
  readonly #map: MapLibre;
  #known: City[] | undefined;

  constructor(map: MapLibre) {
    this.#map = map;
    map.on('idle', () => {
      this.#known = undefined;
    });
  }

  nearest(lon: number, lat: number): string | null {
    this.#known ??= this.#read();
    let name: string | null = null;
    let least = NEAR_KM;
    for (const city of this.#known) {
      const far = kilometres(city, lon, lat);
      if (far < least) {
        least = far;
        name = city.name;
      }
    }
    return name;
  }

  #read(): City[] {
    const found = this.#map.querySourceFeatures('base', { sourceLayer: 'city' });
    return found.flatMap(({ geometry, properties }) => {
      const [lon, lat] = geometry.type === 'Point' ? geometry.coordinates : [];
      const name: unknown = properties['name'];
      return lon === undefined || lat === undefined || typeof name !== 'string'
        ? []
        : [{ name, lon, lat }];
    });
  }
}

/** On a plane, which within sixty kilometres is exact enough to find the nearest. */
function kilometres(city: City, lon: number, lat: number): number {
  const east = (city.lon - lon) * Math.cos((lat * Math.PI) / 180);
  return Math.hypot(east, city.lat - lat) * KM_OF_A_DEGREE;
}
