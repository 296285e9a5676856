import type { LocalDate, UtcInstant, ZoneId } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { PatientId, SourceId, TokenHash } from './ids.ts';

/** Where a touchpoint stands. `touchpoint-states.ts` says which event leads from which to which. */
export type TouchpointStatus = 'planned' | 'emailed' | 'answered' | 'lapsed' | 'skipped';

/** A touchpoint that something has happened to; one that nothing has happened to yet is not stored. */
export type TouchpointState = {
  readonly status: TouchpointStatus;
  /** Emails claimed for it: the invitation and its reminders. */
  readonly emails: number;
  readonly firstEmailOn?: LocalDate;
  readonly lastEmailOn?: LocalDate;
  /** True once the receiving email server took one of its emails. */
  readonly delivered?: boolean;
};

/** Why nothing more is sent. Those about an address end when a new address arrives; see `stopReasons`. */
export type StopReason = 'opted-out' | 'complained' | 'hard-bounce' | 'wrong-person' | 'no-address' | 'died';

export type EpisodeStatus = 'active' | 'finished' | 'stopped' | 'cancelled';

/** One patient, one family, one service date. The three together are its identity. */
export type Episode = {
  readonly patientId: PatientId;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  /** Counts the writes; a write is conditional on the number it read. */
  readonly revision: number;
  readonly status: EpisodeStatus;
  readonly zone: ZoneId;
  readonly planVersion: number;
  readonly enrolledAt: UtcInstant;
  /** Procedure records that started or confirmed it; it is cancelled when all are retracted. */
  readonly sources: readonly SourceId[];
  readonly touchpoints: Readonly<Partial<Record<TouchpointId, TouchpointState>>>;
  readonly baseline?: Baseline;
  /** The next planned email. Present only while something is pending: the due index holds what has it. */
  readonly nextDueAt?: UtcInstant;
  /** The last local date on which this episode emailed the patient, and on which it invited to a survey. */
  readonly lastEmailOn?: LocalDate;
  readonly lastInvitationOn?: LocalDate;
  /** The hash of the newest email's token, whichever touchpoint it was for; see `Link`. */
  readonly lastSendId?: TokenHash;
};

/** The part of an episode that names it. */
export type EpisodeKey = Pick<Episode, 'patientId' | 'family' | 'serviceDate'>;
