import type {
  LayerSpecification,
  StyleSpecification,
  SymbolLayerSpecification,
} from 'maplibre-gl';
import { type Palette, PALETTES, type Theme } from './palette';
import { DEEPEST } from './tiles';

/** What names keep clear of: where our discs will be drawn. */
export const ROOM = 'room';

/** Under this scheme MapLibre asks us for tiles. */
export const SCHEME = 'airlens';

/** Fonts of the person's own machine: a style without `glyphs` takes no font from any server. */
const FONTS = ['system-ui', 'Segoe UI', 'Roboto', 'Noto Sans', 'sans-serif'];

/** The style in a palette; the names of countries are put in when they are there. */
export function style(theme: Theme): StyleSpecification {
  return {
    version: 8,
    sources: {
      base: {
        type: 'vector',
        tiles: [`${SCHEME}://{z}/{x}/{y}`],
        maxzoom: DEEPEST,
      },
      countries: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
      [ROOM]: { type: 'geojson', data: { type: 'FeatureCollection', features: [] } },
    },
    layers: layers(PALETTES[theme]),
  };
}

/** The layers in a palette: a change of theme sets their paints, and leaves all else. */
export function layers(colours: Palette): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': colours.sea } },
    grid('grid', colours.grid, 0),
    base('land', { type: 'fill', paint: { 'fill-color': colours.land, 'fill-antialias': false } }),
    base('lake', { type: 'fill', paint: { 'fill-color': colours.sea } }),
    // Close by there may be nothing else to hold on to, on land either.
    grid('grid-on-land', colours.province, 7),
    base('province', {
      type: 'line',
      minzoom: 5,
      paint: { 'line-color': colours.province, 'line-width': widening(5, 0.6, 10, 1.4) },
    }),
    {
      ...base('coast', {
        type: 'line',
        paint: { 'line-color': colours.coast, 'line-width': widening(1, 0.5, 8, 1.2) },
      }),
      'source-layer': 'land',
    } as LayerSpecification,
    base('border', {
      type: 'line',
      paint: { 'line-color': colours.border, 'line-width': widening(1, 0.4, 8, 1.6) },
    }),
    cities(colours),
    countries(colours),
    room(),
  ];
}

type Drawn = { type: 'fill' | 'line'; minzoom?: number; paint: Record<string, unknown> };

function base(id: string, drawn: Drawn): LayerSpecification {
  return { id, source: 'base', 'source-layer': id, ...drawn } as LayerSpecification;
}

function grid(id: string, colour: string, minzoom: number): LayerSpecification {
  const paint = { 'line-color': colour, 'line-width': 0.75 };
  const drawn = base('grid', { type: 'line', minzoom, paint });
  return { ...drawn, id, filter: ['<=', ['get', 'zoom'], ['zoom']] } as LayerSpecification;
}

function widening(from: number, thin: number, to: number, thick: number): unknown {
  return ['interpolate', ['linear'], ['zoom'], from, thin, to, thick];
}

function cities(colours: Palette): SymbolLayerSpecification {
  return {
    id: 'city',
    type: 'symbol',
    source: 'base',
    'source-layer': 'city',
    minzoom: 3,
    filter: ['<=', ['get', 'zoom'], ['zoom']],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONTS,
      'text-size': [
        'interpolate', ['linear'], ['zoom'],
        3, ['+', 9.3, ['*', 0.7, ['get', 'size']]],
        9, ['+', 9.9, ['*', 1.6, ['get', 'size']]],
      ],
      'symbol-sort-key': ['get', 'zoom'],
      'text-padding': 6,
      // Beside the discs that stand where most sensors are, which is in the middle of cities.
      'text-variable-anchor': ['center', 'bottom', 'top', 'left', 'right'],
      'text-radial-offset': 1.5,
      'text-justify': 'auto',
      'text-max-width': 8,
    },
    paint: {
      'text-color': colours.city,
      'text-halo-color': colours.halo,
      'text-halo-width': 1.4,
    },
  };
}

/** The last layer is placed first: an image that nobody sees takes the room that a disc needs. */
function room(): SymbolLayerSpecification {
  return {
    id: ROOM,
    type: 'symbol',
    source: ROOM,
    layout: { 'icon-image': ROOM, 'icon-size': ['get', 'size'], 'icon-allow-overlap': true, 'icon-padding': 1 },
    paint: { 'icon-opacity': 0 },
  };
}

function countries(colours: Palette): SymbolLayerSpecification {
  return {
    id: 'country',
    type: 'symbol',
    source: 'countries',
    maxzoom: 7,
    filter: ['<=', ['get', 'zoom'], ['zoom']],
    layout: {
      'text-field': ['get', 'name'],
      'text-font': FONTS,
      'text-size': ['interpolate', ['linear'], ['zoom'], 1, 10, 6, 15],
      'text-letter-spacing': 0.12,
      'text-transform': 'uppercase',
      'text-max-width': 7,
      'text-padding': 4,
      'symbol-sort-key': ['get', 'rank'],
    },
    paint: {
      'text-color': colours.country,
      'text-halo-color': colours.halo,
      'text-halo-width': 1.2,
    },
  };
}
