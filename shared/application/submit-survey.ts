import { answer, type Submission, type Survey, surveyOf } from '../domain/answering.ts';
import type { Profile } from '../domain/patient.ts';
import type { CareWrite } from './care-writes.ts';
import { type Decided, decideAndCommit } from './commit-change.ts';
import { findLinkOf } from './follow-link.ts';
import type { CareStore, Clock } from './ports.ts';

/**
 * What became of a submitted survey. `stored`: as its revision `revision`. `repeated`: the same answers were
 * there already. `closed`: the time for it is over; nothing was stored.
 */
export type SubmittedSurvey =
  | { readonly state: 'not-found' }
  | { readonly state: 'closed'; readonly survey: Survey; readonly profile: Profile }
  | { readonly state: 'stored' | 'repeated'; readonly survey: Survey; readonly profile: Profile };

/**
 * Makes the use case that stores answers. The answer and the episode without its reminders are one write. Sent
 * twice, the same answers are stored once.
 */
export const submitSurveyWith =
  (store: CareStore, clock: Clock) =>
  async (token: string, submission: Submission): Promise<SubmittedSurvey> => {
    const now = clock.now();
    const link = await findLinkOf(store, token, now);
    if (link === undefined) return { state: 'not-found' };
    return decideAndCommit(store, link.patientId, (record): Decided<SubmittedSurvey> => {
      const survey = surveyOf(record, link);
      const { profile } = record;
      if (survey === undefined || profile === undefined) {
        return { writes: [], result: { state: 'not-found' } };
      }
      const change = answer(survey, submission, now);
      if (change.outcome !== 'stored') {
        return { writes: [], result: { state: change.outcome, survey, profile } };
      }
      const { response, episode } = change;
      const isFirst = response.revision === 1;
      const writes: readonly CareWrite[] = [
        { write: 'response', item: response },
        isFirst
          ? { write: 'episode', item: episode }
          : { write: 'audit', item: { patientId: link.patientId, at: now, action: 'answer-changed' } },
      ];
      return { writes, result: { state: 'stored', survey: { ...survey, response }, profile } };
    });
  };
