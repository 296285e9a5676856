import { type CellId, type Counts, counters } from '../domain/contribution.ts';
import type { CellDifference, Comparison } from './check-drift.ts';

/** Sets a cell to what it should be, unless it is no longer what it was. */
export type CellRepair = {
  readonly set: (difference: CellDifference) => Promise<'set' | 'changed-meanwhile'>;
};

/** `uncounted`: patients have to be counted first. `left`: cells that did not keep still; try again. */
export type RepairedCells =
  | { readonly outcome: 'uncounted' }
  | { readonly outcome: 'repaired'; readonly set: readonly CellId[]; readonly left: readonly CellId[] };

const isSame = (a: Counts, b: Counts): boolean =>
  counters.every((counter) => (a[counter] ?? 0) === (b[counter] ?? 0));

/**
 * Makes the use case that corrects cells which are wrong although every patient's marker is right, as after a
 * change by hand. Records and cells are read one after the other while the system runs, so a difference is
 * believed only when it is found twice, and a cell is set only if it still is what it was.
 */
export const repairCellsWith =
  (compare: () => Promise<Comparison>, repair: CellRepair) => async (): Promise<RepairedCells> => {
    const first = await compare();
    const second = await compare();
    if (first.uncounted.length > 0 || second.uncounted.length > 0) return { outcome: 'uncounted' };
    const set: CellId[] = [];
    const left: CellId[] = [];
    for (const difference of second.differences) {
      const { id, stored, expected } = difference;
      const isStable = first.differences.some(
        (other) => other.id === id && isSame(other.stored, stored) && isSame(other.expected, expected),
      );
      const isSet = isStable && (await repair.set(difference)) === 'set';
      (isSet ? set : left).push(id);
    }
    return { outcome: 'repaired', set, left };
  };
