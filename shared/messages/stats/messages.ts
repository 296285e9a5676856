import type { Locale } from '../../platform/locale.ts';
import { type StatsMessages, statsEn } from './en.ts';
import { statsEs } from './es.ts';

const byLocale: Readonly<Record<Locale, StatsMessages>> = { en: statsEn, es: statsEs };

export const statsMessagesFor = (locale: Locale): StatsMessages => byLocale[locale];
