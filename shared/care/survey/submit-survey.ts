import type { Clock } from '../../platform/ports.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import { type Decided, decideAndCommit } from '../patient/commit-change.ts';
import { findLinkOf } from '../patient/links.ts';
import type { Profile } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import { answer, phaseOf, type Submission, type Survey, surveyOf } from './answering.ts';

/** What a form holds once it is known which survey it answers: a submission, or what is wrong with it. */
export type ReadForm<Problems> = (
  | { readonly kind: 'valid'; readonly submission: Submission }
  | { readonly kind: 'invalid'; readonly problems: Problems }
) & {
  /** The patient says to have a sign that needs help at once. Staff are told, whatever else is in the form. */
  readonly hasWarningSign?: boolean;
};

/**
 * What became of a submitted survey. `stored`: as its revision `revision`. `repeated`: the same answers were
 * there already. `closed`: the time for it is over, `too-many`: it was changed too often already; nothing was stored.
 */
export type SubmittedSurvey<Problems> =
  | { readonly outcome: 'not-found' }
  | {
      readonly outcome: 'invalid';
      readonly survey: Survey;
      readonly profile: Profile;
      readonly problems: Problems;
    }
  | { readonly outcome: 'closed' | 'too-many'; readonly survey: Survey; readonly profile: Profile }
  | { readonly outcome: 'stored' | 'repeated'; readonly survey: Survey; readonly profile: Profile };

/**
 * Makes the use case that stores answers. `read` is asked for them once the survey is known, for what may be
 * answered depends on it. The answer and the episode without its reminders are one write. Sent
 * twice, the same answers are stored once. A warning sign reaches staff even when the answers are not taken.
 */
export const submitSurveyWith =
  (store: CareStore, clock: Clock) =>
  async <Problems>(
    token: string,
    read: (survey: Survey, profile: Profile) => ReadForm<Problems>,
  ): Promise<SubmittedSurvey<Problems>> => {
    const now = clock.now();
    const link = await findLinkOf(store, token, now);
    if (link === undefined) return { outcome: 'not-found' };
    return decideAndCommit(store, link.patientId, (record): Decided<SubmittedSurvey<Problems>> => {
      const survey = surveyOf(record, link);
      const { profile } = record;
      if (survey === undefined || profile === undefined) {
        return { writes: [], result: { outcome: 'not-found' } };
      }
      const form = read(survey, profile);
      const notices: readonly CareWrite[] =
        form.hasWarningSign === true
          ? [{ kind: 'notice', item: { patientId: link.patientId, at: now, kind: 'warning-sign' } }]
          : [];
      if (form.kind === 'invalid') {
        const { problems } = form;
        const isClosed = phaseOf(survey, now) === 'closed';
        return {
          writes: notices,
          result: isClosed
            ? { outcome: 'closed', survey, profile }
            : { outcome: 'invalid', survey, profile, problems },
        };
      }
      const change = answer(survey, form.submission, now);
      if (change.outcome !== 'stored') {
        return { writes: notices, result: { outcome: change.outcome, survey, profile } };
      }
      const { response, episode } = change;
      const isFirst = response.revision === 1;
      const writes: readonly CareWrite[] = [
        { kind: 'response', item: response },
        isFirst
          ? { kind: 'episode', item: episode }
          : { kind: 'audit', item: { patientId: link.patientId, at: now, action: 'answer-changed' } },
      ];
      return {
        writes: [...writes, ...notices],
        result: { outcome: 'stored', survey: { ...survey, response }, profile },
      };
    });
  };
