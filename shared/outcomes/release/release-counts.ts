import { addDays, addOffset } from '../../platform/calendar.ts';
import { type CohortMonth, cohortMonthOf, type LocalDate, type Timepoint } from '../../platform/time.ts';
import { familyIds } from '../../protocol/families.ts';
import type { MeasureId } from '../../protocol/measures.ts';
import { allPlansOf, touchpointOf } from '../../protocol/plans.ts';
import {
  type Cell,
  type CellTimepoint,
  type Counter,
  funnelCounters,
  type Scope,
} from '../cells/contribution.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { type MonthlyAnswers, responseRateShown } from '../disclosure/disclosure.ts';
import type { GroupBasis } from './release-schema.ts';

/** Cohort months from first to last, both inclusive. */
export type Period = { readonly from: CohortMonth; readonly to: CohortMonth };

/**
 * The last day, in days after the service date, on which an answer counts for a timepoint, in any family and under any
 * version of its plan: episodes live under all of them.
 */
export const lastDayOf = (timepoint: Timepoint): number =>
  Math.max(
    ...familyIds
      .flatMap(allPlansOf)
      .flatMap((plan) => touchpointOf(plan, timepoint) ?? [])
      .map(({ window }) => window.closesDay),
  );

/** Moves a cohort month by whole months; negative numbers move it back. */
export const addMonths = (month: CohortMonth, months: number): CohortMonth =>
  cohortMonthOf(addOffset(`${month}-01`, { months }));

const lastDateOf = (month: CohortMonth): LocalDate => addDays(`${addMonths(month, 1)}-01`, -1);

const hasClosed = (month: CohortMonth, today: LocalDate, timepoint: Timepoint): boolean =>
  addDays(lastDateOf(month), lastDayOf(timepoint)) < today;

/**
 * The latest cohort month in which every patient's window for a timepoint has closed, including that of a patient
 * treated on the last day of the month. No patient who can still answer is counted as a non-responder.
 */
export const latestClosedMonth = (today: LocalDate, timepoint: Timepoint): CohortMonth => {
  const month = cohortMonthOf(addDays(today, -lastDayOf(timepoint) - 1));
  return hasClosed(month, today, timepoint) ? month : addMonths(month, -1);
};

/**
 * The latest closed cohort months, at most `maxMonths` of them and none before `first`, the first month with a patient.
 * Undefined when no month has closed.
 */
export const reportingPeriod = (
  today: LocalDate,
  timepoint: Timepoint,
  maxMonths: number,
  first: CohortMonth | undefined,
): Period | undefined => {
  const to = latestClosedMonth(today, timepoint);
  if (first === undefined || first > to) return undefined;
  const earliest = addMonths(to, 1 - maxMonths);
  return { from: first > earliest ? first : earliest, to };
};

export const isWithin = (month: CohortMonth, { from, to }: Period): boolean => month >= from && month <= to;

export type CellsByScope = ReadonlyMap<Scope, readonly Cell[]>;

/** The counts behind a claim, over the months it reports on. */
export type ClaimCounts = { readonly x: number; readonly n: number };

/** The counts behind a group of claims. */
export type GroupCounts = {
  readonly period: Period;
  /** Patients treated in the period, and those among them whose answers count. */
  readonly eligible: number;
  readonly responded: number;
  /** In percent, as published. */
  readonly responseRate: number;
  readonly months: MonthlyAnswers;
};

const countIn = (cells: readonly Cell[], counter: Counter): number =>
  cells.reduce((total, { counts }) => total + (counts[counter] ?? 0), 0);

const at = (cells: readonly Cell[], timepoint: CellTimepoint): readonly Cell[] =>
  cells.filter((cell) => cell.timepoint === timepoint);

const monthsOf = (cells: readonly Cell[]): readonly CohortMonth[] =>
  [...new Set(cells.map(({ month }) => month))].sort();

/** x and n of a claim's measure over a period. */
export const claimCountsOf = (
  { scope, timepoint, measure }: ClaimDefinition,
  cells: CellsByScope,
  period: Period,
): ClaimCounts => {
  const answers = at(cells.get(scope) ?? [], timepoint).filter(({ month }) => isWithin(month, period));
  return { x: countIn(answers, `${measure}:x`), n: countIn(answers, `${measure}:n`) };
};

/**
 * The minimum number of answers to any question of a scope that has enough of them to be shown. All claims of the scope
 * derive one response rate from it: the rate holds for each of them, and two different rates would reveal how many
 * patients skipped a question.
 */
const minAnswers = (
  definition: ClaimDefinition,
  definitions: readonly ClaimDefinition[],
  cells: CellsByScope,
  period: Period,
): number => {
  const answered = definitions
    .filter(({ scope, timepoint }) => scope === definition.scope && timepoint === definition.timepoint)
    .map((peer) => ({ n: claimCountsOf(peer, cells, period).n, minN: peer.minimums.answered }))
    .filter(({ n, minN }) => n >= minN)
    .map(({ n }) => n);
  return answered.length === 0 ? 0 : Math.min(...answered);
};

/**
 * The counts of a claim's group over the latest closed months, at most as many as the claim reports on. `definitions`
 * are all those in force. Undefined when no month with a patient has closed.
 */
export const groupCountsOf = (
  definition: ClaimDefinition,
  definitions: readonly ClaimDefinition[],
  cells: CellsByScope,
  today: LocalDate,
): GroupCounts | undefined => {
  const { scope, timepoint, measure, months } = definition;
  const own = cells.get(scope) ?? [];
  const treated = at(own, 'enrolled').filter(({ counts }) => (counts.eligible ?? 0) > 0);
  const period = reportingPeriod(today, timepoint, months, monthsOf(treated)[0]);
  if (period === undefined) return undefined;
  const answers = at(own, timepoint).filter(({ month }) => isWithin(month, period));
  const eligible = countIn(
    treated.filter(({ month }) => isWithin(month, period)),
    'eligible',
  );
  return {
    period,
    eligible,
    responded: countIn(answers, 'counted'),
    responseRate: responseRateShown(minAnswers(definition, definitions, cells, period), eligible),
    months: monthsOf(answers).map((month) => ({
      month,
      answered: countIn(
        answers.filter((cell) => cell.month === month),
        `${measure}:n`,
      ),
    })),
  };
};

/** Counts of a group that decide nothing but explain the figures: the funnel, and x and n by other definitions. */
export type GroupEvidence = NonNullable<GroupBasis['evidence']>;

/**
 * Improvement by other definitions, from the widest to the narrowest. Each but the last has the same denominator as the
 * one before it and is nested in it. A claim that only one of them supports depends on its definition.
 */
export const stripMeasures = [
  'improved',
  'improved-at-least-30',
  'improved-at-least-half',
  'improved-over-half',
  'much-improved-pgic',
] as const satisfies readonly MeasureId[];

/** The evidence of a claim's group over a period. */
export const evidenceOf = (
  { scope, timepoint }: Pick<ClaimDefinition, 'scope' | 'timepoint'>,
  cells: CellsByScope,
  period: Period,
): GroupEvidence => {
  const own = (cells.get(scope) ?? []).filter(({ month }) => isWithin(month, period));
  const count = (counter: Counter): number =>
    countIn(
      own.filter((cell) => cell.timepoint === timepoint || cell.timepoint === 'enrolled'),
      counter,
    );
  return {
    period,
    funnel: funnelCounters.map((stage) => ({ stage, count: count(stage) })),
    strip: stripMeasures.map((measure) => ({
      measure,
      x: count(`${measure}:x`),
      n: count(`${measure}:n`),
    })),
  };
};
