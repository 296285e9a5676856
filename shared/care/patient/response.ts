import { addSeconds } from '../../platform/calendar.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Timepoint, UtcInstant } from '../../platform/time.ts';
import type { Answers } from '../../protocol/instrument.ts';
import type { EpisodeId, PatientId } from './ids.ts';

/** `suspect` answers came too fast or from a script: they are kept, and not counted until `confirmed`. */
export type AnswerQuality = 'trusted' | 'suspect' | 'confirmed';

/** The newest revision of the answers of one episode at one timepoint. */
export type SurveyResponse = {
  readonly patientId: PatientId;
  readonly episodeId: EpisodeId;
  readonly timepoint: Timepoint;
  /** 1 for the first submission, one more for each revision. */
  readonly revision: number;
  readonly answers: Answers;
  readonly answeredAt: UtcInstant;
  readonly revisedAt: UtcInstant;
  /** Whether the first submission came while the window was open; late answers are kept and not counted. */
  readonly inWindow: boolean;
  /** Whether the patient had help answering. */
  readonly assisted: boolean;
  readonly quality: AnswerQuality;
  readonly locale: Locale;
  /** The generation of the link that the answers came through. */
  readonly generation?: number;
};

/**
 * Answers not submitted: kept so the survey can be resumed on another device. They never count, and are ignored
 * once the survey is answered.
 */
export type Draft = {
  readonly patientId: PatientId;
  readonly episodeId: EpisodeId;
  readonly timepoint: Timepoint;
  /** Valid field values by item id, as submitted by the form. */
  readonly values: Readonly<Record<string, string>>;
  readonly assisted: boolean;
  /** The answer to the question about warning signs. */
  readonly signs?: 'yes' | 'no';
  readonly savedAt: UtcInstant;
  /** How often it was saved. Absent on drafts saved before this was counted. */
  readonly revision?: number;
  /** The generation of the link that it came through; it ends with that link. */
  readonly generation?: number;
};

/** Drafts expire this many days after the last save. */
export const draftExpiryDays = 30;

/** Returns when a draft expires. The table deletes it some days later, so whoever reads one has to compare. */
export const draftExpiry = ({ savedAt }: Pick<Draft, 'savedAt'>): UtcInstant =>
  addSeconds(savedAt, draftExpiryDays * 24 * 60 * 60);
