/**
 * The UK Daily Air Quality Index. Bounds: Defra, "Update on Implementation of the Daily Air Quality
 * Index", April 2013; colours: UK-AIR, "What is the Daily Air Quality Index?".
 */
export const DAQI_COLOURS: readonly string[] = [
  '#9CFF9C',
  '#31FF00',
  '#31CF00',
  '#FFFF00',
  '#FFCF00',
  '#FF9A00',
  '#FF6464',
  '#FF0000',
  '#990000',
  '#CE30FF',
];

/** Upper bounds of the indices 1–9 in µg/m³; above the last it is 10. */
const UPPER: Readonly<Record<'P1' | 'P2', readonly number[]>> = {
  P2: [11, 23, 35, 41, 47, 53, 58, 64, 70],
  P1: [16, 33, 50, 58, 66, 75, 83, 91, 100],
};

/** From here on an SDS011 reports a fault, not dust. */
const SATURATION: Readonly<Record<'P1' | 'P2', number>> = { P1: 1999, P2: 999 };

export type Particles = 'P1' | 'P2';

export type BandName = 'low' | 'moderate' | 'high' | 'veryHigh';

/** The index of a concentration in µg/m³, or null when it does not count. */
export function indexOf(pollutant: Particles, concentration: number | null): number | null {
  if (
    concentration === null ||
    !Number.isFinite(concentration) ||
    concentration < 0 ||
    concentration >= SATURATION[pollutant]
  ) {
    return null;
  }
  const rounded = Math.floor(concentration + 0.5);
  const place = UPPER[pollutant].findIndex((upper) => rounded <= upper);
  return place < 0 ? 10 : place + 1;
}

/** The pollutant that makes the index: the one with the higher, of two equal ones PM2.5. */
export function worsePollutant(pm25: number | null, pm10: number | null): Particles {
  return (indexOf('P1', pm10) ?? 0) > (indexOf('P2', pm25) ?? 0) ? 'P1' : 'P2';
}

/** How far the air is beyond the last bound of the index, as a share of it: orders equal indices. */
export function severityOf(pm25: number | null, pm10: number | null): number {
  const share = (pollutant: Particles, value: number | null): number =>
    indexOf(pollutant, value) === null ? 0 : (value ?? 0) / (UPPER[pollutant].at(-1) ?? 1);
  return Math.max(share('P2', pm25), share('P1', pm10));
}

export function bandName(index: number): BandName {
  if (index <= 3) return 'low';
  if (index <= 6) return 'moderate';
  return index <= 9 ? 'high' : 'veryHigh';
}

/** The colour of an index; one between two indices, as of a mean, has that of the nearest. */
export function daqiColour(index: number): string {
  const place = Math.min(10, Math.max(1, Math.round(index))) - 1;
  return DAQI_COLOURS[place] ?? '#9CFF9C';
}
