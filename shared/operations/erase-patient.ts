import type { PatientId } from '../care/patient/ids.ts';
import type { CareStore, ErasedPatients } from '../care/patient/ports.ts';
import { countPatientsWith } from '../counting/count-patients.ts';
import type { CountChange, CountingStore } from '../counting/ports.ts';
import { type CellChange, differenceOf } from '../outcomes/cells/cells.ts';
import type { Contribution } from '../outcomes/cells/contribution.ts';
import type { Clock } from '../platform/ports.ts';
import type { UtcInstant } from '../platform/time.ts';

/** What erasing a patient takes. Each step can be repeated without harm. */
export type ErasureStore = ErasedPatients & {
  /** Whether anything is stored in the patient's partition. */
  readonly holds: (patientId: PatientId) => Promise<boolean>;
  /** Remembers that the patient is erased; gives when that was first done. */
  readonly remember: (patientId: PatientId, at: UtcInstant) => Promise<UtcInstant>;
  /** Writes the patient's marker as closed and adds to the residue, in one transaction. The counters stay. */
  readonly close: (marker: CountChange, residue: readonly CellChange[]) => Promise<'committed' | 'conflict'>;
  /** Removes everything of the partition but the marker, the profile first. Gives how many items. */
  readonly removeRecord: (patientId: PatientId) => Promise<number>;
  /** Removes the links of all emails to the patient. Gives how many. */
  readonly removeLinks: (patientId: PatientId) => Promise<number>;
  /** Removes the closed marker. */
  readonly removeMarker: (patientId: PatientId) => Promise<void>;
};

/** What became of a request to erase. `at`: when it was first asked for; zero items and links: nothing was left. */
export type Erasure =
  | { readonly outcome: 'erased'; readonly at: UtcInstant; readonly items: number; readonly links: number }
  | { readonly outcome: 'not-found' };

export type ErasureParts = {
  readonly store: CareStore;
  readonly counting: CountingStore;
  readonly erasure: ErasureStore;
  readonly clock: Clock;
};

/** One transaction takes 100 writes; one of them is the marker's. */
const maxCellsPerTransaction = 99;

const maxAttempts = 100;

const nothing: Contribution = new Map();

/**
 * Closes the patient's marker and moves what it holds to the residue. The marker and the residue change in one
 * transaction, and a closed marker is never counted again, so at every moment the counters are the patients'
 * contributions and the residue together.
 */
const moveToResidue = async (parts: ErasureParts, patientId: PatientId): Promise<void> => {
  await countPatientsWith(parts)([patientId]);
  for (let attempt = 0; attempt < maxAttempts; attempt += 1) {
    const { marker } = await parts.counting.load(patientId);
    const held = marker?.contribution ?? nothing;
    if (marker?.closed === true && held.size === 0) return;
    const moving = [...held].slice(0, maxCellsPerTransaction);
    const closing = {
      patientId,
      expectedRevision: marker?.revision ?? 0,
      contribution: new Map([...held].slice(maxCellsPerTransaction)),
    };
    await parts.erasure.close(closing, differenceOf(nothing, new Map(moving)));
  }
  throw new Error('The counts changed under every attempt to write them.');
};

/**
 * Makes the use case that erases a patient: the record, the links in emails, and the marker that says what he or
 * she is counted in. The counts stay, as a residue that belongs to nobody. The steps stand in an order in which any
 * of them can be the last one done: run again, it goes on from there, and nothing is counted twice or lost.
 *
 * 1. Remember the erasure, under a hash: reports of the patient are refused from now on.
 * 2. Bring the counts up to date, close the marker, move what it holds to the residue.
 * 3. Remove the record, the profile first: nothing can be emailed any more.
 * 4. Remove the links: nothing can be opened any more.
 * 5. Write the audit trail, always under the moment of step 1.
 * 6. Remove the marker.
 */
export const erasePatientWith =
  (parts: ErasureParts) =>
  async (patientId: PatientId): Promise<Erasure> => {
    const { erasure, store, clock } = parts;
    const isStored = await erasure.holds(patientId);
    if (!isStored && !(await erasure.wasErased(patientId))) return { outcome: 'not-found' };
    const at = await erasure.remember(patientId, clock.now());
    if (isStored) await moveToResidue(parts, patientId);
    const items = await erasure.removeRecord(patientId);
    const links = await erasure.removeLinks(patientId);
    await store.commit([{ kind: 'audit', item: { patientId, at, action: 'erased' } }]);
    await erasure.removeMarker(patientId);
    return { outcome: 'erased', at, items, links };
  };
