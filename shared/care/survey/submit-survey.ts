import type { Locale } from '../../platform/locale.ts';
import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import { type Decided, decideAndCommit } from '../patient/commit-change.ts';
import { isLinkValid } from '../patient/links.ts';
import type { Link, PatientRecord, Profile } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import type { SurveyResponse } from '../patient/response.ts';
import { answer, phaseOf, type Submission, type Survey, surveyOf } from './answering.ts';

/** A form, read for the family of the link that it was sent to. */
export type FilledForm = {
  /** The answers and how they came about; undefined when something in the form cannot be accepted. */
  readonly submission: Omit<Submission, 'locale' | 'generation'> | undefined;
  /** The language of the page; undefined for the patient's own. */
  readonly locale: Locale | undefined;
  /** The patient reports a sign that needs help at once. Staff are notified, whatever else is in the form. */
  readonly hasWarningSign: boolean;
};

/**
 * What became of a submitted survey. `revoked`: the link has ended. `stored`: as a new revision. `repeated`: the same
 * answers are stored already. `unconfirmed`: it may be a machine's, and a person's answers are stored. `invalid`: the
 * form held no submission. `closed`: the time for it is over. `too-many`: it was revised too often.
 */
export type SubmittedSurvey =
  | { readonly outcome: 'not-found' }
  | { readonly outcome: 'revoked' }
  | {
      readonly outcome: 'stored' | 'repeated' | 'unconfirmed' | 'invalid' | 'closed' | 'too-many';
      readonly survey: Survey;
      readonly profile: Profile;
    };

const noticesFor = ({ patientId }: Link, form: FilledForm, at: UtcInstant): readonly CareWrite[] =>
  form.hasWarningSign ? [{ kind: 'notice', item: { patientId, at, kind: 'warning-sign' } }] : [];

/** Answers that are replaced stay retrievable, and the trail says when. */
const replaced = (before: SurveyResponse | undefined, at: UtcInstant): readonly CareWrite[] =>
  before === undefined
    ? []
    : [
        { kind: 'revision', item: before },
        { kind: 'audit', item: { patientId: before.patientId, at, action: 'answer-changed' } },
      ];

const decide = (
  record: PatientRecord,
  link: Link,
  form: FilledForm,
  now: UtcInstant,
): Decided<SubmittedSurvey> => {
  const survey = surveyOf(record, link, now);
  const { profile } = record;
  if (profile !== undefined && !isLinkValid(link, profile)) {
    return { writes: [], result: { outcome: 'revoked' } };
  }
  if (survey === undefined || profile === undefined) return { writes: [], result: { outcome: 'not-found' } };
  const notices = noticesFor(link, form, now);
  if (form.submission === undefined) {
    const outcome = phaseOf(survey, now) === 'closed' ? 'closed' : 'invalid';
    return { writes: notices, result: { outcome, survey, profile } };
  }
  const { generation } = link;
  const submission = {
    ...form.submission,
    locale: form.locale ?? profile.locale,
    ...(generation === undefined ? {} : { generation }),
  };
  const change = answer(survey, submission, now);
  if (change.outcome !== 'stored') {
    return { writes: notices, result: { outcome: change.outcome, survey, profile } };
  }
  const { response, episode } = change;
  return {
    writes: [
      { kind: 'response', item: response },
      ...(episode === undefined ? [] : [{ kind: 'episode', item: episode } as const]),
      ...replaced(survey.response, now),
      ...notices,
    ],
    result: { outcome: 'stored', survey: { ...survey, response }, profile },
  };
};

/**
 * Creates the use case that stores the answers of a followed link. The answer, the revision it replaces and the episode
 * without its reminders are one write. The same answers sent twice are stored once. A warning sign reaches staff even when the answers are not
 * accepted. When another write comes in between, it reads the record and decides again.
 */
export const submitSurveyWith =
  (store: CareStore, clock: Clock) =>
  (link: Link, form: FilledForm): Promise<SubmittedSurvey> => {
    const now = clock.now();
    return decideAndCommit<SubmittedSurvey>(
      store,
      link.patientId,
      (record) => decide(record, link, form, now),
      { outcome: 'not-found' },
    );
  };
