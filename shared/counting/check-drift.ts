import type { PatientId } from '../care/patient/ids.ts';
import { addCounts, cellIdOf, cellKeyOf, differenceOf } from '../outcomes/cells/cells.ts';
import {
  type Cell,
  type CellId,
  type Contribution,
  type Counts,
  counters,
} from '../outcomes/cells/contribution.ts';
import type { CellStore } from '../outcomes/cells/ports.ts';
import { familyIds } from '../protocol/families.ts';
import { contributionOf } from './contribute.ts';
import type { CountedRecord, CountingScan } from './ports.ts';

/** The counts that a full recompute of every record gives, in order of cell id. */
export type Recount = {
  readonly patients: number;
  readonly cells: readonly Cell[];
  /** Patients whose marker differs from what their record amounts to: not counted yet, or counted wrongly. */
  readonly uncounted: readonly PatientId[];
};

/** A cell whose stored counts differ from the recomputed ones. */
export type CellDifference = { readonly id: CellId; readonly stored: Counts; readonly expected: Counts };

/** The stored counts compared with a full recompute. */
export type Comparison = Omit<Recount, 'cells'> & { readonly differences: readonly CellDifference[] };

/** The result of a proof: patients not counted yet, and cells that differ. */
export type DriftReport = {
  readonly patients: number;
  readonly uncounted: number;
  readonly differingCells: readonly CellId[];
};

/**
 * The stores that a proof reads. `residue` holds the counts of erased patients; absent where patients cannot be
 * erased.
 */
export type DriftParts = {
  readonly countingScan: CountingScan;
  readonly cells: CellStore;
  readonly residue?: CellStore;
};

const nothing: Contribution = new Map();

const countsOf = (counted: ReadonlySet<string>): Counts =>
  Object.fromEntries(counters.filter((counter) => counted.has(counter)).map((counter) => [counter, 1]));

const compareIds = (a: CellId, b: CellId): number => (a < b ? -1 : Number(a > b));

/**
 * Returns what a patient's record contributes; for a patient being erased, what has not moved to the residue yet.
 */
const amountsTo = ({ record, marker }: CountedRecord): Contribution =>
  marker?.closed === true ? marker.contribution : contributionOf(record);

/** Returns every cell in order of id, without cells that count nothing. */
export const storedCells = async (store: CellStore): Promise<readonly Cell[]> => {
  const scopes = [...familyIds, 'overall'] as const;
  const cells = (await Promise.all(scopes.map((scope) => store.cells(scope)))).flat();
  return cells
    .filter(({ counts }) => Object.keys(counts).length > 0)
    .toSorted((a, b) => compareIds(cellIdOf(a), cellIdOf(b)));
};

/** Recounts from every patient's record, and adds what erased patients left behind. */
export const recount = async (scan: CountingScan, residue?: CellStore): Promise<Recount> => {
  const cells = new Map<CellId, Counts>();
  const add = (id: CellId, counts: Counts): void => {
    cells.set(id, addCounts(cells.get(id) ?? {}, counts));
  };
  const uncounted: PatientId[] = [];
  let patients = 0;
  for await (const counted of scan.patients()) {
    patients += 1;
    const contribution = amountsTo(counted);
    if (differenceOf(counted.marker?.contribution ?? nothing, contribution).length > 0) {
      uncounted.push(counted.record.patientId);
    }
    for (const [id, names] of contribution) add(id, countsOf(names));
  }
  for (const cell of residue === undefined ? [] : await storedCells(residue)) {
    add(cellIdOf(cell), cell.counts);
  }
  return {
    patients,
    uncounted,
    cells: [...cells]
      .toSorted(([a], [b]) => compareIds(a, b))
      .map(([id, counts]) => ({ ...cellKeyOf(id), counts })),
  };
};

const isSameCounts = (a: Counts, b: Counts): boolean =>
  counters.every((counter) => (a[counter] ?? 0) === (b[counter] ?? 0));

/** Creates the use case that recounts everything and compares it with the stored counts, cell by cell. */
export const compareCountsWith = (parts: DriftParts) => async (): Promise<Comparison> => {
  const { cells, ...rest } = await recount(parts.countingScan, parts.residue);
  const expected = new Map(cells.map((cell) => [cellIdOf(cell), cell.counts]));
  const stored = new Map((await storedCells(parts.cells)).map((cell) => [cellIdOf(cell), cell.counts]));
  const ids = [...new Set([...expected.keys(), ...stored.keys()])].toSorted(compareIds);
  return {
    ...rest,
    differences: ids
      .map((id) => ({ id, stored: stored.get(id) ?? {}, expected: expected.get(id) ?? {} }))
      .filter((cell) => !isSameCounts(cell.stored, cell.expected)),
  };
};

/** Creates the use case that proves the counts: how many cells differ, and which. */
export const checkDriftWith = (parts: DriftParts) => async (): Promise<DriftReport> => {
  const { patients, uncounted, differences } = await compareCountsWith(parts)();
  return { patients, uncounted: uncounted.length, differingCells: differences.map(({ id }) => id) };
};

/** Sets a cell to the expected counts, unless it has changed since it was read. */
export type CellRepair = {
  readonly set: (difference: CellDifference) => Promise<'set' | 'changed-meanwhile'>;
};

/** `uncounted`: some patients must be counted first. `left`: cells that changed during the repair; try again. */
export type RepairedCells =
  | { readonly outcome: 'uncounted' }
  | { readonly outcome: 'repaired'; readonly set: readonly CellId[]; readonly left: readonly CellId[] };

const isSame = (a: Counts, b: Counts): boolean =>
  counters.every((counter) => (a[counter] ?? 0) === (b[counter] ?? 0));

/**
 * Creates the use case that corrects cells which are wrong although every patient's marker is right, such as after
 * a manual change. Records and cells are read one after the other while the system runs, so a difference must be
 * found twice, and a cell is set only if it has not changed since.
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
