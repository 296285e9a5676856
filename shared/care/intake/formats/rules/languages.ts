import { type Locale, localeFrom } from '../../../../platform/locale.ts';

/** ISO 639-2 codes, names and the short forms of record systems, besides the tags of BCP 47. */
const words: ReadonlyMap<string, Locale> = new Map([
  ['eng', 'en'],
  ['english', 'en'],
  ['ingles', 'en'],
  ['spa', 'es'],
  ['sp', 'es'],
  ['esp', 'es'],
  ['span', 'es'],
  ['spn', 'es'],
  ['spanish', 'es'],
  ['espanol', 'es'],
  ['castilian', 'es'],
  ['castellano', 'es'],
]);

const withoutAccents = (text: string): string => text.normalize('NFD').replaceAll(/\p{M}/gu, '');

/**
 * Returns the language that a source names by a tag, an ISO 639 code or a word, in any case: `es-MX`, `SPA`,
 * `Spanish; Castilian`, `Español (México)`. Undefined where we do not write in it or do not know the word.
 */
export const localeOfLanguage = (text: string): Locale | undefined => {
  const [first = ''] = withoutAccents(text)
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word !== '');
  return localeFrom(first) ?? words.get(first);
};
