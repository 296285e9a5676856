import { digestOf } from '../../platform/digest.ts';
import type { Locale } from '../../platform/locale.ts';
import type { CohortMonth, LocalDate } from '../../platform/time.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import {
  figuresOf,
  fill,
  groupOf,
  intervalShown,
  timepointTexts,
  worstCaseShown,
} from '../claims/figures.ts';
import { bandFor } from '../disclosure/disclosure.ts';
import type { ClaimCounts, GroupCounts } from './release-counts.ts';
import type { ShownClaim, WithheldClaim } from './release-schema.ts';

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

/** A response rate under this many percent is called low. */
const lowResponseBelow = 30;

/** The release that a claim is shown in. */
export type Edition = {
  readonly number: number;
  readonly today: LocalDate;
  readonly synthetic: boolean;
};

const aboutOf = (definition: ClaimDefinition) => ({
  id: definition.id,
  version: definition.version,
  definitionHash: digestOf(definition),
  scope: definition.scope,
  timepoint: definition.timepoint,
  measure: definition.measure,
  rule: definition.rule,
  group: groupOf(definition),
  nestedIn: definition.nestedIn ?? null,
});

/** Takes a definition and a public reason, gives the claim as it is reported when it is not shown. */
export const withheldClaimOf = (
  definition: ClaimDefinition,
  reason: WithheldClaim['reason'],
): WithheldClaim => ({
  status: 'withheld',
  ...aboutOf(definition),
  reason,
  explanation: explanationOf(reason),
});

/**
 * Takes a definition, the counts of its group and its own, gives the claim as everybody may see it, or undefined
 * where the counts give no figure. Everything in it is coarse and nothing is rounded in its favour.
 */
export const shownClaimOf = (
  definition: ClaimDefinition,
  counts: GroupCounts,
  { x, n }: ClaimCounts,
  { number, today, synthetic }: Edition,
): ShownClaim | undefined => {
  const figures = figuresOf(definition.rule, x, n);
  const band = bandFor(n);
  if (figures === null || band === undefined) return undefined;
  const { period, responseRate } = counts;
  const evidence = {
    ...figures,
    period,
    answered: band.label,
    responseRate,
    lowResponse: responseRate < lowResponseBelow,
    interval: intervalShown(figures.percent, band.low),
    worstCase: worstCaseShown(figures.percent, responseRate),
  };
  return {
    status: 'published',
    ...aboutOf(definition),
    asOfRelease: number,
    asOf: today,
    ...evidence,
    sentence: sentenceOf(definition, figures.percent),
    footnote: footnoteOf(definition, evidence, synthetic),
  };
};
