import { addDays, isBeforeDay } from '../../platform/calendar.ts';
import type { Locale } from '../../platform/locale.ts';
import type { Timepoint, UtcInstant } from '../../platform/time.ts';
import type { Answers } from '../../protocol/instrument.ts';
import { planOf, type Touchpoint, timepointOf, touchpointOf } from '../../protocol/plans.ts';
import { revised } from '../patient/commit-change.ts';
import type { Episode } from '../patient/episode.ts';
import { episodeIn } from '../patient/history/moved-episodes.ts';
import { currentGeneration, generationOf } from '../patient/links.ts';
import type { Link, PatientRecord } from '../patient/patient.ts';
import { withNextEmail } from '../patient/planned-emails.ts';
import { type AnswerQuality, type Draft, draftExpiry, type SurveyResponse } from '../patient/response.ts';
import { evolveTouchpoint, stateOf } from '../patient/transitions.ts';
import { judged } from './doubted-answers.ts';

/** A first answer is accepted until this many days after the window has closed: stored, but not counted. */
export const maxLateDays = 30;

/**
 * Maximum number of times a survey can be revised. A person changes an answer once or twice; more is a script that has
 * the link. It must neither move the counts back and forth nor fill the audit trail.
 */
export const maxRevisions = 20;

/** The survey that a link leads to. */
export type Survey = {
  readonly episode: Episode;
  readonly touchpoint: Touchpoint;
  readonly timepoint: Timepoint;
  /** The newest answers, as they are to be judged now. */
  readonly response?: SurveyResponse;
  /** Answers that were not submitted; never beside a response that is settled. */
  readonly draft?: Draft;
};

/** Whether answers are accepted. `open`: and counted. `late`: stored but not counted. `closed`: no longer. */
export type SurveyPhase = 'open' | 'late' | 'closed';

/**
 * True for answers that a person gave. Suspect ones may be a machine's or a stranger's: they end no reminder, hide no
 * form, and stand only until a person answers.
 */
export const isSettled = (response: SurveyResponse | undefined): boolean =>
  response !== undefined && response.quality !== 'suspect';

type SurveyKey = Pick<SurveyResponse, 'episodeId' | 'timepoint'>;

/** Returns the draft of a survey as stored, also one that is not shown any more. */
export const storedDraft = ({ drafts = [] }: PatientRecord, key: SurveyKey): Draft | undefined =>
  drafts.find(({ episodeId, timepoint }) => episodeId === key.episodeId && timepoint === key.timepoint);

/** A draft ends with the link that it came through, and on its day even before the table deletes it. */
const isShown = (draft: Draft, { profile }: PatientRecord, now: UtcInstant): boolean =>
  generationOf(draft) === currentGeneration(profile) && draftExpiry(draft) > now;

/** Returns the survey that a link names in a record; undefined when it names none, or none any more. */
export const surveyOf = (
  record: PatientRecord,
  link: Pick<Link, 'episodeId' | 'touchpoint'>,
  now: UtcInstant,
): Survey | undefined => {
  const episode = episodeIn(record, link.episodeId);
  const timepoint = timepointOf(link.touchpoint);
  if (episode === undefined || episode.status === 'cancelled' || timepoint === undefined) return undefined;
  const touchpoint = touchpointOf(planOf(episode.family, episode.planVersion), link.touchpoint);
  if (touchpoint === undefined) return undefined;
  const { episodeId } = episode;
  const stored = record.responses.find(
    (other) => other.episodeId === episodeId && other.timepoint === timepoint,
  );
  const response = stored === undefined ? undefined : judged(stored, record.profile);
  const draft = storedDraft(record, { episodeId, timepoint });
  return {
    episode,
    touchpoint,
    timepoint,
    ...(response === undefined ? {} : { response }),
    ...(isSettled(response) || draft === undefined || !isShown(draft, record, now) ? {} : { draft }),
  };
};

/** Returns whether answers are accepted at `now`. A change of settled answers is accepted only within the window. */
export const phaseOf = ({ episode, touchpoint, response }: Survey, now: UtcInstant): SurveyPhase => {
  const { serviceDate, zone } = episode;
  const { closesDay } = touchpoint.window;
  if (isBeforeDay(now, addDays(serviceDate, closesDay + 1), zone)) return 'open';
  const isLate = isBeforeDay(now, addDays(serviceDate, closesDay + maxLateDays + 1), zone);
  return !isSettled(response) && isLate ? 'late' : 'closed';
};

export type Submission = {
  readonly answers: Answers;
  readonly assisted: boolean;
  readonly quality: Exclude<AnswerQuality, 'confirmed'>;
  readonly locale: Locale;
  /** The generation of the link that it came through. */
  readonly generation?: number;
};

/**
 * What a submission changes. `stored`: a new revision, and the episode when it ends reminders. `repeated`: the same
 * answers are stored already. `unconfirmed`: it is suspect, and a person's answers are stored already.
 */
export type AnswerChange =
  | { readonly outcome: 'stored'; readonly response: SurveyResponse; readonly episode?: Episode }
  | { readonly outcome: 'repeated' | 'unconfirmed' | 'closed' | 'too-many' };

const sameAnswers = (a: Answers, b: Answers): boolean => {
  const items = new Map<string, unknown>(Object.entries(a));
  const others = Object.entries(b);
  return items.size === others.length && others.every(([item, value]) => items.get(item) === value);
};

/** A person's answer after a suspect one, or after one confirmed before, is `confirmed`. */
const qualityAfter = (before: AnswerQuality | undefined, submitted: Submission): AnswerQuality =>
  submitted.quality === 'trusted' && (before === 'suspect' || before === 'confirmed')
    ? 'confirmed'
    : submitted.quality;

/** Returns why a submission does not replace what is stored; undefined when it does. */
const refusalOf = (
  before: SurveyResponse,
  submitted: Submission,
): Exclude<AnswerChange['outcome'], 'stored' | 'closed'> | undefined => {
  const isSame = sameAnswers(before.answers, submitted.answers);
  const isFirstOfPerson = !isSettled(before) && submitted.quality === 'trusted';
  if (isFirstOfPerson) return undefined;
  if (isSame) return 'repeated';
  if (isSettled(before) && submitted.quality === 'suspect') return 'unconfirmed';
  return before.revision >= maxRevisions ? 'too-many' : undefined;
};

/** When an answer was first given, and whether in time: a person's first answer is not as old as a machine's. */
const firstGiven = (
  before: SurveyResponse | undefined,
  submitted: Submission,
  phase: SurveyPhase,
  now: UtcInstant,
): Pick<SurveyResponse, 'answeredAt' | 'inWindow'> =>
  before !== undefined && (isSettled(before) || sameAnswers(before.answers, submitted.answers))
    ? { answeredAt: before.answeredAt, inWindow: before.inWindow }
    : { answeredAt: now, inWindow: phase === 'open' };

/**
 * Returns the response and the episode to store together: the write that records a person's answer also cancels its
 * reminders. No suspect answer replaces a person's, however many are sent, and none cancels a reminder.
 */
export const answer = (survey: Survey, submitted: Submission, now: UtcInstant): AnswerChange => {
  const { episode, touchpoint, timepoint, response } = survey;
  const phase = phaseOf(survey, now);
  const answered = evolveTouchpoint(episode, touchpoint.id, { kind: 'answered' });
  const refusal = response === undefined ? undefined : refusalOf(response, submitted);
  if (refusal === 'repeated') return { outcome: refusal };
  if (phase === 'closed' || answered === undefined) return { outcome: 'closed' };
  if (refusal !== undefined) return { outcome: refusal };
  const endsReminders =
    submitted.quality !== 'suspect' && stateOf(episode, touchpoint.id).status !== 'answered';
  return {
    outcome: 'stored',
    response: {
      patientId: episode.patientId,
      episodeId: episode.episodeId,
      timepoint,
      revision: (response?.revision ?? 0) + 1,
      answers: submitted.answers,
      ...firstGiven(response, submitted, phase, now),
      revisedAt: now,
      assisted: submitted.assisted,
      quality: qualityAfter(response?.quality, submitted),
      locale: submitted.locale,
      ...(submitted.generation === undefined ? {} : { generation: submitted.generation }),
    },
    ...(endsReminders ? { episode: revised(withNextEmail(answered)) } : {}),
  };
};
