import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { de } from './de';
import { en } from './en';
import { fr } from './fr';
import { preferredLocale, translator } from './translate';

const SOURCES = join(import.meta.dirname, '..');
const OTHERS: Readonly<Record<string, Readonly<Record<string, string>>>> = { de, fr };
const HOLE = /\{\w+\}/g;

function sources(): string {
  return readdirSync(SOURCES, { recursive: true, encoding: 'utf8' })
    .filter((path) => /\.(svelte|ts)$/.test(path) && !path.includes('.test.') && !path.startsWith('i18n'))
    .map((path) => readFileSync(join(SOURCES, path), 'utf8'))
    .join('\n');
}

describe.each(Object.keys(OTHERS))('the catalogue %s', (language) => {
  const texts = OTHERS[language] ?? {};

  it('has every key, and none that English has not', () => {
    expect(Object.keys(texts).sort()).toEqual(Object.keys(en).sort());
  });

  it('has no empty text', () => {
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('leaves the same holes for values', () => {
    const holes = (text: string): string[] => [...new Set(text.match(HOLE) ?? [])].sort();
    for (const [key, text] of Object.entries(en)) {
      expect([key, ...holes(texts[key] ?? '')]).toEqual([key, ...holes(text)]);
    }
  });
});

it('knows every key that a component asks for', () => {
  const asked = [...sources().matchAll(/\bt\(\s*'([\w.]+)'/g)].map((match) => match[1] ?? '');
  expect(asked.length).toBeGreaterThan(100);
  expect(asked.filter((key) => !(key in en))).toEqual([]);
});

it('puts values into their holes and shows a key it does not know', () => {
  const t = translator(en);
  expect(t('place.name', { id: 7 })).toBe('Location 7');
  expect(t('no.such')).toBe('no.such');
});

it('takes the first of a person’s languages that there is', () => {
  expect(preferredLocale(['nl', 'fr-CA', 'en'])).toBe('fr');
  expect(preferredLocale(['ja'])).toBe('en');
});
