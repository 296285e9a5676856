import { daysBetween } from '../../../shared/platform/calendar.ts';
import type { LocalDate, Timepoint } from '../../../shared/platform/time.ts';
import { currentPlanOf, timepointOf } from '../../../shared/protocol/plans.ts';
import type { SamplePatient, SampleProcedure } from './patients.ts';

/** The survey that an email asks for. */
export type AskedSurvey = { readonly procedure: SampleProcedure; readonly timepoint: Timepoint };

const openOn = (procedure: SampleProcedure, on: LocalDate): readonly AskedSurvey[] =>
  currentPlanOf(procedure.family).touchpoints.flatMap(({ id, window }) => {
    const timepoint = timepointOf(id);
    const day = daysBetween(procedure.serviceDate, on);
    return timepoint !== undefined && day >= window.opensDay && day <= window.closesDay
      ? [{ procedure, timepoint }]
      : [];
  });

/**
 * Takes a patient and the date of an email, gives the survey it must be asking for: an email does not name it, but
 * at most times only one can be. Undefined when it could be more than one.
 */
export const surveyAskedOn = (patient: SamplePatient, on: LocalDate): AskedSurvey | undefined => {
  const open = patient.procedures.flatMap((procedure) => openOn(procedure, on));
  return open.length === 1 ? open[0] : undefined;
};
