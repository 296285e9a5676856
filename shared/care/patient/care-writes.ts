import type { UtcInstant } from '../../platform/time.ts';
import type { NoticeKind } from '../staff/staff-notices.ts';
import type { Episode } from './episode.ts';
import type { PatientId, SourceId } from './ids.ts';
import type { Link, MessageMemory, Profile, RecordOwner, SourceNote } from './patient.ts';
import type { Draft, SurveyResponse } from './response.ts';

/** A report that started nothing, and why: kept for operations, not for counts. */
export type IgnoredProcedure = {
  readonly patientId: PatientId;
  readonly sourceId: SourceId;
  readonly at: UtcInstant;
  readonly reason: string;
  /** The codes that started nothing, as `CPT 99213`: operations sees which ones the code map lacks. */
  readonly codes?: readonly string[];
};

/**
 * Something for the care team to act on. A patient has at most one of a kind per hour: repeating it changes
 * nothing.
 */
export type StaffNotice = {
  readonly patientId: PatientId;
  readonly kind: NoticeKind;
  readonly at: UtcInstant;
};

/** An entry of the audit trail: what was done to a record, without its content. */
export type AuditEntry = {
  readonly patientId: PatientId;
  readonly at: UtcInstant;
  readonly action:
    | 'opted-out'
    | 'opted-in'
    | 'erased'
    | 'retracted'
    | 'stopped'
    | 'answer-changed'
    | 'links-revoked';
};

/**
 * An item to write. One with a revision is written only if the stored item has the revision before it (or, at
 * revision 1, is absent).
 */
export type CareWrite =
  | { readonly kind: 'profile'; readonly item: Profile }
  | { readonly kind: 'episode'; readonly item: Episode }
  | { readonly kind: 'response'; readonly item: SurveyResponse }
  /** Answers that a newer revision replaces. */
  | { readonly kind: 'revision'; readonly item: SurveyResponse }
  | { readonly kind: 'draft'; readonly item: Draft }
  | { readonly kind: 'link'; readonly item: Link }
  | { readonly kind: 'source'; readonly item: SourceNote & { readonly patientId: PatientId } }
  | { readonly kind: 'messages'; readonly item: MessageMemory & { readonly patientId: PatientId } }
  | { readonly kind: 'owner'; readonly item: RecordOwner }
  | { readonly kind: 'ignored'; readonly item: IgnoredProcedure }
  | { readonly kind: 'notice'; readonly item: StaffNotice }
  | { readonly kind: 'audit'; readonly item: AuditEntry };
