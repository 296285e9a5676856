import type { Answers, Change, ItemId } from './instrument.ts';

/** The yes/no outcomes; `measures` has the rule of each. */
export const measureIds = [
  'improved',
  'improved-at-least-30',
  'improved-at-least-half',
  'improved-over-half',
  'better-quality-of-life',
  'less-pain',
  'better-function',
  'better-standing-or-walking',
  'much-improved-pgic',
  'nrs-responder-30',
  'nrs-responder-50',
  'peg-responder-30',
] as const;

export type MeasureId = (typeof measureIds)[number];

/** Scores before the procedure, on the instruments' own scales: NRS 0-10 and PEG 0-10 (mean of three items). */
export type Baseline = { readonly nrsPain?: number; readonly peg?: number };

/**
 * Returns the sum of the three PEG items (0-30), or null unless all three were answered: no rule for imputing a
 * missing item has been published (Krebs 2009, J Gen Intern Med 24:733-8).
 */
export const pegSumOf = (answers: Answers): number | null => {
  const { pegPain, pegEnjoyment, pegActivity } = answers;
  if (pegPain === undefined || pegEnjoyment === undefined || pegActivity === undefined) return null;
  return pegPain + pegEnjoyment + pegActivity;
};

/**
 * Returns the sum of items (0-30) behind a PEG score from before the procedure (0-10). The items are whole numbers,
 * so the sum can be recovered from a mean that its source rounded to one or more decimals.
 */
export const pegSumOfMean = (mean: number): number => Math.round(3 * mean);

/**
 * The outcome of a measure for one response. `yes` and `no` are in its denominator; the others are excluded, for
 * the reason they name: the item was not answered, there is no score from before the procedure, or that score was
 * zero, from which no percent change is defined.
 */
export type MeasureOutcome = 'yes' | 'no' | 'not-asked' | 'no-baseline' | 'zero-baseline';

/** The denominators. Measures that share one can be nested in each other. */
export type Denominator =
  | 'condition'
  | 'quality-of-life'
  | 'pain'
  | 'physical-function'
  | 'standing-walking'
  | 'pgic'
  | 'nrs'
  | 'peg';

/** The survey items required for each denominator. */
export const itemsBelow: Readonly<Record<Denominator, readonly ItemId[]>> = {
  condition: ['condition'],
  'quality-of-life': ['qualityOfLife'],
  pain: ['pain'],
  'physical-function': ['physicalFunction'],
  'standing-walking': ['standingWalking'],
  pgic: ['pgic'],
  nrs: ['nrsPain'],
  peg: ['pegPain', 'pegEnjoyment', 'pegActivity'],
};

/** The size of change a measure requires, which a sentence about it must state. */
export type Threshold = { readonly kind: 'over' | 'at-least'; readonly percent: number };

export type Measure = {
  readonly label: string;
  readonly denominator: Denominator;
  /** Absent where any improvement counts. */
  readonly threshold?: Threshold;
  /** Source of the rule. */
  readonly source: string;
  readonly rule: (answers: Answers, baseline: Baseline | undefined) => MeasureOutcome;
};

type Rule = Measure['rule'];

const yesOrNo = (holds: boolean): MeasureOutcome => (holds ? 'yes' : 'no');

/** Everyone who answered the direction of change; only those who are better give a percentage. */
const improvedBy =
  (percent: number): Rule =>
  ({ condition, improvementPercent }) =>
    yesOrNo(condition === 'better' && (improvementPercent ?? 0) >= percent);

const isBetter =
  (item: (answers: Answers) => Change | undefined): Rule =>
  (answers) => {
    const change = item(answers);
    return change === undefined ? 'not-asked' : yesOrNo(change === 'better');
  };

/** True when a score (lower is better, whole units of one scale) has fallen by at least `percent` of the first. */
const hasFallenBy = (percent: number, before: number, after: number): MeasureOutcome =>
  before === 0 ? 'zero-baseline' : yesOrNo(100 * after <= (100 - percent) * before);

/** Both NRS scores are whole numbers; tenths from a source are used as they are. */
const nrsFallenBy =
  (percent: number): Rule =>
  ({ nrsPain }, baseline) => {
    if (nrsPain === undefined) return 'not-asked';
    if (baseline?.nrsPain === undefined) return 'no-baseline';
    return hasFallenBy(percent, Math.round(10 * baseline.nrsPain), 10 * nrsPain);
  };

/** Compares sums of three items, so that no third of a point is ever rounded. */
const pegFallenBy =
  (percent: number): Rule =>
  (answers, baseline) => {
    const sum = pegSumOf(answers);
    if (sum === null) return 'not-asked';
    if (baseline?.peg === undefined) return 'no-baseline';
    return hasFallenBy(percent, pegSumOfMean(baseline.peg), sum);
  };

const ownItem = 'own item: direction of change first, then percent better';

const immpact = 'IMMPACT, Dworkin 2008, J Pain 9:105-21';

/**
 * Every measure, as data. "At least half" (50 and more, IMMPACT's substantial improvement) and "over half" (51 and
 * more, strictly) are two measures: 50 is the answer people round to, and the two must never be exchanged.
 */
export const measures: Readonly<Record<MeasureId, Measure>> = {
  improved: {
    label: 'Condition better, by 1% or more',
    denominator: 'condition',
    source: ownItem,
    rule: improvedBy(1),
  },
  'improved-at-least-30': {
    label: 'Condition better by at least 30%',
    denominator: 'condition',
    threshold: { kind: 'at-least', percent: 30 },
    source: `${ownItem}; moderate in ${immpact}`,
    rule: improvedBy(30),
  },
  'improved-at-least-half': {
    label: 'Condition better by at least 50%',
    denominator: 'condition',
    threshold: { kind: 'at-least', percent: 50 },
    source: `${ownItem}; substantial in ${immpact}`,
    rule: improvedBy(50),
  },
  'improved-over-half': {
    label: 'Condition better by more than 50%',
    denominator: 'condition',
    threshold: { kind: 'over', percent: 50 },
    source: ownItem,
    rule: improvedBy(51),
  },
  'better-quality-of-life': {
    label: 'Quality of life better',
    denominator: 'quality-of-life',
    source: 'own item: worse, same, better',
    rule: isBetter(({ qualityOfLife }) => qualityOfLife),
  },
  'less-pain': {
    label: 'Pain better',
    denominator: 'pain',
    source: 'own item: worse, same, better',
    rule: isBetter(({ pain }) => pain),
  },
  'better-function': {
    label: 'Physical function better',
    denominator: 'physical-function',
    source: 'own item: worse, same, better',
    rule: isBetter(({ physicalFunction }) => physicalFunction),
  },
  'better-standing-or-walking': {
    label: 'Standing or walking better',
    denominator: 'standing-walking',
    source: 'own item: worse, same, better; asked after mild only',
    rule: isBetter(({ standingWalking }) => standingWalking),
  },
  'much-improved-pgic': {
    label: 'Much or very much improved (PGIC 1 or 2)',
    denominator: 'pgic',
    source: `PGIC, derived from the CGI (Guy 1976); ${immpact}`,
    rule: ({ pgic }) => (pgic === undefined ? 'not-asked' : yesOrNo(pgic <= 2)),
  },
  'nrs-responder-30': {
    label: 'Pain score fallen by at least 30%',
    denominator: 'nrs',
    threshold: { kind: 'at-least', percent: 30 },
    source: `NRS 0-10; Farrar 2001, Pain 94:149-58; moderate in ${immpact}`,
    rule: nrsFallenBy(30),
  },
  'nrs-responder-50': {
    label: 'Pain score fallen by at least 50%',
    denominator: 'nrs',
    threshold: { kind: 'at-least', percent: 50 },
    source: `NRS 0-10; substantial in ${immpact}`,
    rule: nrsFallenBy(50),
  },
  'peg-responder-30': {
    label: 'PEG score fallen by at least 30%',
    denominator: 'peg',
    threshold: { kind: 'at-least', percent: 30 },
    source: 'PEG, Krebs 2009, J Gen Intern Med 24:733-8; 30% by analogy with IMMPACT',
    rule: pegFallenBy(30),
  },
};

/**
 * Returns the outcome of every measure, in the order of `measureIds`, including why a response is excluded from a
 * denominator, so exclusions can be reported.
 */
export const outcomesOf = (
  answers: Answers,
  baseline: Baseline | undefined,
): readonly { readonly measure: MeasureId; readonly outcome: MeasureOutcome }[] =>
  measureIds.map((measure) => ({ measure, outcome: measures[measure].rule(answers, baseline) }));
