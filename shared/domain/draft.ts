import type { FamilyId } from './families.ts';
import type { LocalDate, Timepoint, UtcInstant } from './time.ts';

/**
 * Answers that a patient has given and not sent: kept so that the survey can be gone on with on another device.
 * They never count, and are not looked at any more once the survey is answered.
 */
export type Draft = {
  readonly patientId: string;
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
export const draftDays = 30;
