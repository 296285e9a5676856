import { addCounts, cellIdOf, cellKeyOf, differenceOf } from '../domain/cells.ts';
import { contributionOf } from '../domain/contribute.ts';
import { type Cell, type CellId, type Contribution, type Counts, counters } from '../domain/contribution.ts';
import { familyIds } from '../domain/families.ts';
import type { CareScan, CellStore } from './ports.ts';

/** The counts as a full recompute from every record gives them, in the order of their cells' ids. */
export type Recount = {
  readonly patients: number;
  readonly cells: readonly Cell[];
  /** Patients whose marker does not say what their record amounts to: not counted yet, or wrongly. */
  readonly uncounted: readonly string[];
};

/** Cells whose stored counts are not the recomputed ones. */
export type DriftReport = {
  readonly patients: number;
  readonly uncounted: number;
  readonly differingCells: readonly CellId[];
};

const nothing: Contribution = new Map();

const countsOf = (counted: ReadonlySet<string>): Counts =>
  Object.fromEntries(counters.filter((counter) => counted.has(counter)).map((counter) => [counter, 1]));

const compareIds = (a: CellId, b: CellId): number => (a < b ? -1 : Number(a > b));

/** Reads every patient's record and counts from nothing. */
export const recount = async (scan: CareScan): Promise<Recount> => {
  const cells = new Map<CellId, Counts>();
  const uncounted: string[] = [];
  let patients = 0;
  for await (const record of scan.patients()) {
    patients += 1;
    const contribution = contributionOf(record);
    if (differenceOf(record.counted?.contribution ?? nothing, contribution).length > 0) {
      uncounted.push(record.patientId);
    }
    for (const [id, counted] of contribution) {
      cells.set(id, addCounts(cells.get(id) ?? {}, countsOf(counted)));
    }
  }
  return {
    patients,
    uncounted,
    cells: [...cells]
      .toSorted(([a], [b]) => compareIds(a, b))
      .map(([id, counts]) => ({ ...cellKeyOf(id), counts })),
  };
};

/** Takes the store of counts, gives every cell, in the order of their ids, without cells that count nothing. */
export const storedCells = async (store: CellStore): Promise<readonly Cell[]> => {
  const scopes = [...familyIds, 'overall'] as const;
  const cells = (await Promise.all(scopes.map((scope) => store.cells(scope)))).flat();
  return cells
    .filter(({ counts }) => Object.keys(counts).length > 0)
    .toSorted((a, b) => compareIds(cellIdOf(a), cellIdOf(b)));
};

const isSameCounts = (a: Counts, b: Counts): boolean =>
  counters.every((counter) => (a[counter] ?? 0) === (b[counter] ?? 0));

/** Makes the use case that proves the counts: a full recompute, compared with what is stored, cell by cell. */
export const checkDriftWith =
  (parts: { readonly scan: CareScan; readonly cells: CellStore }) => async (): Promise<DriftReport> => {
    const recomputed = await recount(parts.scan);
    const expected = new Map(recomputed.cells.map((cell) => [cellIdOf(cell), cell.counts]));
    const stored = new Map((await storedCells(parts.cells)).map((cell) => [cellIdOf(cell), cell.counts]));
    const ids = [...new Set([...expected.keys(), ...stored.keys()])].toSorted(compareIds);
    return {
      patients: recomputed.patients,
      uncounted: recomputed.uncounted.length,
      differingCells: ids.filter((id) => !isSameCounts(expected.get(id) ?? {}, stored.get(id) ?? {})),
    };
  };
