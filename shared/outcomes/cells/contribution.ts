import type { CohortMonth, Timepoint } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { type MeasureId, measureIds } from '../../protocol/measures.ts';

/** A family's own patients, or all patients once each, whatever was done to them. */
export type Scope = FamilyId | 'overall';

/** The funnel of one timepoint: who could have answered, and how far each got. */
export const funnelCounters = [
  'eligible',
  'reachable',
  'emailed',
  'delivered',
  'answered',
  'counted',
] as const;

/**
 * Everything a cell counts. `x` is those a measure holds for, `n` those it can be decided for. The order is
 * stored (as bits in a patient's marker): append, never reorder.
 */
export const counters = [
  ...funnelCounters,
  ...measureIds.flatMap((id) => [`${id}:n` as const, `${id}:x` as const]),
] as const;

export type Counter = (typeof funnelCounters)[number] | `${MeasureId}:n` | `${MeasureId}:x`;

/** `eligible` and `reachable` do not depend on the timepoint: they stand once, under `enrolled`. */
export type CellTimepoint = Timepoint | 'enrolled';

/** Counts for family x timepoint x cohort month. */
export type CellKey = {
  readonly scope: Scope;
  readonly month: CohortMonth;
  readonly timepoint: CellTimepoint;
};

export type Counts = Readonly<Partial<Record<Counter, number>>>;

export type Cell = CellKey & { readonly counts: Counts };

/** A cell key as one text, `overall|2026-03|3m`: the way a contribution is keyed. */
export type CellId = `${Scope}|${CohortMonth}|${CellTimepoint}`;

/** What one patient adds to the counts: for each cell, the counters that he or she is one of. */
export type Contribution = ReadonlyMap<CellId, ReadonlySet<Counter>>;
