import { createRequire } from 'node:module';
import polylabel from 'polylabel';
import { countries } from './natural-earth.mjs';

const codes = createRequire(import.meta.url)('i18n-iso-countries');

/** `[ISO code, longitude, latitude, zoom]`, big first: names themselves come from the browser. */
export function countryLabels() {
  return countries()
    .map(({ properties, geometry }) => {
      const code = properties.a3 === 'XKX' || properties.a3 === 'KOS' ? 'XK' : codes.alpha3ToAlpha2(properties.a3);
      const parts = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
      const largest = parts.map(unwrapped).reduce((a, b) => (areaOf(a[0]) >= areaOf(b[0]) ? a : b));
      const [lon, lat] = polylabel(largest, 0.05);
      return { code, lon: lon > 180 ? lon - 360 : lon, lat, area: areaOf(largest[0]) };
    })
    .filter(({ code, lat }) => code && code !== 'AQ' && Math.abs(lat) < 84)
    .sort((a, b) => b.area - a.area)
    .map(({ code, lon, lat, area }) => [code, round(lon), round(lat), zoomOf(area)]);
}

/** Polygons over the antimeridian, as Russia's, go on beyond 180 degrees. */
function unwrapped(polygon) {
  const lons = polygon[0].map(([lon]) => lon);
  return Math.max(...lons) - Math.min(...lons) <= 180
    ? polygon
    : polygon.map((ring) => ring.map(([lon, lat]) => [lon < 0 ? lon + 360 : lon, lat]));
}

/** A name needs room: the zoom at which the country is some 70 pixels wide. */
function zoomOf(area) {
  const degrees = Math.sqrt(area);
  const zoom = Math.log2((70 * 360) / (512 * Math.max(degrees, 0.1)));
  return Math.max(1, Math.round(zoom * 10) / 10);
}

/** Square degrees as they appear on a Mercator map. */
function areaOf(ring) {
  let twice = 0;
  let middle = 0;
  for (let i = 0; i + 1 < ring.length; i++) {
    twice += ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
    middle += ring[i][1];
  }
  const latitude = Math.min(80, Math.abs(middle / ring.length));
  return Math.abs(twice / 2) / Math.cos((latitude * Math.PI) / 180);
}

function round(value) {
  return Math.round(value * 100) / 100;
}
