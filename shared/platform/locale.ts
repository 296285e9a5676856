/** The languages patients are written to in. Each has a message file. */
export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

const isLocale = (text: string): text is Locale => locales.some((locale) => locale === text);

/**
 * Returns the language of a BCP 47 tag from a record or a browser (`es-MX`, `EN_us`), or undefined when we do not
 * write in it.
 */
export const localeFrom = (tag: string | undefined): Locale | undefined => {
  const language = tag?.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLocale(language) ? language : undefined;
};
