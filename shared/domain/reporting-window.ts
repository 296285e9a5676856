import { addDays, addOffset } from './calendar.ts';
import { familyIds } from './families.ts';
import { planOf, touchpointOf } from './plans.ts';
import { type CohortMonth, cohortMonthOf, type LocalDate, type Timepoint } from './time.ts';

/** Cohort months, first and last, both included. */
export type Period = { readonly from: CohortMonth; readonly to: CohortMonth };

/** Takes a timepoint, gives the last day after a service date on which an answer counts for it, in any family. */
export const lastDayOf = (timepoint: Timepoint): number =>
  Math.max(
    ...familyIds
      .flatMap((family) => touchpointOf(planOf(family), timepoint) ?? [])
      .map(({ window }) => window.closesDay),
  );

/** Takes a cohort month and whole months (negative: earlier), gives the month as many months later. */
export const addMonths = (month: CohortMonth, months: number): CohortMonth =>
  cohortMonthOf(addOffset(`${month}-01`, { months }));

const lastDateOf = (month: CohortMonth): LocalDate => addDays(`${addMonths(month, 1)}-01`, -1);

const hasClosed = (month: CohortMonth, today: LocalDate, timepoint: Timepoint): boolean =>
  addDays(lastDateOf(month), lastDayOf(timepoint)) < today;

/**
 * Takes a date and a timepoint, gives the latest cohort month in which every patient's window at that timepoint
 * has closed: also that of a patient treated on the month's last day. So nobody is counted as silent who could
 * still answer.
 */
export const latestClosedMonth = (today: LocalDate, timepoint: Timepoint): CohortMonth => {
  const candidate = cohortMonthOf(addDays(today, -lastDayOf(timepoint) - 1));
  return hasClosed(candidate, today, timepoint) ? candidate : addMonths(candidate, -1);
};

/**
 * Takes a date, a timepoint, the most cohort months to report on and the first month with a patient in it, gives
 * the latest whole cohort months that have closed; undefined when none has.
 */
export const reportingPeriod = (
  today: LocalDate,
  timepoint: Timepoint,
  months: number,
  first: CohortMonth | undefined,
): Period | undefined => {
  const to = latestClosedMonth(today, timepoint);
  if (first === undefined || first > to) return undefined;
  const earliest = addMonths(to, 1 - months);
  return { from: first > earliest ? first : earliest, to };
};

/** Takes a month and a period, says whether the month is in it. */
export const isWithin = (month: CohortMonth, { from, to }: Period): boolean => month >= from && month <= to;
