import type { ClaimDefinition } from './claim-definitions.ts';
import type { Cell, CellTimepoint, Counter, Scope } from './contribution.ts';
import { type MonthlyAnswers, responseRateShown } from './disclosure.ts';
import { isWithin, type Period, reportingPeriod } from './reporting-window.ts';
import type { CohortMonth, LocalDate } from './time.ts';

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
const fewestAnswers = (
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
    responseRate: responseRateShown(fewestAnswers(definition, definitions, cells, period), eligible),
    months: monthsOf(answers).map((month) => ({
      month,
      answered: countIn(
        answers.filter((cell) => cell.month === month),
        `${measure}:n`,
      ),
    })),
  };
};
