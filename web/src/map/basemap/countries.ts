import type { FeatureCollection } from 'geojson';
import labels from '../../../basemap/data/countries.json';

/** The names of all countries in a language: the browser knows them. */
export function countryNames(locale: string): FeatureCollection {
  const names = new Intl.DisplayNames([locale], { type: 'region' });
  return {
    type: 'FeatureCollection',
    features: (labels as [string, number, number, number][]).map(([code, lon, lat, zoom], rank) => ({
      type: 'Feature',
      properties: { name: names.of(code) ?? code, zoom, rank },
      geometry: { type: 'Point', coordinates: [lon, lat] },
    })),
  };
}
