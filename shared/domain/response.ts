import type { FamilyId } from './families.ts';
import type { Locale } from './locale.ts';
import type { LocalDate, Timepoint, UtcInstant } from './time.ts';

export const changes = ['worse', 'same', 'better'] as const;
export type Change = (typeof changes)[number];

/**
 * The answers of one survey. The direction of change (`condition`) is asked first; how much better only if
 * better, because a 0-100 scale alone cannot express worsening.
 */
export type Answers = {
  readonly condition: Change;
  /** Percent better, 1-100. Present exactly when `condition` is `better`. */
  readonly improvementPercent?: number;
  readonly qualityOfLife?: Change;
  readonly pain?: Change;
  readonly physicalFunction?: Change;
  /** Asked after `mild` only. */
  readonly standingWalking?: Change;
  /** Pain now, numeric rating scale 0-10. */
  readonly nrsPain?: number;
  /** PEG items 0-10: average pain, enjoyment of life, general activity, in the past week. */
  readonly pegPain?: number;
  readonly pegEnjoyment?: number;
  readonly pegActivity?: number;
  /** Patient global impression of change: 1 very much improved .. 4 no change .. 7 very much worse. */
  readonly pgic?: number;
};

/** `suspect` answers came too fast or from a script: kept, and not counted until `confirmed`. */
export type AnswerQuality = 'trusted' | 'suspect' | 'confirmed';

/** The answers of one episode at one timepoint, newest revision. */
export type SurveyResponse = {
  readonly patientId: string;
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
