import { digestOf } from '../../platform/digest.ts';
import type { Locale } from '../../platform/locale.ts';
import type { CohortMonth, LocalDate } from '../../platform/time.ts';
import type { ClaimDefinition, Texts } from '../claims/claim-definitions.ts';
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

/** Month names are data, not `Intl`, so that a release has the same bytes on every machine. */
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

/** The figures of a claim that its texts contain. */
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

/** The sentence for the website, in every language. */
export const sentenceOf = (definition: ClaimDefinition, percent: number) =>
  inEveryLocale((locale) => fill(definition.sentence[locale], { percent }));

/** The footnote that must accompany the sentence wherever it is shown, in every language. */
export const footnoteOf = (definition: ClaimDefinition, figures: TextFigures, synthetic: boolean) =>
  inEveryLocale((locale) => footnoteIn(locale, definition, figures, synthetic));

/** Response rates below this many percent are marked as low. */
const minResponsePercent = 30;

/** The release a claim is shown in. */
export type Edition = {
  readonly number: number;
  readonly today: LocalDate;
  readonly synthetic: boolean;
};

const identityOf = (definition: ClaimDefinition) => ({
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

/** A claim as it is listed when it is not shown, with its public reason. */
export const withheldClaimOf = (
  definition: ClaimDefinition,
  reason: WithheldClaim['reason'],
): WithheldClaim => ({
  status: 'withheld',
  ...identityOf(definition),
  reason,
  explanation: explanations[reason],
});

/**
 * A claim as the public may see it; undefined when its counts yield no figure. All figures are coarse, and none is
 * rounded in the claim's favour.
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
    lowResponse: responseRate < minResponsePercent,
    interval: intervalShown(figures.percent, band.low),
    worstCase: worstCaseShown(figures.percent, responseRate),
  };
  return {
    status: 'published',
    ...identityOf(definition),
    asOfRelease: number,
    asOf: today,
    ...evidence,
    sentence: sentenceOf(definition, figures.percent),
    footnote: footnoteOf(definition, evidence, synthetic),
  };
};
