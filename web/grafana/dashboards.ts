import { FieldColorModeId, ThresholdsMode } from '@grafana/schema';
import type { Dashboard, FieldConfig, Panel, VariableModel } from '@grafana/schema';
import type { Source } from './sources.ts';

/** The catalogue's measures; the test of the dashboards holds them against the API's. */
export const measures: readonly string[] = [
  'aqi', 'P1', 'P2', 'P0', 'P4', 'N05', 'N1', 'N25', 'N4', 'N10', 'TS', 'durP1', 'durP2',
  'ratioP1', 'ratioP2', 'temperature', 'humidity', 'pressure', 'pressure_at_sealevel',
  'noise_LAeq', 'noise_LA_min', 'noise_LA_max', 'counts_per_minute', 'hv_pulses', 'counts',
  'sample_time_ms', 'co2_ppm',
];

const FIRST_MEASURE = 'P2';

/** Green below 4, yellow from 4, red from 7: the bands of the UK index. */
const aqiScale: FieldConfig = {
  decimals: 1,
  min: 1,
  max: 10,
  color: { mode: FieldColorModeId.Thresholds },
  thresholds: {
    mode: ThresholdsMode.Absolute,
    steps: [
      { color: 'green', value: null },
      { color: 'yellow', value: 4 },
      { color: 'red', value: 7 },
    ],
  },
};

function measureName(): VariableModel {
  return {
    name: 'measure_name',
    label: 'Measure',
    type: 'custom',
    query: measures.join(','),
    current: { text: FIRST_MEASURE, value: FIRST_MEASURE, selected: true },
    options: measures.map((name) => ({
      text: name,
      value: name,
      selected: name === FIRST_MEASURE,
    })),
    multi: false,
    includeAll: false,
  };
}

function locationId(source: Source): VariableModel {
  return {
    name: 'location_id',
    label: 'Location',
    type: 'query',
    datasource: source.datasource,
    multi: true,
    ...source.locations,
    ...(source.everywhere === undefined
      ? { includeAll: false }
      : {
          includeAll: true,
          allValue: source.everywhere,
          current: { text: 'All', value: '$__all', selected: true },
        }),
  };
}

function panel(source: Source, part: Panel, target: Record<string, unknown>): Panel {
  return {
    datasource: source.datasource,
    interval: '10s',
    targets: [{ refId: 'A', datasource: source.datasource, ...target }],
    ...part,
  };
}

/** One number on the scale of the index, at the right of the first row. */
function gauge(source: Source, id: number, title: string, x: number, target: Record<string, unknown>): Panel {
  return panel(
    source,
    {
      id,
      type: 'gauge',
      title,
      gridPos: { x, y: 0, w: 4, h: 9 },
      fieldConfig: { defaults: aqiScale, overrides: [] },
      options: {
        reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
        showThresholdMarkers: true,
        orientation: 'auto',
      },
    },
    target,
  );
}

/** The five panels that people know, on one data source. */
export function dashboard(source: Source): Dashboard {
  const { queries } = source;
  const panels: Panel[] = [
    panel(
      source,
      {
        id: 1,
        type: 'timeseries',
        title: '${measure_name} over time',
        gridPos: { x: 0, y: 0, w: 16, h: 9 },
        fieldConfig: {
          defaults: { custom: { drawStyle: 'line', spanNulls: false, showPoints: 'auto' } },
          overrides: [],
        },
        options: {
          legend: { displayMode: 'list', placement: 'bottom', showLegend: true, calcs: [] },
          tooltip: { mode: 'multi', sort: 'desc' },
        },
      },
      queries.evolution,
    ),
    gauge(source, 2, 'Maximum AQI', 16, queries.maximum),
    gauge(source, 3, 'Mean AQI', 20, queries.mean),
    panel(
      source,
      {
        id: 4,
        type: 'geomap',
        title: 'AQI map',
        gridPos: { x: 0, y: 9, w: 10, h: 12 },
        fieldConfig: { defaults: aqiScale, overrides: [] },
        options: {
          view: { id: 'fit', allLayers: true, padding: 10, lat: 0, lon: 0, zoom: 4 },
          basemap: { type: 'default', name: 'Basemap', config: {} },
          controls: { showZoom: true, mouseWheelZoom: true, showAttribution: true },
          tooltip: { mode: 'details' },
          layers: [
            {
              type: 'markers',
              name: 'Sensors',
              location: { mode: 'coords', latitude: 'latitude', longitude: 'longitude' },
              tooltip: true,
              config: {
                showLegend: true,
                style: {
                  color: { field: 'aqi', fixed: 'grey' },
                  size: { fixed: 6, min: 3, max: 10 },
                  opacity: 0.8,
                  symbol: { mode: 'fixed', fixed: 'img/icons/marker/circle.svg' },
                },
              },
            },
          ],
        },
      },
      queries.map,
    ),
    panel(
      source,
      {
        id: 5,
        type: 'table',
        title: 'IoT data',
        gridPos: { x: 10, y: 9, w: 14, h: 12 },
        fieldConfig: {
          defaults: { custom: { filterable: true, align: 'auto' } },
          overrides: [
            {
              matcher: { id: 'byName', options: 'aqi' },
              properties: [
                { id: 'thresholds', value: aqiScale.thresholds },
                { id: 'color', value: { mode: 'thresholds' } },
                { id: 'custom.cellOptions', value: { type: 'color-background' } },
              ],
            },
          ],
        },
        options: { showHeader: true, cellHeight: 'sm' },
      },
      queries.table,
    ),
  ];
  return {
    uid: source.name,
    title: source.title,
    description: 'Measures of Sensor.Community sensors and their UK Daily Air Quality Index.',
    tags: ['airlens', 'air quality'],
    timezone: 'browser',
    editable: true,
    graphTooltip: 1,
    schemaVersion: 42,
    version: 1,
    refresh: '30s',
    time: { from: 'now-24h', to: 'now' },
    timepicker: { refresh_intervals: ['10s', '30s', '1m', '5m', '15m', '1h'] },
    templating: { list: [measureName(), locationId(source)] },
    annotations: { list: [] },
    panels,
  };
}

/** A dashboard's file. */
export function text(source: Source): string {
  return `${JSON.stringify(dashboard(source), null, 2)}\n`;
}
