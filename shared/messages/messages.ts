import type { Locale } from '../platform/locale.ts';
import type { Messages } from './en.ts';
import { en } from './en.ts';
import { es } from './es.ts';

const byLocale: Readonly<Record<Locale, Messages>> = { en, es };

/** Takes a language, gives all its texts. */
export const messagesFor = (locale: Locale): Messages => byLocale[locale];
