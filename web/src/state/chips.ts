import type { Translate } from '../i18n/translate';
import type { View } from './view';

/** One thing that narrows what is seen, and the change that takes it away. */
export interface Chip {
  key: string;
  label: string;
  without: Partial<View>;
}

/** All that narrows, so that nobody wonders where the other readings are. */
export function chipsOf(
  view: View, t: Translate, column: (name: string) => string, condition: (name: string, text: string) => string, place: (id: number) => string,
): Chip[] {
  return [
    ...view.locations.map((id) => ({
      key: `location ${id}`,
      label: place(id),
      without: { locations: view.locations.filter((one) => one !== id), sensor: null },
    })),
    ...view.countries.map((code) => ({
      key: `country ${code}`,
      label: code,
      without: { countries: view.countries.filter((one) => one !== code) },
    })),
    ...view.types.map((type) => ({
      key: `type ${type}`,
      label: type,
      without: { types: view.types.filter((one) => one !== type) },
    })),
    ...(view.hidden.length > 0
      ? [{ key: 'hidden', label: t('chip.hidden', { bands: view.hidden.join(', ') }), without: { hidden: [] } }]
      : []),
    ...Object.entries(view.where).map(([name, text]) => {
      const { [name]: _, ...where } = view.where;
      return { key: `where ${name}`, label: `${column(name)}: ${condition(name, text)}`, without: { where } };
    }),
  ];
}
