import type { Latest } from '../api/types';
import type { Translate } from '../i18n/translate';

export interface MapPanelProps {
  features: Latest;            // GeoJSON FeatureCollection of /api/v1/latest (type in web/src/api/types.ts)
  measure: string;             // 'aqi' or any measure
  selected: number | null;     // sensor_id
  bbox: [number, number, number, number] | null; // view from the URL, W,S,E,N
  hiddenBands: ReadonlySet<number>; // legend filter
  theme: 'light' | 'dark';
  locale: string;              // 'en' | 'de' | 'fr'
  t: Translate;
  onpick: (sensorId: number | null) => void;
  onmove: (bbox: [number, number, number, number]) => void;
  onlegend: (hidden: ReadonlySet<number>) => void;
}
