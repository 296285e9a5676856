/** A moment in UTC, ISO 8601 to the second: `2026-03-08T15:00:00Z`. Sorts as text. */
export type UtcInstant = string;

/** A calendar date as the patient's wall calendar shows it: `2026-03-08`. Sorts as text. */
export type LocalDate = string;

/** The calendar month of a service date: `2026-03`. Sorts as text. */
export type CohortMonth = string;

/** An IANA time zone name: `America/New_York`. */
export type ZoneId = string;

/** The fixed follow-up times, in days (`d`), weeks (`w`) or months (`m`) after the service date, in order. */
export const timepoints = ['2w', '1m', '3m', '6m', '12m'] as const;
export type Timepoint = (typeof timepoints)[number];

/** Takes a service date, gives its cohort month. */
export const cohortMonthOf = (serviceDate: LocalDate): CohortMonth => serviceDate.slice(0, 7);
