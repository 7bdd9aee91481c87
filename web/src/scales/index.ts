import { DAQI_COLOURS, daqiColour } from './daqi';
import { along, CIVIDIS, type Ramp, VIRIDIS } from './ramps';

/** Lower and upper end of what a scale's colours tell apart. */
export type Domain = readonly [number, number];

export interface Stop {
  value: number;
  colour: string;
}

/** One entry of a legend: the values from `from` up to `to`. Bands are counted from 1. */
export interface ScaleBand extends Stop {
  band: number;
  from: number;
  to: number;
}

const STOPS = 9;
const AQI_DOMAIN: Domain = [1, 10];

/** Sensors in a fault report far-off values: the colours are spent on what lies between these. */
const LOWEST_SHARE = 0.02;
const HIGHEST_SHARE = 0.98;

function rampOf(measure: string): Ramp {
  return measure === 'humidity' || measure.startsWith('pressure') ? CIVIDIS : VIRIDIS;
}

/** The 2–98 % quantiles of the values, widened when they are one; the index has its own ends. */
export function domainOf(measure: string, values: readonly number[]): Domain {
  if (measure === 'aqi') {
    return AQI_DOMAIN;
  }
  const sorted = Float64Array.from(values.filter(Number.isFinite)).sort();
  if (sorted.length === 0) {
    return [0, 1];
  }
  const low = quantile(sorted, LOWEST_SHARE);
  const high = quantile(sorted, HIGHEST_SHARE);
  return high > low ? [low, high] : [low - 0.5, low + 0.5];
}

function quantile(sorted: Float64Array, share: number): number {
  const place = share * (sorted.length - 1);
  const below = Math.floor(place);
  const from = sorted[below] ?? 0;
  const to = sorted[Math.min(below + 1, sorted.length - 1)] ?? from;
  return from + (to - from) * (place - below);
}

/** The colour of a value. */
export function colourOf(measure: string, value: number, domain: Domain): string {
  if (measure === 'aqi') {
    return daqiColour(value);
  }
  return along(rampOf(measure), (value - domain[0]) / (domain[1] - domain[0]));
}

/** Values with their colours, ascending: what a legend or an interpolation is built of. */
export function stops(measure: string, domain: Domain): Stop[] {
  if (measure === 'aqi') {
    return DAQI_COLOURS.map((colour, i) => ({ value: i + 1, colour }));
  }
  return Array.from({ length: STOPS }, (_, i) => {
    const value = domain[0] + ((domain[1] - domain[0]) * i) / (STOPS - 1);
    return { value, colour: colourOf(measure, value, domain) };
  });
}

/** The bands of a legend: the ten indices, or eight equal steps of the domain. */
export function bandsOf(measure: string, domain: Domain): ScaleBand[] {
  const all = stops(measure, domain);
  if (measure === 'aqi') {
    return all.map((stop, i) => ({ ...stop, band: i + 1, from: i + 1, to: i + 1 }));
  }
  return all.slice(0, -1).map((stop, i) => {
    const to = all[i + 1]?.value ?? domain[1];
    const value = (stop.value + to) / 2;
    return { value, colour: colourOf(measure, value, domain), band: i + 1, from: stop.value, to };
  });
}

/** The band of a value; what lies beyond the domain belongs to the outermost band. */
export function bandOf(measure: string, value: number, domain: Domain): number {
  if (measure === 'aqi') {
    return Math.min(10, Math.max(1, Math.round(value)));
  }
  const steps = STOPS - 1;
  const step = Math.floor(((value - domain[0]) / (domain[1] - domain[0])) * steps);
  return Math.min(steps, Math.max(1, step + 1));
}
