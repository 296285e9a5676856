import type { Locale } from '../platform/locale.ts';
import type { LocalDate } from '../platform/time.ts';

/** Returns a date in words, such as `March 2, 2026`. */
export const longDate = (date: LocalDate, locale: Locale): string =>
  new Intl.DateTimeFormat(locale, { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(`${date}T00:00:00Z`),
  );
