import type { en } from './en';
import type { Locale } from '../state/view';

export type Key = keyof typeof en;
export type Catalogue = Readonly<Record<Key, string>>;
export type Values = Record<string, string | number>;
export type Translate = (key: string, values?: Values) => string;

const LOADERS: Readonly<Record<Locale, () => Promise<Catalogue>>> = {
  en: async () => (await import('./en')).en,
  de: async () => (await import('./de')).de,
  fr: async () => (await import('./fr')).fr,
};

/** A language's texts: a person needs one language, so each comes by itself. */
export function loadCatalogue(locale: Locale): Promise<Catalogue> {
  return LOADERS[locale]();
}

/** Puts texts of a catalogue together; a key that is none is shown, so that nobody overlooks it. */
export function translator(catalogue: Catalogue): Translate {
  const texts: Readonly<Record<string, string>> = catalogue;
  return (key, values = {}) =>
    (texts[key] ?? key).replace(/\{(\w+)\}/g, (hole, name: string) => String(values[name] ?? hole));
}

/** The first of a person's languages that there is. */
export function preferredLocale(languages: readonly string[]): Locale {
  for (const language of languages) {
    const short = language.slice(0, 2).toLowerCase();
    if (short === 'en' || short === 'de' || short === 'fr') {
      return short;
    }
  }
  return 'en';
}
