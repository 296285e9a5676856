import type { Clock } from '../../platform/ports.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import { showsSurveys } from '../emailing/pause.ts';
import type { Link, Profile } from '../patient/patient.ts';
import type { CareStore, PauseStore } from '../patient/ports.ts';
import { phaseOf, type Survey, surveyOf } from './answering.ts';

/**
 * What a patient who opens a link finds. `care`: the email held no survey but instructions or a prompt.
 * `answerable`: the survey with the answers so far; while it `isPaused`, new visitors do not see the form.
 * `closed`: the time for this survey is over.
 */
export type OpenedSurvey =
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'care'; readonly touchpoint: TouchpointId; readonly profile: Profile }
  | {
      readonly outcome: 'answerable';
      readonly survey: Survey;
      readonly profile: Profile;
      readonly isPaused: boolean;
    }
  | { readonly outcome: 'closed'; readonly survey: Survey; readonly profile: Profile };

/** Creates the use case that opens a followed link. It writes nothing: email scanners open links too. */
export const openSurveyWith =
  (store: Pick<CareStore, 'load'>, pauses: Pick<PauseStore, 'read'>, clock: Clock) =>
  async (link: Link): Promise<OpenedSurvey> => {
    const [record, pause] = await Promise.all([store.load(link.patientId), pauses.read()]);
    const { profile } = record;
    if (profile === undefined) return { outcome: 'not-found' };
    const survey = surveyOf(record, link);
    if (survey !== undefined) {
      return phaseOf(survey, clock.now()) === 'closed'
        ? { outcome: 'closed', survey, profile }
        : { outcome: 'answerable', survey, profile, isPaused: !showsSurveys(pause) };
    }
    const isCare = ['instructions', 'rehabilitation', 'visit'].includes(link.touchpoint);
    return isCare ? { outcome: 'care', touchpoint: link.touchpoint, profile } : { outcome: 'not-found' };
  };
