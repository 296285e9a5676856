import type { Cell, Counter, Scope } from '../../../shared/outcomes/cells/contribution.ts';
import { type CohortMonth, cohortMonth } from '../../../shared/platform/time.ts';
import { type MeasureId, measureIds } from '../../../shared/protocol/measures.ts';

/** A month of a synthetic clinic: patients treated, answers at 3 months, and x by measure. */
export type Month = {
  readonly month: CohortMonth;
  readonly eligible: number;
  readonly answered: number;
  readonly held: Readonly<Partial<Record<MeasureId, number>>>;
};

export const cellsOf = (scope: Scope, months: readonly Month[]): readonly Cell[] =>
  months.flatMap(({ month, eligible, answered, held }): readonly Cell[] => {
    const counts: Partial<Record<Counter, number>> = { answered, counted: answered };
    for (const measure of measureIds) {
      const x = held[measure];
      if (x === undefined) continue;
      counts[`${measure}:n`] = answered;
      counts[`${measure}:x`] = x;
    }
    return [
      { scope, month, timepoint: 'enrolled', counts: { eligible, reachable: eligible } },
      { scope, month, timepoint: '3m', counts },
    ];
  });

/** Identical months of facet injections. `first` is a month of 2025, counted from 1. */
export const facetMonths = (
  first: number,
  count: number,
  { eligible = 60, answered = 40, improved = 30, overHalf = 15 } = {},
): readonly Month[] =>
  Array.from({ length: count }, (_, index) => ({
    month: cohortMonth(new Date(Date.UTC(2025, first - 1 + index, 1)).toISOString().slice(0, 7)),
    eligible,
    answered,
    held: { improved, 'improved-over-half': overHalf },
  }));
