import type { UtcInstant } from '../../platform/time.ts';
import { type PatientChange, revised } from '../patient/commit-change.ts';
import type { Episode } from '../patient/episode.ts';
import { isDoubted, withLinksEnded } from '../patient/links.ts';
import type { PatientRecord, Profile } from '../patient/patient.ts';
import type { SurveyResponse } from '../patient/response.ts';
import { stopPatient } from '../patient/stops.ts';
import { evolveTouchpoint } from '../patient/transitions.ts';

/** Returns a response as it is to be judged now: suspect while a stranger may have given it. */
export const judged = (response: SurveyResponse, profile: Profile | undefined): SurveyResponse =>
  isDoubted(response, profile) ? { ...response, quality: 'suspect' } : response;

/** Returns the responses that count as suspect under one profile and not under another. */
const suspectOnlyUnder = (
  { responses }: PatientRecord,
  profile: Profile,
  other: Profile,
): readonly SurveyResponse[] =>
  responses.filter(
    (response) =>
      judged(response, profile).quality === 'suspect' && judged(response, other).quality !== 'suspect',
  );

/** Returns the episode after an event of each survey that the responses answer. */
const evolved = (
  episode: Episode,
  responses: readonly SurveyResponse[],
  kind: 'answered' | 'doubted',
): Episode =>
  responses
    .filter(({ episodeId }) => episodeId === episode.episodeId)
    .reduce((current, { timepoint }) => evolveTouchpoint(current, timepoint, { kind }) ?? current, episode);

/** Applies `change` to every episode of a record, on top of those that `changed` holds in their next revision. */
const alsoChanging = (
  { episodes }: PatientRecord,
  changed: readonly Episode[],
  change: (episode: Episode) => Episode,
): readonly Episode[] =>
  episodes.flatMap((stored) => {
    const started = changed.find(({ episodeId }) => episodeId === stored.episodeId);
    if (started !== undefined) return [change(started)];
    const after = change(stored);
    return after === stored ? [] : [revised(after)];
  });

/**
 * Returns the change that "this is not me" makes: email stops, every link made so far ends, and what came through the
 * links to this address is in doubt. The surveys it answered are unanswered again.
 */
export const notMeChange = (record: PatientRecord, at: UtcInstant): PatientChange => {
  if (record.profile === undefined) return { episodes: [] };
  const stop = stopPatient(record, 'wrong-person', at, 'reader');
  const profile = withLinksEnded(stop.profile ?? revised(record.profile), 'not-me');
  const doubted = suspectOnlyUnder(record, profile, record.profile);
  return {
    profile,
    episodes: alsoChanging(record, stop.episodes, (episode) => evolved(episode, doubted, 'doubted')),
  };
};
