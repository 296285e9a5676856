import type { FamilyId } from './families.ts';
import type { CohortMonth, Timepoint } from './time.ts';

/** A family's own patients, or all patients once each, whatever was done to them. */
export type Scope = FamilyId | 'overall';

/** The funnel of one timepoint: who could have answered, and how far each got. */
export const funnelCounters = [
  'eligible',
  'reachable',
  'mailed',
  'delivered',
  'answered',
  'counted',
] as const;

/** The yes/no outcomes; `measures.ts` has the rule of each. */
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
