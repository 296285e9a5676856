import type { UtcInstant } from '../../platform/time.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { Pause } from '../emailing/pause.ts';
import type { CareWrite, StaffNotice } from './care-writes.ts';
import type { EpisodeKey } from './episode.ts';
import type { PatientId, TokenHash } from './ids.ts';
import type { Link, PatientRecord } from './patient.ts';

/** An entry of the due index: it suggests an episode; the episode itself decides. */
export type DueEntry = EpisodeKey & { readonly nextDueAt: UtcInstant };

/** The people's table. */
export type CareStore = {
  /** All that is stored of one patient, read consistently; an empty record when nothing is. */
  readonly load: (patientId: PatientId) => Promise<PatientRecord>;
  /**
   * Writes all or nothing. Each write is conditional on the revision before it, so two that read the same
   * state cannot both win: the loser gets `conflict`, reads again and decides again.
   */
  readonly commit: (writes: readonly CareWrite[]) => Promise<'committed' | 'conflict'>;
  /** Notes that an email of a touchpoint arrived, by the rule of `withDelivery`, without reading the record. */
  readonly noteDelivery: (
    key: EpisodeKey,
    touchpoint: TouchpointId,
  ) => Promise<'recorded' | 'nothing-to-record'>;
  /** Entries of one shard due at or before `until`, oldest first, at most `limit`. */
  readonly due: (shard: number, until: UtcInstant, limit: number) => Promise<readonly DueEntry[]>;
  /** The email that a token came with; undefined when there is none or it was deleted. */
  readonly findLink: (tokenHash: TokenHash) => Promise<Link | undefined>;
};

/** Where it is written what operations has paused. */
export type PauseStore = {
  readonly read: () => Promise<Pause | undefined>;
  readonly write: (pause: Pause) => Promise<void>;
  readonly clear: () => Promise<void>;
};

/** Reads every patient's record, in no order: for the daily proof that the counts are what they should be. */
export type CareScan = { readonly patients: () => AsyncIterable<PatientRecord> };

/** Knows who was erased, by a hash of the id. */
export type ErasedPatients = { readonly wasErased: (patientId: PatientId) => Promise<boolean> };

/** Notices for staff from an instant on, oldest first. */
export type NoticeStore = { readonly since: (at: UtcInstant) => Promise<readonly StaffNotice[]> };
