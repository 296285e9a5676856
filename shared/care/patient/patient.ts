import type { Locale } from '../../platform/locale.ts';
import type { LocalDate, UtcInstant, ZoneId } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { Episode } from './episode.ts';
import type { EpisodeId, PatientId, SourceId, SourceTime, TokenHash } from './ids.ts';
import type { Draft, SurveyResponse } from './response.ts';
import type { StopFact } from './stop-facts.ts';

/** What sources report about a patient. `consent`: whether to be emailed at all. `life`: whether the patient lives. */
export const reportedFields = ['email', 'givenName', 'locale', 'zone', 'consent', 'life'] as const;

export type ReportedField = (typeof reportedFields)[number];

/**
 * Which links lead to the patient. Each is made in the `current` generation and opens the patient's pages only while
 * that is the current one.
 */
export type LinkGenerations = {
  readonly current: number;
  /** The first generation sent to the present address. */
  readonly sinceAddress: number;
  /** Generations sent to an address that is not the patient's: answers through them do not count until staff look. */
  readonly doubted: readonly number[];
};

/** What is needed to email a patient. */
export type Profile = {
  readonly patientId: PatientId;
  readonly revision: number;
  readonly email?: string;
  readonly givenName?: string;
  readonly locale: Locale;
  readonly zone: ZoneId;
  /** When the source reported each field: an older report never overwrites a newer one. */
  readonly asOf: Readonly<Partial<Record<ReportedField, SourceTime>>>;
  /** The reasons not to email the patient, past ones too; absent when there never was one. */
  readonly stops?: readonly StopFact[];
  /** Absent while no link was ever revoked. */
  readonly links?: LinkGenerations;
};

/** When a procedure was performed: an instant, or only a date in the clinic's calendar. */
export type Performed =
  | { readonly kind: 'instant'; readonly at: UtcInstant }
  | { readonly kind: 'date'; readonly on: LocalDate };

/**
 * What one procedure record says by its newest report. It is kept so that late copies and older versions change
 * nothing, and so that the patient's treatments always follow from the records. `ignored`: it maps to no episode.
 * `retracted`: its source took it back. `moved`: it belongs to another patient.
 */
export type SourceNote = {
  readonly sourceId: SourceId;
  readonly revision: number;
  readonly status: 'completed' | 'ignored' | 'retracted' | 'moved';
  /** When the source said so; absent when it gave no time. */
  readonly reportedAt?: SourceTime;
  readonly eventId?: string;
  readonly takenAt?: UtcInstant;
  /** What was done when, of a completed record. Absent in notes stored before this was kept. */
  readonly families?: readonly FamilyId[];
  readonly performed?: Performed;
  readonly baseline?: Baseline;
  /** When the source reported the baseline, which an older report may be the only one to hold. */
  readonly baselineAsOf?: SourceTime;
};

/** The fingerprints of the newest messages taken about a patient, oldest first; see `taken-messages.ts`. */
export type MessageMemory = { readonly revision: number; readonly taken: readonly string[] };

/** The patient that a procedure record belongs to. A record may move: whoever had it before must lose it. */
export type RecordOwner = {
  readonly sourceId: SourceId;
  readonly revision: number;
  readonly patientId: PatientId;
};

/** Everything stored about one patient that decisions are made from, as one consistent read returns it. */
export type PatientRecord = {
  readonly patientId: PatientId;
  readonly profile?: Profile;
  readonly episodes: readonly Episode[];
  readonly responses: readonly SurveyResponse[];
  readonly sources: readonly SourceNote[];
  readonly messages?: MessageMemory;
  /** Answers not submitted; absent when there are none. */
  readonly drafts?: readonly Draft[];
};

/**
 * One email and the way back from it, stored under the SHA-256 of the token in its links. The hash is also the send
 * id that SES returns in its events; it does not reveal the token.
 */
export type Link = {
  readonly tokenHash: TokenHash;
  readonly patientId: PatientId;
  readonly episodeId: EpisodeId;
  /**
   * The family, date and plan of the episode when the email was reserved: the touchpoint's window is known without
   * reading the record. The episode itself says what they are now.
   */
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly planVersion: number;
  readonly touchpoint: TouchpointId;
  /** Absent on links made before there were generations; see `LinkGenerations`. */
  readonly generation?: number;
  readonly createdAt: UtcInstant;
  /** From then on the link leads nowhere and may be deleted. */
  readonly expiresAt: UtcInstant;
};
