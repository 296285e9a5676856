import type { PatientId } from '../care/patient/ids.ts';
import type { ErasedPatients } from '../care/patient/ports.ts';
import { countPatientsWith } from '../counting/count-patients.ts';
import type { CountChange, CountingStore } from '../counting/ports.ts';
import { type CellChange, differenceOf } from '../outcomes/cells/cells.ts';
import type { Contribution } from '../outcomes/cells/contribution.ts';
import { failure } from '../platform/logging/errors.ts';
import type { Clock } from '../platform/ports.ts';
import type { UtcInstant } from '../platform/time.ts';

/** The steps of an erasure. Each can be repeated without harm. */
export type ErasureStore = ErasedPatients & {
  /** True when anything is stored in the patient's partition. */
  readonly holds: (patientId: PatientId) => Promise<boolean>;
  /** Records the erasure; returns when it was first recorded. */
  readonly remember: (patientId: PatientId, at: UtcInstant) => Promise<UtcInstant>;
  /** Closes the patient's marker and adds to the residue, in one transaction. The counters stay. */
  readonly close: (marker: CountChange, residue: readonly CellChange[]) => Promise<'committed' | 'conflict'>;
  /** Deletes the partition, the profile first, until a consistent read finds it empty. Returns the number of items. */
  readonly removeRecord: (patientId: PatientId) => Promise<number>;
  /** Deletes every item elsewhere that names the patient, such as the links of emails. Returns their number. */
  readonly removeLinks: (patientId: PatientId) => Promise<number>;
  /** Writes the audit trail: the only thing about an erased patient that is written after the erasure was recorded. */
  readonly note: (patientId: PatientId, at: UtcInstant) => Promise<void>;
};

/** The result of an erasure. `at`: when it was first requested; zero items and links: nothing was left. */
export type Erasure =
  | { readonly outcome: 'erased'; readonly at: UtcInstant; readonly items: number; readonly links: number }
  | { readonly outcome: 'not-found' };

export type ErasureParts = {
  readonly counting: CountingStore;
  readonly erasure: ErasureStore;
  readonly clock: Clock;
};

/** Maximum number of cells per transaction: of 100 writes one is the marker's. */
const maxCellsPerTransaction = 99;

const maxAttempts = 100;

const nothing: Contribution = new Map();

/**
 * Closes the patient's marker and moves what it holds to the residue. Marker and residue change in one transaction, and
 * a closed marker is never counted again, so at every moment the counters equal the patients' contributions and the
 * residue together.
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
 * Creates the use case that erases a patient: the record and the links in emails. The counts stay, as an anonymous
 * residue. The steps are ordered so that an erasure can stop after any of them: run again it resumes there, and
 * nothing is counted twice or lost.
 *
 * 1. Record the erasure, under a hash: from now on a write about the patient needs an item that is still there.
 * 2. Bring the counts up to date, close the marker, move what it holds to the residue. The closed marker stays, under a
 *    hash, so a counter that was on its way finds it.
 * 3. Delete the record until it is empty, the profile first: nothing can be emailed, opened or stored any more.
 * 4. Delete the links. None can come to be after step 3, because a link is stored together with its episode.
 * 5. Write the audit trail, always with the time of step 1.
 * 6. Read once more that nothing is left.
 */
export const erasePatientWith =
  (parts: ErasureParts) =>
  async (patientId: PatientId): Promise<Erasure> => {
    const { erasure, clock } = parts;
    const isStored = await erasure.holds(patientId);
    if (!isStored && !(await erasure.wasErased(patientId))) return { outcome: 'not-found' };
    const at = await erasure.remember(patientId, clock.now());
    if (isStored) await moveToResidue(parts, patientId);
    const items = await erasure.removeRecord(patientId);
    const links = await erasure.removeLinks(patientId);
    await erasure.note(patientId, at);
    if (await erasure.holds(patientId))
      throw failure('Something is stored again after an erasure. Run it again.');
    return { outcome: 'erased', at, items, links };
  };
