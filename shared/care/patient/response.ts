import type { Locale } from '../../platform/locale.ts';
import type { LocalDate, Timepoint, UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import type { Answers } from '../../protocol/instrument.ts';
import type { PatientId } from './ids.ts';

/** `suspect` answers came too fast or from a script: kept, and not counted until `confirmed`. */
export type AnswerQuality = 'trusted' | 'suspect' | 'confirmed';

/** The answers of one episode at one timepoint, newest revision. */
export type SurveyResponse = {
  readonly patientId: PatientId;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly timepoint: Timepoint;
  /** 1 for the first answer, one more for each change. */
  readonly revision: number;
  readonly answers: Answers;
  readonly answeredAt: UtcInstant;
  readonly revisedAt: UtcInstant;
  /** Whether the first answer came while the window was open; a late one is kept and not counted. */
  readonly inWindow: boolean;
  /** Someone helped the patient to answer. */
  readonly assisted: boolean;
  readonly quality: AnswerQuality;
  readonly locale: Locale;
};

/**
 * Answers that a patient has given and not sent: kept so that the survey can be gone on with on another device.
 * They never count, and are not looked at any more once the survey is answered.
 */
export type Draft = {
  readonly patientId: PatientId;
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly timepoint: Timepoint;
  /** Usable field values by item id, as the form has them. */
  readonly values: Readonly<Record<string, string>>;
  readonly assisted: boolean;
  /** The answer to the question about warning signs. */
  readonly signs?: 'yes' | 'no';
  readonly savedAt: UtcInstant;
};

/** So many days after it was saved last a draft may be deleted. */
export const draftExpiryDays = 30;
