import { phaseOf, type Survey, surveyOf } from '../domain/answering.ts';
import type { TouchpointId } from '../domain/episode.ts';
import type { Profile } from '../domain/patient.ts';
import { followLink } from './follow-link.ts';
import type { CareStore, Clock } from './ports.ts';

/**
 * What a patient who opens a link finds. `care`: the mail held no survey but instructions or a prompt.
 * `answerable`: with the answers given so far, if any. `closed`: the time for this survey is over.
 */
export type OpenedSurvey =
  | { readonly state: 'not-found' }
  | { readonly state: 'care'; readonly touchpoint: TouchpointId; readonly profile: Profile }
  | { readonly state: 'answerable'; readonly survey: Survey; readonly profile: Profile }
  | { readonly state: 'closed'; readonly survey: Survey; readonly profile: Profile };

/** Makes the use case behind a link that is opened. It writes nothing: mail scanners open links too. */
export const openSurveyWith =
  (store: Pick<CareStore, 'findLink' | 'load'>, clock: Clock) =>
  async (token: string): Promise<OpenedSurvey> => {
    const now = clock.now();
    const followed = await followLink(store, token, now);
    const profile = followed?.record.profile;
    if (followed === undefined || profile === undefined) return { state: 'not-found' };
    const { link, record } = followed;
    const survey = surveyOf(record, link);
    if (survey !== undefined) {
      return { state: phaseOf(survey, now) === 'closed' ? 'closed' : 'answerable', survey, profile };
    }
    const isCare = ['instructions', 'rehabilitation', 'visit'].includes(link.touchpoint);
    return isCare ? { state: 'care', touchpoint: link.touchpoint, profile } : { state: 'not-found' };
  };
