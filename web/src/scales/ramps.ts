/**
 * Perceptually uniform ramps that people with any colour vision can order.
 * Control points: viridis (van der Walt and Smith, 2015, CC0) and cividis (Nuñez, Anderton and
 * Renslow, PLoS ONE 13(7), 2018), at tenths of their length.
 */
export type Ramp = readonly string[];

export const VIRIDIS: Ramp = [
  '#440154',
  '#482878',
  '#3e4989',
  '#31688e',
  '#26828e',
  '#1f9e89',
  '#35b779',
  '#6ece58',
  '#b5de2b',
  '#fde725',
];

export const CIVIDIS: Ramp = [
  '#00224e',
  '#123570',
  '#3b496c',
  '#575d6d',
  '#707173',
  '#8a8678',
  '#a59c74',
  '#c3b369',
  '#e1cc55',
  '#fee838',
];

/** The colour at a share from 0 to 1 of a ramp; beyond its ends that of the end. */
export function along(ramp: Ramp, share: number): string {
  const last = ramp.length - 1;
  const place = Math.min(last, Math.max(0, share * last));
  const below = Math.min(Math.floor(place), last - 1);
  const from = channels(ramp[below] ?? '#000000');
  const to = channels(ramp[below + 1] ?? '#000000');
  const mixed = from.map((value, i) => Math.round(value + ((to[i] ?? 0) - value) * (place - below)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

/** Red, green and blue from 0 to 255. */
export function channels(colour: string): [number, number, number] {
  const value = Number.parseInt(colour.slice(1), 16);
  return [(value >> 16) & 255, (value >> 8) & 255, value & 255];
}

/** Black or white: what can be read better on a colour, by WCAG's relative luminance. */
export function inkOn(colour: string): '#000000' | '#ffffff' {
  const [r, g, b] = channels(colour).map((value) => {
    const share = value / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  const luminance = 0.2126 * r + 0.7152 * g + 0.0722 * b;
  return luminance > 0.179 ? '#000000' : '#ffffff';
}
