import type { CohortMonth, Timepoint } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { type MeasureId, measureIds } from '../../protocol/measures.ts';

/** The patients of one family, or all patients, each counted once whatever procedures they had. */
export type Scope = FamilyId | 'overall';

/** The funnel of one timepoint, from all who could have answered to those whose answers count. */
export const funnelCounters = [
  'eligible',
  'reachable',
  'emailed',
  'delivered',
  'answered',
  'counted',
] as const;

/**
 * Everything a cell counts. `n` counts the patients a measure can be decided for, `x` those it holds for. The order
 * is stored, as bits in a patient's marker: append, never reorder.
 */
export const counters = [
  ...funnelCounters,
  ...measureIds.flatMap((id) => [`${id}:n` as const, `${id}:x` as const]),
] as const;

export type Counter = (typeof funnelCounters)[number] | `${MeasureId}:n` | `${MeasureId}:x`;

/** `eligible` and `reachable` do not depend on the timepoint and are counted once, under `enrolled`. */
export type CellTimepoint = Timepoint | 'enrolled';

/** Counts for family x timepoint x cohort month. */
export type CellKey = {
  readonly scope: Scope;
  readonly month: CohortMonth;
  readonly timepoint: CellTimepoint;
};

export type Counts = Readonly<Partial<Record<Counter, number>>>;

export type Cell = CellKey & { readonly counts: Counts };

/** A cell key in text form, such as `overall|2026-03|3m`. Contributions are keyed by it. */
export type CellId = `${Scope}|${CohortMonth}|${CellTimepoint}`;

/** What one patient adds to the counts: for each cell, the counters that include the patient. */
export type Contribution = ReadonlyMap<CellId, ReadonlySet<Counter>>;
