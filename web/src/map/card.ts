import type { LatestFeature } from '../api/types';
import type { Format } from '../format/format';
import { bandOf, type Domain } from '../scales';
import { bandName } from '../scales/daqi';
import { valueOf } from './points/points';
import type { Translate } from '../i18n/translate';

/** What a card says of one sensor. */
export interface SensorLine {
  sensor: number;
  /** Value, unit, and the band of an index in words. */
  value: string;
  number: number;
  type: string;
  age: string;
}

export interface CardText {
  title: string;
  place: string;
  /** Of a cluster: what its colour stands for. */
  value: string;
  number: number;
  lines: SensorLine[];
  /** Sensors that have no line. */
  more: number;
  hint: string;
}

/** So many sensors of one place are listed. */
export const MOST_LINES = 6;

export interface CardInput {
  features: readonly LatestFeature[];
  /** The cluster's value: worst or median. */
  value: number;
  measure: string;
  domain: Domain;
  near: string | null;
  isSamePlace: boolean;
  now: number;
  format: Format;
  t: Translate;
}

export function cardText(input: CardInput): CardText {
  const { features, value, measure, near, isSamePlace, format, t } = input;
  const first = features[0];
  const worst = [...features].sort(
    (a, b) => (valueOf(b, measure) ?? 0) - (valueOf(a, measure) ?? 0),
  );
  const isOne = features.length === 1;
  const country = first?.properties.country ?? '';
  const countries = new Set(features.map(({ properties }) => properties.country));
  const land = countries.size === 1 && country !== '' ? format.country(country) : null;
  const around = near === null ? null : t('map.near', { place: near });
  const title = isSamePlace
    ? t('place.name', { id: first?.properties.location_id ?? '' })
    : t('map.sensors', { count: format.number(features.length) });
  const lines = isSamePlace ? worst.slice(0, MOST_LINES).map((one) => line(one, input)) : [];
  return {
    title,
    place: [around, land].filter((part) => part !== null).join(', '),
    value: isOne || isSamePlace ? '' : `${t(measure === 'aqi' ? 'map.worst' : 'map.median')}: ${valueText(value, input)}`,
    number: value,
    lines,
    more: isSamePlace ? features.length - lines.length : 0,
    hint: t(isOne ? 'map.pick' : isSamePlace ? 'map.pickOne' : 'map.zoomIn'),
  };
}

function line(feature: LatestFeature, input: CardInput): SensorLine {
  const { measure, now, format, t } = input;
  const { sensor_id, sensor_type_name, timestamp } = feature.properties;
  const value = valueOf(feature, measure) ?? 0;
  return {
    sensor: sensor_id,
    value: valueText(value, input),
    number: value,
    type: t('map.sensor', { id: sensor_id, type: sensor_type_name }),
    age: t('map.ago', {
      age: format.duration(Math.max(0, (now - Date.parse(timestamp)) / 1000)),
    }),
  };
}

/** An index has its band in words; of other measures the unit says what they are. */
function valueText(value: number, { measure, domain, format, t }: CardInput): string {
  if (measure !== 'aqi') return format.value(measure, value);
  return `${format.bare(measure, value)} · ${t(`band.${bandName(bandOf(measure, value, domain))}`)}`;
}

/** A card in one sentence, for those who hear it. */
export function spoken({ title, place, value, lines, more, hint }: CardText): string {
  const sensors = lines.map((one) => `${one.value}, ${one.type}, ${one.age}`);
  return [title, place, value, ...sensors, more > 0 ? `+${more}` : '', hint]
    .filter((part) => part !== '')
    .join('. ');
}
