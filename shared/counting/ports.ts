import type { PatientId } from '../care/patient/ids.ts';
import type { PatientRecord } from '../care/patient/patient.ts';
import type { CellChange } from '../outcomes/cells/cells.ts';
import type { Contribution } from '../outcomes/cells/contribution.ts';

/**
 * What the counts hold of a patient, and how often that changed. A `closed` one belongs to a patient who is being
 * erased: the record is never counted again, and what the marker still holds is on its way to the residue.
 */
export type CountedMarker = {
  readonly revision: number;
  readonly contribution: Contribution;
  readonly closed?: true;
};

/** A patient's record and marker, from one consistent read. */
export type CountedRecord = { readonly record: PatientRecord; readonly marker?: CountedMarker };

/** Changes to counts, and the markers that prove they are made once. */
export type CountChange = {
  readonly patientId: PatientId;
  /** The marker's revision before the change; 0 when there is none yet. */
  readonly expectedRevision: number;
  readonly contribution: Contribution;
};

/** The one place where both tables are written together: markers in `care`, counters in `outcomes`. */
export type CountingStore = {
  readonly load: (patientId: PatientId) => Promise<CountedRecord>;
  readonly apply: (
    markers: readonly CountChange[],
    changes: readonly CellChange[],
  ) => Promise<'committed' | 'conflict'>;
};

/** Reads every patient's record and marker, in no order: for the daily proof that the counts are what they should be. */
export type CountingScan = { readonly patients: () => AsyncIterable<CountedRecord> };
