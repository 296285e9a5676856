import type { Brand } from './brand.ts';

/** A moment in UTC, ISO 8601 to the second: `2026-03-08T15:00:00Z`. Sorts as text. */
export type UtcInstant = `${number}-${number}-${number}T${string}Z`;

/** A calendar date as the patient's wall calendar shows it: `2026-03-08`. Sorts as text. */
export type LocalDate = `${number}-${number}-${number}`;

/** The calendar month of a service date: `2026-03`. Sorts as text. */
export type CohortMonth = `${number}-${number}`;

/**
 * The IANA name of an existing time zone: `America/New_York`. Made by `isZone` and `zoneId`, or read back from a
 * store.
 */
export type ZoneId = Brand<string, 'ZoneId'>;

/** The fixed follow-up times, in days (`d`), weeks (`w`) or months (`m`) after the service date, in order. */
export const timepoints = ['2w', '1m', '3m', '6m', '12m'] as const;
export type Timepoint = (typeof timepoints)[number];

const dateShape = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])$/;

const timeShape = /^T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\dZ$/;

const monthShape = /^\d{4}-(?:0[1-9]|1[0-2])$/;

const daysInMonth = (year: number, month: number): number => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** True for a date that exists: `2026-02-28`, not `2026-02-30`. */
export const isLocalDate = (text: string): text is LocalDate => {
  if (!dateShape.test(text)) return false;
  const day = Number(text.slice(8));
  return day <= 28 || day <= daysInMonth(Number(text.slice(0, 4)), Number(text.slice(5, 7)));
};

/** True for a moment in UTC to the second; other forms of ISO 8601 go through `utcInstant`. */
export const isUtcInstant = (text: string): text is UtcInstant =>
  timeShape.test(text.slice(10)) && isLocalDate(text.slice(0, 10));

/** True for a month: `2026-03`. */
export const isCohortMonth = (text: string): text is CohortMonth => monthShape.test(text);

/** Parses a date. Throws a RangeError that does not contain the text. */
export const localDate = (text: string): LocalDate => {
  if (!isLocalDate(text)) throw new RangeError('Not a date such as 2026-03-08.');
  return text;
};

/** Parses a month. Throws a RangeError that does not contain the text. */
export const cohortMonth = (text: string): CohortMonth => {
  if (!isCohortMonth(text)) throw new RangeError('Not a month such as 2026-03.');
  return text;
};

/** Returns the second of an epoch millisecond. Throws a RangeError outside the years 0 to 9999. */
export const instantOfMilliseconds = (milliseconds: number): UtcInstant => {
  const text = `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;
  if (!isUtcInstant(text)) throw new RangeError('Outside the years 0 to 9999.');
  return text;
};

export const cohortMonthOf = (serviceDate: LocalDate): CohortMonth => cohortMonth(serviceDate.slice(0, 7));

/** Returns the date in UTC; `localDateOf` returns the date where a patient lives. */
export const utcDateOf = (at: UtcInstant): LocalDate => localDate(at.slice(0, 10));
