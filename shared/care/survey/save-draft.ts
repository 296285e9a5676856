import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { timepointOf } from '../../protocol/plans.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import { type Decided, decideAndCommit } from '../patient/commit-change.ts';
import { isLinkValid } from '../patient/links.ts';
import type { Link, PatientRecord } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import type { Draft } from '../patient/response.ts';
import { isSettled, phaseOf, storedDraft, surveyOf } from './answering.ts';

/** What a form holds before it is submitted. */
export type DraftContent = Pick<Draft, 'values' | 'assisted' | 'signs'>;

/**
 * Maximum number of times the draft of one survey is saved. Every answer saves it, so a person who changes each one
 * several times stays far below; more is a script that has the link.
 */
export const maxDraftSaves = 200;

/**
 * What became of a draft. `not-found`: the link is not of a survey, or has ended. `closed`: the survey accepts no
 * answers any more, or has them. `invalid`: there is no content, because the request cannot come from our form.
 * `too-many`: it was saved too often.
 */
export type SavedDraft = { readonly outcome: 'saved' | 'invalid' | 'closed' | 'not-found' | 'too-many' };

const draftOf = (
  { patientId, episodeId, generation }: Link,
  timepoint: Draft['timepoint'],
  content: DraftContent,
): Omit<Draft, 'savedAt'> => ({
  patientId,
  episodeId,
  timepoint,
  ...content,
  ...(generation === undefined ? {} : { generation }),
});

const decide = (
  record: PatientRecord,
  link: Link,
  content: DraftContent | undefined,
  now: UtcInstant,
): Decided<SavedDraft> => {
  const refused = (
    outcome: SavedDraft['outcome'],
    writes: readonly CareWrite[] = [],
  ): Decided<SavedDraft> => ({
    writes,
    result: { outcome },
  });
  const { profile } = record;
  const survey = surveyOf(record, link, now);
  if (survey === undefined || profile === undefined || !isLinkValid(link, profile)) {
    return refused('not-found');
  }
  const notices: readonly CareWrite[] =
    content?.signs === 'yes'
      ? [{ kind: 'notice', item: { patientId: link.patientId, kind: 'warning-sign', at: now } }]
      : [];
  if (isSettled(survey.response) || phaseOf(survey, now) === 'closed') return refused('closed', notices);
  if (content === undefined) return refused('invalid');
  const draft = draftOf(link, survey.timepoint, content);
  const revision = (storedDraft(record, draft)?.revision ?? 0) + 1;
  if (revision > maxDraftSaves) return refused('too-many', notices);
  return {
    writes: [{ kind: 'draft', item: { ...draft, savedAt: now, revision } }, ...notices],
    result: { outcome: 'saved' },
  };
};

/**
 * Creates the use case that keeps the answers of a followed link before they are submitted; of several at once the
 * newest wins. Staff are notified of a warning sign at once, for the survey may never be submitted.
 */
export const saveDraftWith =
  (store: CareStore, clock: Clock) =>
  async (link: Link, content: DraftContent | undefined): Promise<SavedDraft> => {
    if (timepointOf(link.touchpoint) === undefined) return { outcome: 'not-found' };
    const now = clock.now();
    return decideAndCommit<SavedDraft>(
      store,
      link.patientId,
      (record) => decide(record, link, content, now),
      { outcome: 'not-found' },
    );
  };
