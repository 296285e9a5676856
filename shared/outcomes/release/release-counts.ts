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

/** Cohort months, first and last, both included. */
export type Period = { readonly from: CohortMonth; readonly to: CohortMonth };

/**
 * Returns the last day after a service date on which an answer counts for a timepoint, in any family and under any
 * version of its plan: episodes live under all of them.
 */
export const lastDayOf = (timepoint: Timepoint): number =>
  Math.max(
    ...familyIds
      .flatMap(allPlansOf)
      .flatMap((plan) => touchpointOf(plan, timepoint) ?? [])
      .map(({ window }) => window.closesDay),
  );

/** Takes a cohort month and whole months (negative: earlier), gives the month as many months later. */
export const addMonths = (month: CohortMonth, months: number): CohortMonth =>
  cohortMonthOf(addOffset(`${month}-01`, { months }));

const lastDateOf = (month: CohortMonth): LocalDate => addDays(`${addMonths(month, 1)}-01`, -1);

const hasClosed = (month: CohortMonth, today: LocalDate, timepoint: Timepoint): boolean =>
  addDays(lastDateOf(month), lastDayOf(timepoint)) < today;

/**
 * Takes a date and a timepoint, gives the latest cohort month in which every patient's window at that timepoint
 * has closed: also that of a patient treated on the month's last day. So nobody is counted as silent who could
 * still answer.
 */
export const latestClosedMonth = (today: LocalDate, timepoint: Timepoint): CohortMonth => {
  const candidate = cohortMonthOf(addDays(today, -lastDayOf(timepoint) - 1));
  return hasClosed(candidate, today, timepoint) ? candidate : addMonths(candidate, -1);
};

/**
 * Takes a date, a timepoint, the most cohort months to report on and the first month with a patient in it, gives
 * the latest whole cohort months that have closed; undefined when none has.
 */
export const reportingPeriod = (
  today: LocalDate,
  timepoint: Timepoint,
  months: number,
  first: CohortMonth | undefined,
): Period | undefined => {
  const to = latestClosedMonth(today, timepoint);
  if (first === undefined || first > to) return undefined;
  const earliest = addMonths(to, 1 - months);
  return { from: first > earliest ? first : earliest, to };
};

/** Takes a month and a period, says whether the month is in it. */
export const isWithin = (month: CohortMonth, { from, to }: Period): boolean => month >= from && month <= to;

export type CellsByScope = ReadonlyMap<Scope, readonly Cell[]>;

/** The counts behind a claim, over the months it reports on. */
export type ClaimCounts = { readonly x: number; readonly n: number };

/** The counts behind a group of claims. */
export type GroupCounts = {
  readonly period: Period;
  /** All treated in the period, and those whose answers count. */
  readonly eligible: number;
  readonly responded: number;
  /** In percent, as shown. */
  readonly responseRate: number;
  readonly months: MonthlyAnswers;
};

const countIn = (cells: readonly Cell[], counter: Counter): number =>
  cells.reduce((total, { counts }) => total + (counts[counter] ?? 0), 0);

const at = (cells: readonly Cell[], timepoint: CellTimepoint): readonly Cell[] =>
  cells.filter((cell) => cell.timepoint === timepoint);

const monthsOf = (cells: readonly Cell[]): readonly CohortMonth[] =>
  [...new Set(cells.map(({ month }) => month))].sort();

/** Takes a definition, the cells and a period, gives x and n of its measure in that period. */
export const claimCountsOf = (
  { scope, timepoint, measure }: ClaimDefinition,
  cells: CellsByScope,
  period: Period,
): ClaimCounts => {
  const answers = at(cells.get(scope) ?? [], timepoint).filter(({ month }) => isWithin(month, period));
  return { x: countIn(answers, `${measure}:x`), n: countIn(answers, `${measure}:n`) };
};

/**
 * The fewest who answered any of the questions that something can be shown of. All claims of a scope get the
 * same response rate from it: it holds for each of them, and two rates would tell who skipped a question.
 */
const minAnswers = (
  definition: ClaimDefinition,
  definitions: readonly ClaimDefinition[],
  cells: CellsByScope,
  period: Period,
): number => {
  const answered = definitions
    .filter(({ scope, timepoint }) => scope === definition.scope && timepoint === definition.timepoint)
    .map((peer) => ({ n: claimCountsOf(peer, cells, period).n, least: peer.minimums.answered }))
    .filter(({ n, least }) => n >= least)
    .map(({ n }) => n);
  return answered.length === 0 ? 0 : Math.min(...answered);
};

/**
 * Takes a definition, all those in force, the cells and a date, gives the counts of the definition's group in
 * the latest closed months, at most as many as it reports on; undefined when no month with a patient has closed.
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

/** The counts behind a group beyond those that decide: how far patients got, and how else they could be counted. */
export type GroupEvidence = NonNullable<GroupBasis['evidence']>;

/**
 * Improvement by other definitions, from the widest to the narrowest: each but the last has the same patients
 * below the line and is nested in the one before it. A claim that only one of them supports stands on its definition.
 */
export const stripMeasures = [
  'improved',
  'improved-at-least-30',
  'improved-at-least-half',
  'improved-over-half',
  'much-improved-pgic',
] as const satisfies readonly MeasureId[];

const sumOf = (cells: readonly Cell[], counter: Counter): number =>
  cells.reduce((total, { counts }) => total + (counts[counter] ?? 0), 0);

/** Takes a definition, the cells and a period, gives the evidence of the definition's group in that period. */
export const evidenceOf = (
  { scope, timepoint }: Pick<ClaimDefinition, 'scope' | 'timepoint'>,
  cells: CellsByScope,
  period: Period,
): GroupEvidence => {
  const own = (cells.get(scope) ?? []).filter(({ month }) => isWithin(month, period));
  const count = (counter: Counter): number =>
    sumOf(
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
