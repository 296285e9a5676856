import type { CohortMonth } from '../../platform/time.ts';
import { wholeQuotient } from '../claims/statistics.ts';

/**
 * No count from 1 to 10 is ever shown or can be worked out (CMS cell suppression policy, ResDAC, 2024). A zero
 * counts as small here, although that policy allows it: "all of them" and "none of them" say something about
 * everybody who answered.
 */
export const minCount = 11;

/** Numbers of answers are shown in these bands, by their first number. The last has no end. */
const bandStarts = [30, 50, 100, 200, 500, 1000, 2000, 5000, 10_000] as const;

/** The numbers that a band stands for, both included; the open band is taken to end at twice its start. */
export type Band = { readonly label: string; readonly low: number; readonly high: number };

export const bands: readonly Band[] = bandStarts.map((low, index) => {
  const next = bandStarts[index + 1];
  return next === undefined
    ? { label: `${low}+`, low, high: 2 * low }
    : { label: `${low}-${next - 1}`, low, high: next - 1 };
});

/** Takes a count, gives its band, or undefined when it is too small to have one. */
export const bandFor = (count: number): Band | undefined => bands.findLast(({ low }) => count >= low);

/** Takes a band's label, gives the band, or undefined when there is none such. */
export const bandOf = (label: string): Band | undefined => bands.find((band) => band.label === label);

/** Why a claim cannot be shown: for operations only, because some of these say which count is small. */
export type SmallReason = 'too-few-answers' | 'small-count' | 'small-complement' | 'small-nested-difference';

type Question = {
  readonly x: number;
  readonly n: number;
  readonly minimums: { readonly answered: number; readonly smallCell: number };
  /** Those counted in the claim that this one is nested in. */
  readonly outerX?: number;
};

/** The rules in the order they are tried: what is too small, and the reason it gives. */
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
 * Takes x of n, the minimums and the count of the claim around it, gives the first reason not to show it, or
 * `publishable`: at least 30 answers, and at least 11 with the outcome, without it, and in between.
 */
export const disclosureOf = (question: Question): 'publishable' | SmallReason =>
  rules.find(({ isSmall }) => isSmall(question))?.reason ?? 'publishable';

/** Takes what `disclosureOf` takes, gives each rule that applies and whether it is met. */
export const ruleResultsOf = (
  question: Question,
): readonly { readonly reason: SmallReason; readonly met: boolean }[] =>
  rules
    .filter(({ reason }) => reason !== 'small-nested-difference' || question.outerX !== undefined)
    .map(({ reason, isSmall }) => ({ reason, met: !isSmall(question) }));

/** Response rates are shown in steps of this many percent, rounded down. */
export const rateStep = 5;

/**
 * Takes those who answered and those eligible, gives the response rate shown, in percent: rounded down to a step
 * of 5, and as if at least 11 had not answered. A little low, and coarse enough to go with every number who may
 * have answered; a whole percent would rule out many of them, and tell two questions' numbers apart.
 */
export const responseRateShown = (answered: number, eligible: number): number =>
  rateStep * wholeQuotient((100 / rateStep) * answered, Math.max(eligible, answered + minCount));

/** Patients who answered, by cohort month. */
export type MonthlyAnswers = readonly { readonly month: CohortMonth; readonly answered: number }[];

export type Movement = 'moves' | 'too-few-new' | 'few-left';

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/**
 * Takes the answers by month behind a group's last release, and those now, says whether the group may move: at
 * least 11 patients are new, and none or at least 11 are gone. A late answer counts in its month, so months
 * that both have are compared too. Withdrawals alone bring nobody new and so never move anything.
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
