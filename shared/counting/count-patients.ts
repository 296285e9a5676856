import type { PatientId } from '../care/patient/ids.ts';
import { addCounts, type CellChange, cellIdOf, differenceOf } from '../outcomes/cells/cells.ts';
import type { CellId, Contribution } from '../outcomes/cells/contribution.ts';
import { type Tries, tryRepeatedly } from '../platform/contention.ts';
import { contributionOf } from './contribute.ts';
import type { CountChange, CountedRecord, CountingStore } from './ports.ts';

/** DynamoDB's maximum number of writes in one transaction. */
const maxWritesPerTransaction = 100;

/** Maximum number of cells per transaction: one write is the marker's. The rest follow in the next round. */
const maxCellsPerTransaction = maxWritesPerTransaction - 1;

const tries: Tries = { max: 12, firstMs: 20, maxMs: 2000 };

const nothing: Contribution = new Map();

type Change = {
  readonly marker: CountChange;
  readonly cells: readonly CellChange[];
  /** False when the record differs from its marker in more cells than fit in one transaction. */
  readonly isWhole: boolean;
};

/** Returns the contribution after bringing only some cells up to date. */
const counting = (before: Contribution, after: Contribution, cells: readonly CellChange[]): Contribution => {
  const mixed = new Map(before);
  for (const id of cells.map(cellIdOf)) {
    const counted = after.get(id);
    if (counted === undefined) mixed.delete(id);
    else mixed.set(id, counted);
  }
  return mixed;
};

const changeOf = ({ record, marker }: CountedRecord): Change | undefined => {
  if (marker?.closed === true) return undefined;
  const before = marker?.contribution ?? nothing;
  const after = contributionOf(record);
  const all = differenceOf(before, after);
  if (all.length === 0) return undefined;
  const cells = all.slice(0, maxCellsPerTransaction);
  const isWhole = cells.length === all.length;
  return {
    marker: {
      patientId: record.patientId,
      expectedRevision: marker?.revision ?? 0,
      contribution: isWhole ? after : counting(before, after, cells),
    },
    cells,
    isWhole,
  };
};

type Batch = { readonly markers: CountChange[]; readonly cells: Map<CellId, CellChange> };

const emptyBatch = (): Batch => ({ markers: [], cells: new Map() });

const sizeWith = ({ markers, cells }: Batch, change: Change): number =>
  markers.length + 1 + new Set([...cells.keys(), ...change.cells.map(cellIdOf)]).size;

const addTo = ({ markers, cells }: Batch, change: Change): void => {
  markers.push(change.marker);
  for (const cell of change.cells) {
    const id = cellIdOf(cell);
    const known = cells.get(id);
    cells.set(id, known === undefined ? cell : { ...cell, changes: addCounts(known.changes, cell.changes) });
  }
};

const batchesOf = (changes: readonly Change[]): readonly Batch[] => {
  const batches: Batch[] = [];
  for (const change of changes) {
    const last = batches.at(-1);
    const fits = last !== undefined && sizeWith(last, change) <= maxWritesPerTransaction;
    const batch = fits ? last : emptyBatch();
    if (!fits) batches.push(batch);
    addTo(batch, change);
  }
  return batches;
};

const hasChanges = ({ changes }: CellChange): boolean => Object.keys(changes).length > 0;

type Parts = { readonly counting: CountingStore };

/** `left`: patients not counted yet. `isBeaten`: a concurrent change was first; otherwise cells were left over. */
type Round = { readonly left: readonly PatientId[]; readonly isBeaten: boolean };

const countOnce = async (parts: Parts, patientIds: readonly PatientId[]): Promise<Round> => {
  const records = await Promise.all(patientIds.map((patientId) => parts.counting.load(patientId)));
  const changes = records.flatMap((record) => changeOf(record) ?? []);
  const left = new Set(changes.filter(({ isWhole }) => !isWhole).map(({ marker }) => marker.patientId));
  let isBeaten = false;
  for (const { markers, cells } of batchesOf(changes)) {
    const outcome = await parts.counting.apply(markers, [...cells.values()].filter(hasChanges));
    if (outcome === 'committed') continue;
    isBeaten = true;
    for (const { patientId } of markers) left.add(patientId);
  }
  return { left: [...left], isBeaten };
};

/**
 * Creates the use case that brings the counts up to date with some patients' records. It does not add what an event
 * reports: it compares what each record amounts to with what its marker has counted, and applies the difference
 * together with the new marker. Patients may be passed twice, late or out of order, and the counts come out the
 * same. Throws when concurrent changes win every attempt.
 */
export const countPatientsWith =
  (parts: Parts) =>
  async (patientIds: readonly PatientId[]): Promise<void> => {
    let left: readonly PatientId[] = [...new Set(patientIds)];
    await tryRepeatedly(
      async () => {
        let round: Round;
        do {
          round = await countOnce(parts, left);
          left = round.left;
        } while (left.length > 0 && !round.isBeaten);
        return left.length === 0 ? { outcome: 'done', result: undefined } : { outcome: 'again' };
      },
      tries,
      'The counts changed under every attempt to write them.',
    );
  };
