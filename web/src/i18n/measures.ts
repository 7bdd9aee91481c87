import type { Translate } from './translate';

/** A measure's name in a language, or the catalogue's when the language has none of its own. */
export function measureLabel(t: Translate, name: string, fallback: string): string {
  const key = `measure.${name}`;
  const text = t(key);
  return text === key ? fallback : text;
}
