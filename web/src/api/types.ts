/** What the HTTP API answers; the names are the API's own. */

/** What a reading carries under a name: an identity's text, a value, or nothing. */
export type Cell = string | number | boolean | null;

export interface LatestProperties {
  sensor_id: number;
  location_id: number;
  timestamp: string;
  sensor_type_name: string;
  country: string;
  aqi: number | null;
  [measure: string]: Cell;
}

export interface LatestFeature {
  type: 'Feature';
  /** A station that pushes without being registered has no place. */
  geometry: { type: 'Point'; coordinates: [number, number] } | null;
  properties: LatestProperties;
}

/** GeoJSON, one feature a sensor: its newest reading. */
export interface Latest {
  type: 'FeatureCollection';
  features: LatestFeature[];
}

export interface Measure {
  name: string;
  label: string;
  unit: string | null;
  quantity: string | null;
  valid_range: [number, number] | null;
}

export interface Measures {
  measures: Measure[];
}

/** Epoch milliseconds and value. */
export type Point = [number, number];

export interface SensorSeries {
  sensor_id: number;
  location_id: number;
  points: Point[];
}

export interface Series {
  measure: string;
  unit: string | null;
  interval: string;
  series: SensorSeries[];
  next_cursor: string | null;
}

export interface Stats {
  measure: string;
  unit: string | null;
  from: string;
  to: string;
  count: number;
  sensors: number;
  min: number | null;
  mean: number | null;
  max: number | null;
  p50: number | null;
  p95: number | null;
  bands: Record<string, number> | null;
  /** Begin, end and count of each bin, where bins were asked for. */
  histogram?: [number, number, number][];
}

export interface Reading {
  timestamp: string;
  sensor_id: number;
  location_id: number;
  latitude: number | null;
  longitude: number | null;
  altitude: number | null;
  country: string;
  indoor: boolean;
  sensor_type_id: number;
  sensor_type_name: string;
  sensor_type_manufacturer: string;
  sensor_pin: string;
  aqi: number | null;
  [measure: string]: Cell;
}

export interface Readings {
  readings: Reading[];
  next_cursor: string | null;
}

export interface SourceStatus {
  name: string;
  state: string;
  last_success: string | null;
  problem: string | null;
}

export interface CycleStatus {
  time: string;
  duration_ms: number;
  bytes: number;
  seen: number;
  new: number;
  duplicate: number;
  rejected: Record<string, number>;
  problem: string | null;
}

export interface StoreStatus {
  kind?: string;
  description?: string;
  readings?: number;
  bytes?: number;
  oldest?: string | null;
  newest?: string | null;
  problem: string | null;
}

export interface Status {
  version: string;
  started_at: string;
  sources: SourceStatus[];
  last_cycle: CycleStatus | null;
  cycles: number;
  store: StoreStatus;
  sensors: number;
  readings_per_minute: number;
  lag_seconds: number | null;
}

export interface SensorType {
  sensor_type_id: number;
  sensor_type_name: string;
  sensor_type_manufacturer: string;
  sensors: number;
}

export interface SensorTypes {
  sensor_types: SensorType[];
}

/** A table that `airlens analyze` has made. */
export interface Analysis {
  name: string;
  made_at: string;
  csv_bytes: number;
  parquet_bytes: number | null;
}

/** What a day's mean should not exceed in µg/m³, and how often a year may; null where there is no limit. */
export interface DailyLimit {
  name: string;
  allowed_days: number;
  P1: number | null;
  P2: number | null;
}

export interface Analyses {
  analyses: Analysis[];
  daily_limits: DailyLimit[];
}

/** An error as RFC 9457 has it. */
export interface Problem {
  title?: string;
  detail?: string;
  status?: number;
  parameter?: string;
}
