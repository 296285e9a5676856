/** The languages patients are written to in. A further language is a further message file. */
export const locales = ['en', 'es'] as const;
export type Locale = (typeof locales)[number];

const isLocale = (text: string): text is Locale => locales.some((locale) => locale === text);

/**
 * Takes a BCP 47 tag as a record or a browser gives it (`es-MX`, `EN_us`), gives the language we write in,
 * or undefined when we do not write in it.
 */
export const localeFrom = (tag: string | undefined): Locale | undefined => {
  const language = tag?.toLowerCase().split(/[-_]/)[0] ?? '';
  return isLocale(language) ? language : undefined;
};
