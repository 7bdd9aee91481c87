/** How a measure's own unit is shown: converted, with a name people know. */
export interface Shown {
  unit: string;
  digits: number;
  convert: (value: number) => number;
  /** From what is shown to the measure's own unit. */
  revert: (value: number) => number;
}

export type Units = 'metric' | 'us';

const same = (value: number): number => value;

/** UCUM codes of the API as people write them. */
const NAMES: Readonly<Record<string, string>> = {
  'ug/m3': 'µg/m³',
  Cel: '°C',
  '/cm3': '/cm³',
  um: 'µm',
  us: 'µs',
  'dB[SPL]{A}': 'dB(A)',
  '/min': '/min',
  '[ppm]': 'ppm',
  '1': '',
};

const PASCALS_OF_AN_INCH_OF_MERCURY = 3386.389;
const PASCALS_OF_A_HECTOPASCAL = 100;

export function shownUnit(measure: string, unit: string | null, units: Units): Shown {
  if (measure === 'aqi') {
    return { unit: '', digits: 1, convert: same, revert: same };
  }
  if (unit === 'Cel' && units === 'us') {
    return { unit: '°F', digits: 1, convert: (value) => value * 1.8 + 32, revert: (value) => (value - 32) / 1.8 };
  }
  if (unit === 'Pa') {
    return units === 'us' ? pascals('inHg', 2, PASCALS_OF_AN_INCH_OF_MERCURY) : pascals('hPa', 1, PASCALS_OF_A_HECTOPASCAL);
  }
  return { unit: unit === null ? '' : (NAMES[unit] ?? unit), digits: 1, convert: same, revert: same };
}

function pascals(unit: string, digits: number, size: number): Shown {
  return { unit, digits, convert: (value) => value / size, revert: (value) => value * size };
}
