import { isCohortMonth, timepoints } from '../../platform/time.ts';
import { isFamilyId } from '../../protocol/families.ts';
import {
  type CellId,
  type CellKey,
  type CellTimepoint,
  type Contribution,
  type Counter,
  type Counts,
  counters,
  type Scope,
} from './contribution.ts';

/** A change to one cell: how much to add to each counter. Unchanged counters are absent. */
export type CellChange = CellKey & { readonly changes: Counts };

const cellTimepoints: readonly CellTimepoint[] = ['enrolled', ...timepoints];

export const isScope = (text: string): text is Scope => text === 'overall' || isFamilyId(text);

const isCellTimepoint = (text: string): text is CellTimepoint =>
  cellTimepoints.some((timepoint) => timepoint === text);

export const isCounter = (text: string): text is Counter => counters.some((counter) => counter === text);

export const cellIdOf = ({ scope, month, timepoint }: CellKey): CellId =>
  `${scope}|${month}|${timepoint}` as const;

/** Parses a cell id; undefined when the text is not one. */
export const cellKeyFrom = (text: string): CellKey | undefined => {
  const [scope = '', month = '', timepoint = '', ...rest] = text.split('|');
  return isScope(scope) && isCohortMonth(month) && isCellTimepoint(timepoint) && rest.length === 0
    ? { scope, month, timepoint }
    : undefined;
};

/** Parses a cell id. Throws on a malformed one, which the type rules out. */
export const cellKeyOf = (id: CellId): CellKey => {
  const key = cellKeyFrom(id);
  if (key === undefined) throw new Error('Not a cell id');
  return key;
};

/** Adds two sets of counts. Counters that sum to zero are omitted. */
export const addCounts = (left: Counts, right: Counts): Counts => {
  const sum: Partial<Record<Counter, number>> = {};
  for (const counter of counters) {
    const value = (left[counter] ?? 0) + (right[counter] ?? 0);
    if (value !== 0) sum[counter] = value;
  }
  return sum;
};

const changesBetween = (before: ReadonlySet<Counter>, after: ReadonlySet<Counter>): Counts => {
  const changes: Partial<Record<Counter, number>> = {};
  for (const counter of counters) {
    const change = Number(after.has(counter)) - Number(before.has(counter));
    if (change !== 0) changes[counter] = change;
  }
  return changes;
};

const noCounters: ReadonlySet<Counter> = new Set();

/**
 * Returns the changes that turn one contribution of a patient into another: +1 or -1 for each counter, ordered by
 * cell id. Unchanged cells are omitted.
 */
export const differenceOf = (before: Contribution, after: Contribution): readonly CellChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id) => {
    const changes = changesBetween(before.get(id) ?? noCounters, after.get(id) ?? noCounters);
    return Object.keys(changes).length === 0 ? [] : [{ ...cellKeyOf(id), changes }];
  });
