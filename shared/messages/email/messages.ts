import type { Locale } from '../../platform/locale.ts';
import { type EmailMessages, emailEn } from './en.ts';
import { emailEs } from './es.ts';

const byLocale: Readonly<Record<Locale, EmailMessages>> = { en: emailEn, es: emailEs };

export const emailMessagesFor = (locale: Locale): EmailMessages => byLocale[locale];
