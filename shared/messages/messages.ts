import type { Locale } from '../platform/locale.ts';
import { type SurveyMessages, surveyEn } from './survey/en.ts';
import { surveyEs } from './survey/es.ts';

const byLocale: Readonly<Record<Locale, SurveyMessages>> = { en: surveyEn, es: surveyEs };

/** The texts of the patients' pages. Emails have their own, so a function loads only the texts it shows. */
export const messagesFor = (locale: Locale): SurveyMessages => byLocale[locale];
