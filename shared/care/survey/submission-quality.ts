import { addSeconds } from '../../platform/calendar.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { AnswerQuality } from '../patient/response.ts';

/** Reading and answering the first question takes a person at least this many seconds; scanners take less. */
export const minSeconds = 3;

/** What a form reveals about how it was filled in. */
export type FormTraces = {
  /** When the page was rendered, as the form sends it back; undefined when missing or malformed. */
  readonly shownAt: UtcInstant | undefined;
  /** The hidden field, which people do not see, is filled in. */
  readonly isTrapFilled: boolean;
};

/**
 * Returns whether a person is likely to have submitted the form. This catches scanners and simple scripts, not a
 * deliberate forgery by a holder of the link.
 */
export const qualityOf = (
  { shownAt, isTrapFilled }: FormTraces,
  now: UtcInstant,
): Exclude<AnswerQuality, 'confirmed'> =>
  isTrapFilled || shownAt === undefined || addSeconds(shownAt, minSeconds) > now ? 'suspect' : 'trusted';
