import type { PatientId } from '../care/patient/ids.ts';
import type { PatientRecord } from '../care/patient/patient.ts';
import type { CellChange } from '../outcomes/cells/cells.ts';
import type { Contribution } from '../outcomes/cells/contribution.ts';

/**
 * What the counts hold of a patient, and the revision of that. A `closed` marker belongs to a patient being erased:
 * the record is never counted again, and what the marker still holds is moving to the residue.
 */
export type CountedMarker = {
  readonly revision: number;
  readonly contribution: Contribution;
  readonly closed?: true;
};

/** A patient's record and marker, from one consistent read. */
export type CountedRecord = { readonly record: PatientRecord; readonly marker?: CountedMarker };

/** A patient's new marker, which proves that the changes to the counts are made once. */
export type CountChange = {
  readonly patientId: PatientId;
  /** Revision of the marker before the change; 0 when there is none yet. */
  readonly expectedRevision: number;
  readonly contribution: Contribution;
};

/** The only place that writes to both tables at once: markers in `care`, counters in `outcomes`. */
export type CountingStore = {
  readonly load: (patientId: PatientId) => Promise<CountedRecord>;
  readonly apply: (
    markers: readonly CountChange[],
    changes: readonly CellChange[],
  ) => Promise<'committed' | 'conflict'>;
};

/** Reads every patient's record and marker, in no order: for the daily proof of the counts. */
export type CountingScan = { readonly patients: () => AsyncIterable<CountedRecord> };
