import type { ClaimDefinition } from './claim-definitions.ts';
import { type Cell, type Counter, funnelCounters, type MeasureId } from './contribution.ts';
import type { CellsByScope } from './release-counts.ts';
import type { GroupBasis } from './release-schema.ts';
import { isWithin, type Period } from './reporting-window.ts';

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
