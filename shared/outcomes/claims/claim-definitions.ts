import type { Locale } from '../../platform/locale.ts';
import type { LocalDate, Timepoint } from '../../platform/time.ts';
import type { MeasureId } from '../../protocol/measures.ts';
import type { Scope } from '../cells/contribution.ts';

/** A text in every language. */
export type Texts = Readonly<Record<Locale, string>>;

/**
 * How a sentence's percentage is derived from x of n. `over`: the largest whole T with 100x > Tn. `floor`: x/n in
 * whole percent, rounded down.
 */
export type ClaimRule = 'over' | 'floor';

/** What a sentence on the website says and about whom, fixed before any of the data exist. */
export type ClaimDefinition = {
  readonly id: string;
  readonly version: number;
  readonly effectiveFrom: LocalDate;
  readonly scope: Scope;
  readonly timepoint: Timepoint;
  readonly measure: MeasureId;
  readonly rule: ClaimRule;
  /** The id of a wider claim with the same denominator that includes every patient this claim counts. */
  readonly nestedIn?: string;
  /** Maximum number of cohort months reported on. */
  readonly months: number;
  /** The minimum number of answers, and of patients in every group that can be told apart. */
  readonly minimums: { readonly answered: number; readonly smallCell: number };
  /** Contains the placeholder `{percent}`. */
  readonly sentence: Texts;
  /** Describes the patients in the footnote. */
  readonly population: Texts;
};

const common = {
  version: 1,
  effectiveFrom: '2025-01-01',
  timepoint: '3m',
  months: 12,
  minimums: { answered: 30, smallCell: 11 },
} as const;

const facet = {
  ...common,
  scope: 'facet-joint-injection',
  population: {
    en: 'patients who had a facet joint injection',
    es: 'pacientes con una inyección en las articulaciones facetarias',
  },
} as const;

const epidural = {
  ...common,
  scope: 'epidural-steroid-injection',
  population: {
    en: 'patients who had an epidural steroid injection',
    es: 'pacientes con una inyección epidural de esteroides',
  },
} as const;

const mild = {
  ...common,
  scope: 'mild',
  population: {
    en: 'patients who had the mild® procedure',
    es: 'pacientes con el procedimiento mild®',
  },
} as const;

const overall = {
  ...common,
  scope: 'overall',
  rule: 'floor',
  population: {
    en: 'patients of all our procedures, each counted once',
    es: 'pacientes de todos nuestros procedimientos, cada uno contado una vez',
  },
} as const;

/**
 * Every version of every claim. A definition in use is never edited: a change is a new version with its own effective
 * date. Every claim is either published or listed as withheld, which rules out picking the flattering ones.
 */
export const claimDefinitions = [
  {
    ...facet,
    id: 'facet-improved',
    measure: 'improved',
    rule: 'over',
    sentence: {
      en: 'Over {percent}% of our facet joint injection patients report improvement in their condition.',
      es: 'Más del {percent} % de nuestros pacientes con inyección facetaria refieren mejoría de su estado.',
    },
  },
  {
    ...facet,
    id: 'facet-over-half',
    measure: 'improved-over-half',
    rule: 'over',
    nestedIn: 'facet-improved',
    sentence: {
      en: 'Over {percent}% of our facet joint injection patients, counting all who answered, report improvement of more than 50%.',
      es: 'Más del {percent} % de nuestros pacientes con inyección facetaria, contando a todos los que respondieron, refieren una mejoría de más del 50 %.',
    },
  },
  {
    ...epidural,
    id: 'epidural-improved',
    measure: 'improved',
    rule: 'over',
    sentence: {
      en: 'Over {percent}% of our epidural injection patients report improvement in their condition.',
      es: 'Más del {percent} % de nuestros pacientes con inyección epidural refieren mejoría de su estado.',
    },
  },
  {
    ...epidural,
    id: 'epidural-over-half',
    measure: 'improved-over-half',
    rule: 'over',
    nestedIn: 'epidural-improved',
    sentence: {
      en: 'Over {percent}% of our epidural injection patients, counting all who answered, report improvement of more than 50%.',
      es: 'Más del {percent} % de nuestros pacientes con inyección epidural, contando a todos los que respondieron, refieren una mejoría de más del 50 %.',
    },
  },
  {
    ...overall,
    id: 'overall-quality-of-life',
    measure: 'better-quality-of-life',
    sentence: {
      en: '{percent}% of our patients report better quality of life.',
      es: 'El {percent} % de nuestros pacientes refieren una mejor calidad de vida.',
    },
  },
  {
    ...overall,
    id: 'overall-less-pain',
    measure: 'less-pain',
    sentence: {
      en: '{percent}% of our patients report less pain.',
      es: 'El {percent} % de nuestros pacientes refieren menos dolor.',
    },
  },
  {
    ...overall,
    id: 'overall-better-function',
    measure: 'better-function',
    sentence: {
      en: '{percent}% of our patients report better physical function.',
      es: 'El {percent} % de nuestros pacientes refieren una mejor función física.',
    },
  },
  {
    ...mild,
    id: 'mild-improved',
    measure: 'improved',
    rule: 'over',
    sentence: {
      en: 'Over {percent}% of our mild® patients report improvement in their condition.',
      es: 'Más del {percent} % de nuestros pacientes de mild® refieren mejoría de su estado.',
    },
  },
  {
    ...mild,
    id: 'mild-standing-or-walking',
    measure: 'better-standing-or-walking',
    rule: 'floor',
    sentence: {
      en: '{percent}% of our mild® patients report that standing or walking is better.',
      es: 'El {percent} % de nuestros pacientes de mild® refieren estar mejor al permanecer de pie o caminar.',
    },
  },
] as const satisfies readonly ClaimDefinition[];

/** Returns the newest version of each claim that is in force on a date, in the given order. */
export const definitionsInForce = (
  definitions: readonly ClaimDefinition[],
  today: LocalDate,
): readonly ClaimDefinition[] => {
  const inForce = definitions.filter(({ effectiveFrom }) => effectiveFrom <= today);
  return inForce.filter(
    ({ id, version }) => !inForce.some((other) => other.id === id && other.version > version),
  );
};
