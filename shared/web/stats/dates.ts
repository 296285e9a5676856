import type { Locale } from '../../platform/locale.ts';
import type { CohortMonth, LocalDate } from '../../platform/time.ts';

const tags: Readonly<Record<Locale, string>> = { en: 'en-US', es: 'es-US' };

/** A date in words: `March 8, 2026`. */
export const dateText = (date: LocalDate, locale: Locale): string =>
  new Date(`${date}T00:00:00Z`).toLocaleDateString(tags[locale], { dateStyle: 'long', timeZone: 'UTC' });

/** A month in words: `March 2026`. Releases have their own month names, whose bytes must not vary. */
export const monthText = (month: CohortMonth, locale: Locale): string =>
  new Date(`${month}-01T00:00:00Z`).toLocaleDateString(tags[locale], {
    month: 'long',
    year: 'numeric',
    timeZone: 'UTC',
  });
