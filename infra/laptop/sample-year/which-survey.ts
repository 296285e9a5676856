import { daysBetween } from '../../../shared/platform/calendar.ts';
import type { LocalDate, Timepoint } from '../../../shared/platform/time.ts';
import { currentPlanOf, timepointOf } from '../../../shared/protocol/plans.ts';
import type { SamplePatient, SampleProcedure } from './patients.ts';

/** A survey about one of a sample patient's procedures. */
export type SampleSurvey = { readonly procedure: SampleProcedure; readonly timepoint: Timepoint };

const openOn = (procedure: SampleProcedure, on: LocalDate): readonly SampleSurvey[] =>
  currentPlanOf(procedure.family).touchpoints.flatMap(({ id, window }) => {
    const timepoint = timepointOf(id);
    const day = daysBetween(procedure.serviceDate, on);
    return timepoint !== undefined && day >= window.opensDay && day <= window.closesDay
      ? [{ procedure, timepoint }]
      : [];
  });

/**
 * Returns the patient's only open survey on a date, which an email of that date must be about: emails do not name
 * their survey. Undefined when several are open or none.
 */
export const onlySurveyOpenOn = (patient: SamplePatient, on: LocalDate): SampleSurvey | undefined => {
  const open = patient.procedures.flatMap((procedure) => openOn(procedure, on));
  return open.length === 1 ? open[0] : undefined;
};
