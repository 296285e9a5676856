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

/** A change to one cell: by how much each counter moves. Counters that stay are absent. */
export type CellChange = CellKey & { readonly changes: Counts };

const cellTimepoints: readonly CellTimepoint[] = ['enrolled', ...timepoints];

const isScope = (text: string): text is Scope => text === 'overall' || isFamilyId(text);

const isCellTimepoint = (text: string): text is CellTimepoint =>
  cellTimepoints.some((timepoint) => timepoint === text);

/** Takes any text, says whether it names a counter. */
export const isCounter = (text: string): text is Counter => counters.some((counter) => counter === text);

/** Takes a cell's key, gives it as one text. */
export const cellIdOf = ({ scope, month, timepoint }: CellKey): CellId =>
  `${scope}|${month}|${timepoint}` as const;

/** Takes any text, gives the key of the cell that it names, or undefined when it names none. */
export const cellKeyFrom = (text: string): CellKey | undefined => {
  const [scope = '', month = '', timepoint = '', ...rest] = text.split('|');
  return isScope(scope) && isCohortMonth(month) && isCellTimepoint(timepoint) && rest.length === 0
    ? { scope, month, timepoint }
    : undefined;
};

/** Takes a cell id, gives its key. Throws when the text is none, which its type rules out. */
export const cellKeyOf = (id: CellId): CellKey => {
  const key = cellKeyFrom(id);
  if (key === undefined) throw new Error('Not a cell id');
  return key;
};

/** Takes two sets of counts, gives their sum; counters that come to zero are left out. */
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

const nothing: ReadonlySet<Counter> = new Set();

/**
 * Takes what a patient added to the counts before and adds now, gives the changes that lead from one to the
 * other: +1 or -1 for each counter, ordered by cell id, without cells that stay as they are.
 */
export const differenceOf = (before: Contribution, after: Contribution): readonly CellChange[] =>
  [...new Set([...before.keys(), ...after.keys()])].sort().flatMap((id) => {
    const changes = changesBetween(before.get(id) ?? nothing, after.get(id) ?? nothing);
    return Object.keys(changes).length === 0 ? [] : [{ ...cellKeyOf(id), changes }];
  });
