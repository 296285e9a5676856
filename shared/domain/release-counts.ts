import type { ClaimDefinition } from './claim-definitions.ts';
import type { Cell, CellTimepoint, Counter, Scope } from './contribution.ts';
import { type MonthlyAnswers, shownEligible } from './disclosure.ts';
import { isWithin, type Period, reportingPeriod } from './reporting-window.ts';
import type { CohortMonth, LocalDate } from './time.ts';

export type CellsByScope = ReadonlyMap<Scope, readonly Cell[]>;

/** The counts behind a claim, over the months it reports on. */
export type ClaimCounts = { readonly x: number; readonly n: number };

/** The counts behind a group of claims. */
export type GroupCounts = {
  readonly period: Period;
  /** All treated in the period, and those whose answers count; `shownEligible` is what figures are made with. */
  readonly eligible: number;
  readonly shownEligible: number;
  readonly responded: number;
  readonly months: MonthlyAnswers;
};

const countIn = (cells: readonly Cell[], counter: Counter): number =>
  cells.reduce((total, { counts }) => total + (counts[counter] ?? 0), 0);

const at = (cells: readonly Cell[], timepoint: CellTimepoint): readonly Cell[] =>
  cells.filter((cell) => cell.timepoint === timepoint);

const monthsOf = (cells: readonly Cell[]): readonly CohortMonth[] =>
  [...new Set(cells.map(({ month }) => month))].sort();

/**
 * Takes a definition, the cells and a date, gives the counts of the definition's group in the latest closed
 * months, at most as many as it reports on; undefined when no month with a patient in it has closed.
 */
export const groupCountsOf = (
  { scope, timepoint, measure, months }: ClaimDefinition,
  cells: CellsByScope,
  today: LocalDate,
): GroupCounts | undefined => {
  const own = cells.get(scope) ?? [];
  const treated = at(own, 'enrolled').filter(({ counts }) => (counts.eligible ?? 0) > 0);
  const period = reportingPeriod(today, timepoint, months, monthsOf(treated)[0]);
  if (period === undefined) return undefined;
  const enrolled = treated.filter(({ month }) => isWithin(month, period));
  const answers = at(own, timepoint).filter(({ month }) => isWithin(month, period));
  const eligible = countIn(enrolled, 'eligible');
  const responded = countIn(answers, 'counted');
  return {
    period,
    eligible,
    shownEligible: shownEligible(responded, eligible),
    responded,
    months: monthsOf(answers).map((month) => ({
      month,
      answered: countIn(
        answers.filter((cell) => cell.month === month),
        `${measure}:n`,
      ),
    })),
  };
};

/** Takes a definition, the cells and a period, gives x and n of its measure in that period. */
export const claimCountsOf = (
  { scope, timepoint, measure }: ClaimDefinition,
  cells: CellsByScope,
  period: Period,
): ClaimCounts => {
  const answers = at(cells.get(scope) ?? [], timepoint).filter(({ month }) => isWithin(month, period));
  return { x: countIn(answers, `${measure}:x`), n: countIn(answers, `${measure}:n`) };
};
