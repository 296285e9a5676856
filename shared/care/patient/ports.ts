import type { UtcInstant } from '../../platform/time.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { Pause } from '../emailing/pause.ts';
import type { CareWrite, StaffNotice } from './care-writes.ts';
import type { EpisodeKey } from './episode.ts';
import type { PatientId, SourceId, TokenHash } from './ids.ts';
import type { Link, PatientRecord, RecordOwner } from './patient.ts';

/** An entry of the due index. It only suggests an episode; the episode itself decides. */
export type DueEntry = EpisodeKey & { readonly nextDueAt: UtcInstant };

/** What became of a commit; only `committed` wrote anything. */
export type Committed = 'committed' | 'conflict' | 'erased';

/** The table of people. */
export type CareStore = {
  /** Everything stored about one patient, by a consistent read; an empty record when there is nothing. */
  readonly load: (patientId: PatientId) => Promise<PatientRecord>;
  /**
   * Writes all or nothing. Each write is conditional on the revision before it, so of two writers that read the
   * same state only one wins: the other gets `conflict`, reads again and decides again. Nothing is ever written about
   * an erased patient: the writer gets `erased`, or a `conflict` while the erasure is under way. Throws a busy error
   * when the store cannot take a write now.
   */
  readonly commit: (writes: readonly CareWrite[]) => Promise<Committed>;
  /** Notes the delivery of an email, once, without reading the record. */
  readonly noteDelivery: (
    key: EpisodeKey,
    touchpoint: TouchpointId,
  ) => Promise<'recorded' | 'nothing-to-record'>;
  /** Entries of one shard due at or before `until`, oldest first, at most `limit`. */
  readonly due: (shard: number, until: UtcInstant, limit: number) => Promise<readonly DueEntry[]>;
  /** The link of a token; undefined when there is none or it was deleted. */
  readonly findLink: (tokenHash: TokenHash) => Promise<Link | undefined>;
  /** The patient whose procedure record this is, by a consistent read; undefined for an unknown record. */
  readonly findOwner: (sourceId: SourceId) => Promise<RecordOwner | undefined>;
};

/** The store of the pause set by operations. */
export type PauseStore = {
  readonly read: () => Promise<Pause | undefined>;
  readonly write: (pause: Pause) => Promise<void>;
  readonly clear: () => Promise<void>;
};

/** Reads every patient's record, in no order: for the worklist. */
export type CareScan = { readonly patients: () => AsyncIterable<PatientRecord> };

/** The look-up of erased patients, by a hash of the id. */
export type ErasedPatients = { readonly wasErased: (patientId: PatientId) => Promise<boolean> };

/** Staff notices since an instant, oldest first. */
export type NoticeStore = { readonly since: (at: UtcInstant) => Promise<readonly StaffNotice[]> };

/** An item as stored. */
export type StoredItem = Readonly<Record<string, unknown>>;
