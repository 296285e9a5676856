import type { Clock } from '../../platform/ports.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import { findLinkOf } from '../patient/links.ts';
import type { Profile } from '../patient/patient.ts';
import { showsSurveys } from '../patient/pause.ts';
import type { CareStore, PauseStore } from '../patient/ports.ts';
import { phaseOf, type Survey, surveyOf } from './answering.ts';

/**
 * What a patient who opens a link finds. `care`: the email held no survey but instructions or a prompt.
 * `answerable`: with the answers given so far, if any; while it `isPaused` its form is shown to nobody who comes new.
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

/** Makes the use case behind a link that is opened. It writes nothing: email scanners open links too. */
export const openSurveyWith =
  (store: Pick<CareStore, 'findLink' | 'load'>, pauses: Pick<PauseStore, 'read'>, clock: Clock) =>
  async (token: string): Promise<OpenedSurvey> => {
    const now = clock.now();
    const link = await findLinkOf(store, token, now);
    if (link === undefined) return { outcome: 'not-found' };
    const [record, pause] = await Promise.all([store.load(link.patientId), pauses.read()]);
    const { profile } = record;
    if (profile === undefined) return { outcome: 'not-found' };
    const survey = surveyOf(record, link);
    if (survey !== undefined) {
      return phaseOf(survey, now) === 'closed'
        ? { outcome: 'closed', survey, profile }
        : { outcome: 'answerable', survey, profile, isPaused: !showsSurveys(pause) };
    }
    const isCare = ['instructions', 'rehabilitation', 'visit'].includes(link.touchpoint);
    return isCare ? { outcome: 'care', touchpoint: link.touchpoint, profile } : { outcome: 'not-found' };
  };
