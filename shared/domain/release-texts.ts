import type { ClaimDefinition } from './claim-definitions.ts';
import { fill, timepointTexts } from './claims.ts';
import type { Locale } from './locale.ts';
import type { ShownClaim, WithheldClaim } from './release-schema.ts';
import type { CohortMonth } from './time.ts';

type Texts = Readonly<Record<Locale, string>>;

/** Month names are data, so that the same release has the same bytes on every machine. */
const monthNames: Readonly<Record<Locale, readonly string[]>> = {
  en: [
    'January',
    'February',
    'March',
    'April',
    'May',
    'June',
    'July',
    'August',
    'September',
    'October',
    'November',
    'December',
  ],
  es: [
    'enero',
    'febrero',
    'marzo',
    'abril',
    'mayo',
    'junio',
    'julio',
    'agosto',
    'septiembre',
    'octubre',
    'noviembre',
    'diciembre',
  ],
};

const monthTemplates: Texts = { en: '{name} {year}', es: '{name} de {year}' };

const monthText = (month: CohortMonth, locale: Locale): string =>
  fill(monthTemplates[locale], {
    name: monthNames[locale][Number(month.slice(5)) - 1] ?? month,
    year: month.slice(0, 4),
  });

const footnote: Texts = {
  en: 'As reported by {answered} {population}, treated from {from} to {to}, who answered this question about {timepoint} later; at least {responseRate}% of all those treated answered the survey.',
  es: 'Según lo que refirieron {answered} {population}, tratados de {from} a {to}, que respondieron esta pregunta unos {timepoint} después; respondió la encuesta al menos el {responseRate} % de todos los tratados.',
};

const lowResponse: Texts = {
  en: 'Low response: fewer than 30% answered, and the others may have fared differently.',
  es: 'Respuesta baja: respondió menos del 30 %, y a los demás puede haberles ido de otra manera.',
};

const interval: Texts = {
  en: '95% interval, at its widest: {low}% to {high}%.',
  es: 'Intervalo del 95 %, en su mayor amplitud: del {low} % al {high} %.',
};

const worstCase: Texts = {
  en: 'If nobody else had this result, it would be at least {worstCase}% of all those treated.',
  es: 'Si nadie más hubiera tenido este resultado, sería al menos el {worstCase} % de todos los tratados.',
};

const caution: Texts = {
  en: "Patients' own answers to our own questions; they do not show what caused the change.",
  es: 'Son respuestas de los propios pacientes a nuestras propias preguntas; no demuestran la causa del cambio.',
};

const sample: Texts = {
  en: 'Sample data: these patients are made up.',
  es: 'Datos de muestra: estos pacientes son inventados.',
};

const explanations: Readonly<Record<WithheldClaim['reason'], Texts>> = {
  'not-enough-answers': {
    en: 'Not shown: too few answers so far, or too few of one kind to be sure that nobody can be recognised.',
    es: 'No se muestra: hay pocas respuestas todavía, o muy pocas de un tipo para que no se reconozca a nadie.',
  },
  'not-yet-due': {
    en: 'Not shown yet: the answers that it counts are not all due yet.',
    es: 'No se muestra todavía: aún no ha vencido el plazo de todas las respuestas que cuenta.',
  },
};

/** The figures of a claim, which its texts are filled from. */
export type TextFigures = Pick<
  ShownClaim,
  'percent' | 'answered' | 'period' | 'responseRate' | 'lowResponse' | 'interval' | 'worstCase'
>;

const footnoteIn = (
  locale: Locale,
  { population, timepoint }: ClaimDefinition,
  figures: TextFigures,
  synthetic: boolean,
): string =>
  [
    footnote[locale],
    ...(figures.lowResponse ? [lowResponse[locale]] : []),
    interval[locale],
    worstCase[locale],
    caution[locale],
    ...(synthetic ? [sample[locale]] : []),
  ]
    .map((template) =>
      fill(template, {
        answered: figures.answered,
        population: population[locale],
        from: monthText(figures.period.from, locale),
        to: monthText(figures.period.to, locale),
        timepoint: timepointTexts[timepoint][locale],
        responseRate: figures.responseRate,
        low: figures.interval.low,
        high: figures.interval.high,
        worstCase: figures.worstCase,
      }),
    )
    .join(' ');

const inEveryLocale = (text: (locale: Locale) => string): { readonly en: string; readonly es: string } => {
  const [en, es] = [text('en'), text('es')];
  return { en, es };
};

/** Takes a definition and its percentage, gives the sentence for the website in every language. */
export const sentenceOf = (definition: ClaimDefinition, percent: number) =>
  inEveryLocale((locale) => fill(definition.sentence[locale], { percent }));

/** Takes a definition and its figures, gives the footnote that goes with the sentence wherever it stands. */
export const footnoteOf = (definition: ClaimDefinition, figures: TextFigures, synthetic: boolean) =>
  inEveryLocale((locale) => footnoteIn(locale, definition, figures, synthetic));

/** Takes the public reason for which a claim is not shown, gives it in words. */
export const explanationOf = (reason: WithheldClaim['reason']) => explanations[reason];
