import { addSeconds } from '../../platform/calendar.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { AnswerQuality } from '../patient/response.ts';

/** Nobody reads the first question and answers it in less; email scanners that send forms do. */
export const minSeconds = 3;

/** What a form says about how it was filled in. */
export type FormTraces = {
  /** When its page was made, as the form carries it back; undefined when it does not, or not as we wrote it. */
  readonly shownAt: UtcInstant | undefined;
  /** A field that people do not see holds something. */
  readonly isTrapFilled: boolean;
};

/**
 * Takes the traces and the time, says whether a person is likely to have sent the form. It sorts out scanners
 * and simple scripts, not somebody who has the link and means to deceive.
 */
export const qualityOf = (
  { shownAt, isTrapFilled }: FormTraces,
  now: UtcInstant,
): Exclude<AnswerQuality, 'confirmed'> =>
  isTrapFilled || shownAt === undefined || addSeconds(shownAt, minSeconds) > now ? 'suspect' : 'trusted';
