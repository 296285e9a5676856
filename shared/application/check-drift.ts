import { addCounts, cellIdOf, cellKeyOf, differenceOf } from '../domain/cells.ts';
import { contributionOf } from '../domain/contribute.ts';
import { type Cell, type CellId, type Contribution, type Counts, counters } from '../domain/contribution.ts';
import { familyIds } from '../domain/families.ts';
import type { PatientRecord } from '../domain/patient.ts';
import type { CareScan, CellStore } from './ports.ts';

/** The counts as a full recompute from every record gives them, in the order of their cells' ids. */
export type Recount = {
  readonly patients: number;
  readonly cells: readonly Cell[];
  /** Patients whose marker does not say what their record amounts to: not counted yet, or wrongly. */
  readonly uncounted: readonly string[];
};

/** A cell whose stored counts are not the recomputed ones. */
export type CellDifference = { readonly id: CellId; readonly stored: Counts; readonly expected: Counts };

/** The stored counts held against a full recompute. */
export type Comparison = Omit<Recount, 'cells'> & { readonly differences: readonly CellDifference[] };

/** Cells whose stored counts are not the recomputed ones. */
export type DriftReport = {
  readonly patients: number;
  readonly uncounted: number;
  readonly differingCells: readonly CellId[];
};

/** What a proof of the counts reads. `residue` holds the counts of erased patients; absent where nobody can be. */
export type DriftParts = {
  readonly scan: CareScan;
  readonly cells: CellStore;
  readonly residue?: CellStore;
};

const nothing: Contribution = new Map();

const countsOf = (counted: ReadonlySet<string>): Counts =>
  Object.fromEntries(counters.filter((counter) => counted.has(counter)).map((counter) => [counter, 1]));

const compareIds = (a: CellId, b: CellId): number => (a < b ? -1 : Number(a > b));

/** Of a patient who is being erased, what has not yet gone to the residue. */
const amountsTo = (record: PatientRecord): Contribution =>
  record.counted?.closed === true ? record.counted.contribution : contributionOf(record);

/** Takes the store of counts, gives every cell, in the order of their ids, without cells that count nothing. */
export const storedCells = async (store: CellStore): Promise<readonly Cell[]> => {
  const scopes = [...familyIds, 'overall'] as const;
  const cells = (await Promise.all(scopes.map((scope) => store.cells(scope)))).flat();
  return cells
    .filter(({ counts }) => Object.keys(counts).length > 0)
    .toSorted((a, b) => compareIds(cellIdOf(a), cellIdOf(b)));
};

/** Reads every patient's record and counts from nothing; what erased patients left behind is added. */
export const recount = async (scan: CareScan, residue?: CellStore): Promise<Recount> => {
  const cells = new Map<CellId, Counts>();
  const add = (id: CellId, counts: Counts): void => {
    cells.set(id, addCounts(cells.get(id) ?? {}, counts));
  };
  const uncounted: string[] = [];
  let patients = 0;
  for await (const record of scan.patients()) {
    patients += 1;
    const contribution = amountsTo(record);
    if (differenceOf(record.counted?.contribution ?? nothing, contribution).length > 0) {
      uncounted.push(record.patientId);
    }
    for (const [id, counted] of contribution) add(id, countsOf(counted));
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

/** Makes the use case that counts everything from nothing and compares it with what is stored, cell by cell. */
export const compareCountsWith = (parts: DriftParts) => async (): Promise<Comparison> => {
  const { cells, ...rest } = await recount(parts.scan, parts.residue);
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

/** Makes the use case that proves the counts: how many are not what they should be, and in which cells. */
export const checkDriftWith = (parts: DriftParts) => async (): Promise<DriftReport> => {
  const { patients, uncounted, differences } = await compareCountsWith(parts)();
  return { patients, uncounted: uncounted.length, differingCells: differences.map(({ id }) => id) };
};
