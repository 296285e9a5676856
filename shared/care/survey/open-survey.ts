import type { Clock } from '../../platform/ports.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import { showsSurveys } from '../emailing/pause.ts';
import { isLinkValid } from '../patient/links.ts';
import type { Link, Profile } from '../patient/patient.ts';
import type { CareStore, PauseStore } from '../patient/ports.ts';
import { isSettled, phaseOf, type Survey, type SurveyPhase, surveyOf } from './answering.ts';

/** A survey that can be shown. */
type ShownSurvey = {
  readonly survey: Survey;
  readonly phase: SurveyPhase;
  readonly profile: Profile;
  readonly isPaused: boolean;
};

/**
 * What a patient who opens a link finds. `revoked`: nothing of the patient any more. `care`: the email held no survey
 * but instructions or a prompt. `answered`: a person's answers are stored. `answerable`: none are, and the time is not
 * over. `closed`: none are, and it is. While a survey `isPaused`, new visitors do not see its form.
 */
export type OpenedSurvey =
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'revoked' }
  | { readonly outcome: 'care'; readonly touchpoint: TouchpointId; readonly profile: Profile }
  | ({ readonly outcome: 'answered' } & ShownSurvey)
  | ({ readonly outcome: 'answerable' } & ShownSurvey)
  | { readonly outcome: 'closed'; readonly survey: Survey; readonly profile: Profile };

/** Creates the use case that opens a followed link. It writes nothing: email scanners open links too. */
export const openSurveyWith =
  (store: Pick<CareStore, 'load'>, pauses: Pick<PauseStore, 'read'>, clock: Clock) =>
  async (link: Link): Promise<OpenedSurvey> => {
    const [record, pause] = await Promise.all([store.load(link.patientId), pauses.read()]);
    const { profile } = record;
    if (profile === undefined) return { outcome: 'not-found' };
    if (!isLinkValid(link, profile)) return { outcome: 'revoked' };
    const now = clock.now();
    const survey = surveyOf(record, link, now);
    if (survey !== undefined) {
      const phase = phaseOf(survey, now);
      const opened = { survey, phase, profile, isPaused: !showsSurveys(pause) };
      if (isSettled(survey.response)) return { outcome: 'answered', ...opened };
      return phase === 'closed'
        ? { outcome: 'closed', survey, profile }
        : { outcome: 'answerable', ...opened };
    }
    const isCare = ['instructions', 'rehabilitation', 'visit'].includes(link.touchpoint);
    return isCare ? { outcome: 'care', touchpoint: link.touchpoint, profile } : { outcome: 'not-found' };
  };
