import type { CohortMonth } from '../../platform/time.ts';
import { wholeQuotient } from '../claims/statistics.ts';

/**
 * Minimum count of patients. No count from 1 to 10 may be shown or inferred (CMS cell suppression policy, ResDAC,
 * 2024). Zero also counts as small here, although that policy allows it: "all of them" and "none of them" reveal
 * something about every patient who answered.
 */
export const minCount = 11;

/** Lower ends of the bands in which numbers of answers are shown. The last band is open. */
const bandStarts = [30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;

/** A band from `low` to `high`, both inclusive. The open band is assumed to end at twice its start. */
export type Band = { readonly label: string; readonly low: number; readonly high: number };

export const bands: readonly Band[] = bandStarts.map((low, index) => {
  const next = bandStarts[index + 1];
  return next === undefined
    ? { label: `${low}+`, low, high: 2 * low }
    : { label: `${low}-${next - 1}`, low, high: next - 1 };
});

/** The band of a count; undefined when the count is below the lowest band. */
export const bandFor = (count: number): Band | undefined => bands.findLast(({ low }) => count >= low);

/** The band with a label; undefined when there is none. */
export const bandOf = (label: string): Band | undefined => bands.find((band) => band.label === label);

/** Why a claim cannot be shown. Internal only: some reasons reveal which count is small. */
export type SmallReason = 'too-few-answers' | 'small-count' | 'small-complement' | 'small-nested-difference';

type Question = {
  readonly x: number;
  readonly n: number;
  readonly minimums: { readonly answered: number; readonly smallCell: number };
  /** The x of the claim that this one is nested in. */
  readonly outerX?: number;
};

/** The rules in the order of evaluation. The first one broken gives the reason. */
const rules: readonly { readonly reason: SmallReason; readonly isSmall: (question: Question) => boolean }[] =
  [
    { reason: 'too-few-answers', isSmall: ({ n, minimums }) => n < minimums.answered },
    { reason: 'small-count', isSmall: ({ x, minimums }) => x < minimums.smallCell },
    { reason: 'small-complement', isSmall: ({ x, n, minimums }) => n - x < minimums.smallCell },
    {
      reason: 'small-nested-difference',
      isSmall: ({ x, outerX, minimums }) => outerX !== undefined && outerX - x < minimums.smallCell,
    },
  ];

/**
 * Returns the first reason not to show x of n, or `publishable` when all minimums are met: on the number of answers,
 * and on the patients with the outcome, without it, and between nested claims. The usual minimums are 30 answers and
 * 11 patients.
 */
export const disclosureOf = (question: Question): 'publishable' | SmallReason =>
  rules.find(({ isSmall }) => isSmall(question))?.reason ?? 'publishable';

/** Returns each rule that applies and whether it is met. */
export const ruleResultsOf = (
  question: Question,
): readonly { readonly reason: SmallReason; readonly met: boolean }[] =>
  rules
    .filter(({ reason }) => reason !== 'small-nested-difference' || question.outerX !== undefined)
    .map(({ reason, isSmall }) => ({ reason, met: !isSmall(question) }));

/** Response rates are shown in steps of this many percent, rounded down. */
export const rateStep = 5;

/**
 * The published response rate in percent: rounded down to a step of 5, and computed as if at least 11 patients had not
 * answered. It errs on the low side and is coarse enough to be consistent with every number of answers in the band. A
 * whole percentage would rule out many of those numbers and distinguish the answers to two questions.
 */
export const responseRateShown = (answered: number, eligible: number): number =>
  rateStep * wholeQuotient((100 / rateStep) * answered, Math.max(eligible, answered + minCount));

/** Patients who answered, by cohort month. */
export type MonthlyAnswers = readonly { readonly month: CohortMonth; readonly answered: number }[];

export type Movement = 'moves' | 'too-few-new' | 'few-left';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Decides whether a group may be updated, from the monthly answers behind its last release and those of today: at least
 * 11 patients must be new, and none or at least 11 gone. Months that both have are compared as well, since a late answer
 * counts in its month of treatment. Withdrawals alone add no patients, so they never update anything.
 */
export const movementOf = (before: MonthlyAnswers, now: MonthlyAnswers): Movement => {
  const months = [...new Set([...before, ...now].map(({ month }) => month))];
  const inMonth = (answers: MonthlyAnswers, month: CohortMonth): number =>
    sum(answers.filter((entry) => entry.month === month).map(({ answered }) => answered));
  const changes = months.map((month) => inMonth(now, month) - inMonth(before, month));
  const arrived = sum(changes.filter((change) => change > 0));
  const left = -sum(changes.filter((change) => change < 0));
  if (arrived < minCount) return 'too-few-new';
  return left === 0 || left >= minCount ? 'moves' : 'few-left';
};
