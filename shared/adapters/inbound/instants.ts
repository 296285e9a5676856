import * as z from 'zod';
import type { Performed } from '../../domain/procedure-report.ts';
import type { LocalDate, UtcInstant } from '../../domain/time.ts';

const dayInMillis = 24 * 60 * 60 * 1000;

/** Before it nothing can still be followed up: a date this old is a mistake. */
const earliest: LocalDate = '2000-01-01';

const toSecond = (millis: number): UtcInstant => new Date(millis).toISOString().replace(/\.\d{3}Z$/, 'Z');

/** A moment with its offset from UTC, as text. */
export const momentText = z.iso.datetime({
  offset: true,
  error: 'must be a date and time with an offset or Z, such as 2026-03-08T10:30:00-05:00',
});

/** A calendar date, as text. */
export const dateText = z.iso.date({ error: 'must be a date, such as 2026-03-08' });

/** Takes a moment that `momentText` passed, gives it in UTC to the second. */
export const instantOf = (moment: string): UtcInstant => toSecond(Date.parse(moment));

/** Takes a date or a moment that its schema passed, gives when the procedure was done. */
export const performedOf = (text: string): Performed =>
  text.includes('T') ? { kind: 'instant', at: instantOf(text) } : { kind: 'date', on: text };

/**
 * Takes an instant or a date and the time now, gives what is wrong with it as a time that has passed, or
 * undefined. A day of grace covers clocks that are wrong and calendars that are ahead.
 */
export const timeProblem = (time: UtcInstant | LocalDate, now: UtcInstant): string | undefined => {
  const latest = toSecond(Date.parse(now) + dayInMillis);
  if (time > (time.includes('T') ? latest : latest.slice(0, 10))) return 'must not be in the future';
  return time < earliest ? `must not be before ${earliest}` : undefined;
};
