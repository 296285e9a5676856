import type { Locale } from '../../platform/locale.ts';
import type { LocalDate, UtcInstant, ZoneId } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { Episode, StopReason } from './episode.ts';
import type { PatientId, SourceId, SourceTime, TokenHash } from './ids.ts';
import type { Draft, SurveyResponse } from './response.ts';

/** Whether the patient may be emailed, and since when not. */
export type EmailStop = { readonly reason: StopReason; readonly at: UtcInstant };

/** What sources say about a patient. `consent` is whether to be emailed at all. */
export const saidFields = ['email', 'givenName', 'locale', 'zone', 'consent'] as const;

export type SaidField = (typeof saidFields)[number];

/** What is needed to write to a patient. */
export type Profile = {
  readonly patientId: PatientId;
  readonly revision: number;
  readonly email?: string;
  readonly givenName?: string;
  readonly locale: Locale;
  readonly zone: ZoneId;
  /** When the source said so, field by field: an older report never overwrites what a newer one said. */
  readonly asOf: Readonly<Partial<Record<SaidField, SourceTime>>>;
  readonly stop?: EmailStop;
};

/**
 * What was last said of one procedure record at its source. Kept, so that a copy or an older version that
 * arrives late changes nothing. `ignored`: it stands for no episode. `retracted`: its source took it back.
 */
export type SourceNote = {
  readonly sourceId: SourceId;
  readonly revision: number;
  readonly status: 'completed' | 'ignored' | 'retracted';
  readonly reportedAt: SourceTime;
  readonly eventId: string;
};

/** Everything stored about one patient that decisions are made from, as one consistent read gives it. */
export type PatientRecord = {
  readonly patientId: PatientId;
  readonly profile?: Profile;
  readonly episodes: readonly Episode[];
  readonly responses: readonly SurveyResponse[];
  readonly sources: readonly SourceNote[];
  /** Answers not sent yet; absent when there are none. */
  readonly drafts?: readonly Draft[];
};

/**
 * One email and the way back from it: stored under the SHA-256 of the token in the email's links. The hash is
 * also the send id that SES returns in its events; it does not give the token away.
 */
export type Link = {
  readonly tokenHash: TokenHash;
  readonly patientId: PatientId;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  /** The version of the plan that the touchpoint is of, so that its window is known without reading the record. */
  readonly planVersion: number;
  readonly touchpoint: TouchpointId;
  readonly createdAt: UtcInstant;
  /** From then on the link answers nothing any more and may be deleted. */
  readonly expiresAt: UtcInstant;
};
