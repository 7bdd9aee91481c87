import type { FeatureCollection } from 'geojson';
import url from '../../../basemap/data/countries.json?url';

type Label = [code: string, lon: number, lat: number, zoom: number];

/** Where names stand; the names themselves the browser knows, in every language. */
let labels: Promise<Label[]> | undefined;

/** The names of all countries in a language. */
export async function countryNames(locale: string): Promise<FeatureCollection> {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  labels ??= read();
  return {
    type: 'FeatureCollection',
    features: (await labels).map(([code, lon, lat, zoom], rank) => ({
      type: 'Feature',
      properties: { name: names.of(code) ?? code, zoom, rank },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
}

async function read(): Promise<Label[]> {
  const answer = await fetch(url);
  // Without them a map is still a map.
  return answer.ok ? ((await answer.json()) as Label[]) : [];
}
