import type { LocalDate, UtcInstant, ZoneId } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { EpisodeId, PatientId, SourceId, TokenHash } from './ids.ts';

/** The status of a touchpoint; `transitions.ts` has every change of it. */
export type TouchpointStatus = 'planned' | 'emailed' | 'answered' | 'lapsed' | 'skipped';

/** The state of a touchpoint. It is stored from its first event on. */
export type TouchpointState = {
  readonly status: TouchpointStatus;
  /** Emails reserved for it: the invitation and its reminders. */
  readonly emails: number;
  readonly firstEmailOn?: LocalDate;
  readonly lastEmailOn?: LocalDate;
  /** True once the recipient's server accepted one of its emails. */
  readonly delivered?: boolean;
};

export type EpisodeStatus = 'active' | 'finished' | 'stopped' | 'cancelled';

/** One treatment of one patient. Its family, service date and zone can be corrected; its id stays. */
export type Episode = {
  readonly patientId: PatientId;
  readonly episodeId: EpisodeId;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  /** The number of writes so far; each write is conditional on the one it read. */
  readonly revision: number;
  readonly status: EpisodeStatus;
  readonly zone: ZoneId;
  readonly planVersion: number;
  readonly enrolledAt: UtcInstant;
  /** Procedure records that stand for it. A cancelled one keeps those it had last: they can bring it back. */
  readonly sources: readonly SourceId[];
  readonly touchpoints: Readonly<Partial<Record<TouchpointId, TouchpointState>>>;
  readonly baseline?: Baseline;
  /** The episode that took this one over, when corrections showed the two to be one treatment. */
  readonly mergedInto?: EpisodeId;
  /**
   * When the next planned email is due. Present only while one is pending: the due index holds the episodes that
   * have it.
   */
  readonly nextDueAt?: UtcInstant;
  /** The local dates of the last email and the last survey invitation of this episode. */
  readonly lastEmailOn?: LocalDate;
  readonly lastInvitationOn?: LocalDate;
  /** The token hash of the newest email, of any touchpoint; see `Link`. */
  readonly lastSendId?: TokenHash;
};

/** The identity of an episode. */
export type EpisodeKey = Pick<Episode, 'patientId' | 'episodeId'>;
