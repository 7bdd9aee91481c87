/** What one of AirLens's data sources is asked for each panel. */
export interface Source {
  /** File name and uid of the dashboard. */
  readonly name: string;
  readonly title: string;
  readonly datasource: { readonly type: string; readonly uid: string };
  readonly locations: Record<string, unknown>;
  /** What "All" stands for; without it there is no "All". */
  readonly everywhere?: string;
  readonly queries: {
    readonly evolution: Record<string, unknown>;
    readonly maximum: Record<string, unknown>;
    readonly mean: Record<string, unknown>;
    readonly map: Record<string, unknown>;
    readonly table: Record<string, unknown>;
  };
}

const ROWS = 1_000;

function sql(format: 'table' | 'time_series', ...lines: string[]): Record<string, unknown> {
  return { editorMode: 'code', rawQuery: true, format, rawSql: lines.join('\n') };
}

function variable(query: string): Record<string, unknown> {
  return { query, refresh: 2, definition: query };
}

const fromPostgres = [
  'FROM airlens.readings r',
  'JOIN airlens.origins o ON o.id = r.origin_id AND o.sensor_id = r.sensor_id',
  "WHERE $__timeFilter(r.ts) AND o.location_id::text ~ '^(${location_id:pipe})$'",
];

export const postgresql: Source = {
  name: 'airlens-postgresql',
  title: 'AirLens on PostgreSQL',
  datasource: { type: 'grafana-postgresql-datasource', uid: 'airlens-postgresql' },
  locations: variable('SELECT DISTINCT location_id FROM airlens.origins ORDER BY 1'),
  everywhere: '.*',
  queries: {
    evolution: sql(
      'time_series',
      "SELECT $__timeGroupAlias(r.ts, $__interval), o.sensor_id || ' at ' || o.location_id AS metric,",
      '  avg(r."${measure_name:raw}") AS value',
      ...fromPostgres,
      '  AND r."${measure_name:raw}" IS NOT NULL',
      'GROUP BY 1, 2 ORDER BY 1',
    ),
    maximum: sql('table', 'SELECT max(r.aqi) AS "Maximum AQI"', ...fromPostgres),
    mean: sql('table', 'SELECT avg(r.aqi) AS "Mean AQI"', ...fromPostgres),
    map: sql(
      'table',
      'SELECT DISTINCT ON (r.sensor_id) r.sensor_id, o.location_id, o.latitude, o.longitude,',
      '  r.ts AS time, r.aqi',
      ...fromPostgres,
      '  AND r.aqi IS NOT NULL AND o.latitude IS NOT NULL',
      'ORDER BY r.sensor_id, r.ts DESC',
    ),
    table: sql(
      'table',
      'SELECT r.ts AS time, r.sensor_id, o.location_id, o.latitude, o.longitude, o.country,',
      '  o.altitude, o.sensor_type_id, o.sensor_type_name, o.sensor_type_manufacturer,',
      '  o.sensor_pin, r.aqi, r."${measure_name:raw}"',
      ...fromPostgres,
      `ORDER BY r.ts DESC, r.sensor_id LIMIT ${ROWS}`,
    ),
  },
};

const fromEmbedded = [
  'FROM readings',
  "WHERE $__timeFilter(ts) AND location_id::string ~ '^(${location_id:pipe})$'",
];

export const embedded: Source = {
  name: 'airlens-embedded',
  title: 'AirLens, embedded store',
  datasource: { type: 'grafana-postgresql-datasource', uid: 'airlens-embedded' },
  locations: variable('SELECT DISTINCT location_id FROM readings ORDER BY 1'),
  everywhere: '.*',
  queries: {
    evolution: sql(
      'time_series',
      "SELECT ts AS time, sensor_id::string || ' at ' || location_id::string AS metric,",
      '  avg("${measure_name:raw}") AS value',
      ...fromEmbedded,
      '  AND "${measure_name:raw}" IS NOT NULL',
      'SAMPLE BY $__interval ORDER BY 1',
    ),
    maximum: sql('table', 'SELECT max(aqi) AS "Maximum AQI"', ...fromEmbedded),
    mean: sql('table', 'SELECT avg(aqi) AS "Mean AQI"', ...fromEmbedded),
    map: sql(
      'table',
      'SELECT sensor_id, location_id, latitude, longitude, ts AS time, aqi',
      ...fromEmbedded,
      '  AND aqi IS NOT NULL AND latitude IS NOT NULL',
      'LATEST ON ts PARTITION BY sensor_id',
    ),
    table: sql(
      'table',
      'SELECT ts AS time, sensor_id, location_id, latitude, longitude, country, altitude,',
      '  sensor_type_id, sensor_type_name, sensor_type_manufacturer, sensor_pin, aqi,',
      '  "${measure_name:raw}"',
      ...fromEmbedded,
      `ORDER BY ts DESC, sensor_id LIMIT ${ROWS}`,
    ),
  },
};

function timestreamQuery(...lines: string[]): Record<string, unknown> {
  return { rawQuery: lines.join('\n'), waitForResult: true };
}

const fromTimestream = [
  'FROM $__database.$__table',
  "WHERE $__timeFilter AND measure_name = 'air_quality'",
  "  AND regexp_like(location_id, '^(${location_id:pipe})$')",
];

export const timestream: Source = {
  name: 'airlens-timestream',
  title: 'AirLens on Amazon Timestream',
  datasource: { type: 'grafana-timestream-datasource', uid: 'airlens-timestream' },
  locations: variable(
    'SELECT DISTINCT location_id FROM $__database.$__table WHERE time > ago(1d) ORDER BY 1',
  ),
  everywhere: '.*',
  queries: {
    evolution: timestreamQuery(
      'SELECT sensor_id, CREATE_TIME_SERIES(bucket, value) AS "${measure_name:raw}" FROM (',
      '  SELECT sensor_id, bin(time, $__interval_ms) AS bucket, avg("${measure_name:raw}") AS value',
      ...fromTimestream.map((line) => `  ${line}`),
      '    AND "${measure_name:raw}" IS NOT NULL',
      '  GROUP BY sensor_id, bin(time, $__interval_ms)',
      ') GROUP BY sensor_id',
    ),
    maximum: timestreamQuery('SELECT max(aqi) AS "Maximum AQI"', ...fromTimestream),
    mean: timestreamQuery('SELECT avg(cast(aqi AS double)) AS "Mean AQI"', ...fromTimestream),
    map: timestreamQuery(
      'SELECT sensor_id, max_by(location_id, time) AS location_id,',
      '  cast(max_by(latitude, time) AS double) AS latitude,',
      '  cast(max_by(longitude, time) AS double) AS longitude,',
      '  max(time) AS newest, max_by(aqi, time) AS aqi',
      ...fromTimestream,
      '  AND aqi IS NOT NULL AND latitude IS NOT NULL',
      'GROUP BY sensor_id',
    ),
    table: timestreamQuery(
      'SELECT time, sensor_id, location_id, latitude, longitude, country, altitude,',
      '  sensor_type_id, sensor_type_name, sensor_type_manufacturer, sensor_pin, aqi,',
      '  "${measure_name:raw}"',
      ...fromTimestream,
      `ORDER BY time DESC, sensor_id LIMIT ${ROWS}`,
    ),
  },
};

interface Column {
  readonly selector: string;
  readonly text: string;
  readonly type: 'number' | 'string' | 'timestamp';
}

function column(selector: string, type: Column['type'], text = selector): Column {
  return { selector, text, type };
}

function http(
  type: 'csv' | 'json',
  url: string,
  columns: readonly Column[],
  rest: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    type,
    source: 'url',
    parser: 'backend',
    format: 'table',
    url,
    url_options: { method: 'GET', data: '' },
    root_selector: '',
    columns,
    filters: [],
    ...rest,
  };
}

const span = 'from=${__from:date:iso}&to=${__to:date:iso}';
const places = 'location_id=${location_id:csv}';

export const overHttp: Source = {
  name: 'airlens-http',
  title: "AirLens's HTTP API",
  datasource: { type: 'yesoreyeram-infinity-datasource', uid: 'airlens-http' },
  locations: {
    refresh: 2,
    query: {
      queryType: 'infinity',
      infinityQuery: {
        ...http('json', '/api/v1/sensors?limit=1000', [column('location_id', 'string')], {
          root_selector: 'sensors',
        }),
        refId: 'variable',
      },
    },
  },
  queries: {
    evolution: http(
      'csv',
      `/api/v1/series?format=csv&measure=\${measure_name}&${places}&${span}&interval=auto`,
      [
        column('timestamp', 'timestamp', 'time'),
        column('sensor_id', 'string', 'metric'),
        column('${measure_name}', 'number', 'value'),
      ],
      { format: 'timeseries' },
    ),
    maximum: http('json', `/api/v1/stats?measure=aqi&${places}&${span}`, [
      column('max', 'number', 'Maximum AQI'),
    ]),
    mean: http('json', `/api/v1/stats?measure=aqi&${places}&${span}`, [
      column('mean', 'number', 'Mean AQI'),
    ]),
    map: http(
      'json',
      `/api/v1/latest?measure=aqi&${places}`,
      [
        column('properties.sensor_id', 'string', 'sensor_id'),
        column('properties.location_id', 'string', 'location_id'),
        column('geometry.coordinates.1', 'number', 'latitude'),
        column('geometry.coordinates.0', 'number', 'longitude'),
        column('properties.timestamp', 'timestamp', 'time'),
        column('properties.aqi', 'number', 'aqi'),
      ],
      { root_selector: 'features' },
    ),
    table: http(
      'csv',
      `/api/v1/readings?format=csv&limit=${ROWS}&measure=\${measure_name}&${places}&${span}`,
      [
        column('timestamp', 'timestamp', 'time'),
        ...['sensor_id', 'location_id'].map((name) => column(name, 'string')),
        ...['latitude', 'longitude'].map((name) => column(name, 'number')),
        column('country', 'string'),
        column('altitude', 'number'),
        ...[
          'sensor_type_id',
          'sensor_type_name',
          'sensor_type_manufacturer',
          'sensor_pin',
        ].map((name) => column(name, 'string')),
        column('aqi', 'number'),
        column('${measure_name}', 'number'),
      ],
    ),
  },
};

export const sources: readonly Source[] = [postgresql, embedded, timestream, overHttp];
