import { addDays, isBeforeDay } from '../../platform/calendar.ts';
import type { Locale } from '../../platform/locale.ts';
import { type Timepoint, timepoints, type UtcInstant } from '../../platform/time.ts';
import type { Answers } from '../../protocol/instrument.ts';
import { planOf, type Touchpoint, timepointOf, touchpointOf } from '../../protocol/plans.ts';
import { revised } from '../patient/commit-change.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientRecord } from '../patient/patient.ts';
import { withNextEmail } from '../patient/planned-emails.ts';
import type { AnswerQuality, Draft, SurveyResponse } from '../patient/response.ts';
import { evolveTouchpoint } from '../patient/transitions.ts';

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
  readonly response?: SurveyResponse;
  /** Answers that were not submitted; never beside a response. */
  readonly draft?: Draft;
  /** The answers to the episode's other surveys. */
  readonly others?: readonly SurveyResponse[];
};

/** Whether answers are accepted. `open`: and counted. `late`: stored but not counted. `closed`: no longer. */
export type SurveyPhase = 'open' | 'late' | 'closed';

/** Returns the survey that a link names in a record; undefined when it names none, or none any more. */
export const surveyOf = (
  record: PatientRecord,
  link: Pick<SurveyResponse, 'episodeId'> & { readonly touchpoint: Touchpoint['id'] },
): Survey | undefined => {
  const episode = record.episodes.find(({ episodeId }) => episodeId === link.episodeId);
  const timepoint = timepointOf(link.touchpoint);
  if (episode === undefined || episode.status === 'cancelled' || timepoint === undefined) return undefined;
  const touchpoint = touchpointOf(planOf(episode.family, episode.planVersion), link.touchpoint);
  if (touchpoint === undefined) return undefined;
  const isOfEpisode = ({ episodeId }: Pick<SurveyResponse, 'episodeId'>): boolean =>
    episodeId === episode.episodeId;
  const responses = record.responses.filter(isOfEpisode);
  const others = responses.filter((other) => other.timepoint !== timepoint);
  const response = responses.find((other) => other.timepoint === timepoint);
  const draft = record.drafts?.filter(isOfEpisode).find((other) => other.timepoint === timepoint);
  return {
    episode,
    touchpoint,
    timepoint,
    ...(others.length === 0 ? {} : { others }),
    ...(response === undefined ? {} : { response }),
    ...(response !== undefined || draft === undefined ? {} : { draft }),
  };
};

/** Returns whether answers are accepted at `now`. A change is accepted only within the window. */
export const phaseOf = ({ episode, touchpoint, response }: Survey, now: UtcInstant): SurveyPhase => {
  const { serviceDate, zone } = episode;
  const { closesDay } = touchpoint.window;
  if (isBeforeDay(now, addDays(serviceDate, closesDay + 1), zone)) return 'open';
  const isLate = isBeforeDay(now, addDays(serviceDate, closesDay + maxLateDays + 1), zone);
  return response === undefined && isLate ? 'late' : 'closed';
};

export type Submission = {
  readonly answers: Answers;
  readonly assisted: boolean;
  readonly quality: Exclude<AnswerQuality, 'confirmed'>;
  readonly locale: Locale;
};

export type AnswerChange =
  | { readonly outcome: 'stored'; readonly response: SurveyResponse; readonly episode: Episode }
  | { readonly outcome: 'repeated' }
  | { readonly outcome: 'closed' }
  | { readonly outcome: 'too-many' };

const sameAnswers = (a: Answers, b: Answers): boolean => {
  const items = new Map<string, unknown>(Object.entries(a));
  const others = Object.entries(b);
  return items.size === others.length && others.every(([item, value]) => items.get(item) === value);
};

/** An answer that is or was suspect and now comes from a person is `confirmed`; one that a script changes is suspect. */
const qualityAfter = (before: AnswerQuality | undefined, submitted: Submission): AnswerQuality =>
  submitted.quality === 'trusted' && (before === 'suspect' || before === 'confirmed')
    ? 'confirmed'
    : submitted.quality;

/** The same answers again are news only when they confirm suspect ones. */
const isRepetition = (before: SurveyResponse, submitted: Submission): boolean =>
  sameAnswers(before.answers, submitted.answers) &&
  !(before.quality === 'suspect' && submitted.quality === 'trusted');

/** A confirmation of the same answers is always accepted: suspect answers do not count until then. */
const isOneTooMany = (before: SurveyResponse, submitted: Submission): boolean =>
  before.revision >= maxRevisions && !sameAnswers(before.answers, submitted.answers);

/**
 * Returns the response and the episode to store together: the write that records the answer also cancels its reminders.
 * The same answers again are `repeated` and change nothing; neither does a revision too many.
 */
export const answer = (survey: Survey, submitted: Submission, now: UtcInstant): AnswerChange => {
  const { episode, touchpoint, timepoint, response } = survey;
  const phase = phaseOf(survey, now);
  const answered = evolveTouchpoint(episode, touchpoint.id, { kind: 'answered' });
  if (response !== undefined && isRepetition(response, submitted)) return { outcome: 'repeated' };
  if (phase === 'closed' || answered === undefined) return { outcome: 'closed' };
  if (response !== undefined && isOneTooMany(response, submitted)) return { outcome: 'too-many' };
  return {
    outcome: 'stored',
    response: {
      patientId: episode.patientId,
      episodeId: episode.episodeId,
      timepoint,
      revision: (response?.revision ?? 0) + 1,
      answers: submitted.answers,
      answeredAt: response?.answeredAt ?? now,
      revisedAt: now,
      inWindow: response?.inWindow ?? phase === 'open',
      assisted: submitted.assisted,
      quality: qualityAfter(response?.quality, submitted),
      locale: submitted.locale,
    },
    episode: revised(withNextEmail(answered)),
  };
};

/** One patient's pain at one time: 0 (none) to 10. `before`: the baseline. */
export type PainPoint = { readonly at: 'before' | Timepoint; readonly value: number };

/** Returns the pain reported in all surveys of an episode, in order of time. */
export const painOverTime = ({ episode, response, others = [] }: Survey): readonly PainPoint[] => {
  const all = response === undefined ? others : [...others, response];
  const before = episode.baseline?.nrsPain;
  return [
    ...(before === undefined ? [] : [{ at: 'before', value: before } as const]),
    ...timepoints.flatMap((at) => {
      const value = all.find(({ timepoint }) => timepoint === at)?.answers.nrsPain;
      return value === undefined ? [] : [{ at, value }];
    }),
  ];
};
