import { localDateOf } from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import { planOf } from '../../protocol/plans.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientRecord } from '../patient/patient.ts';
import { isWindowOpen } from '../patient/planned-emails.ts';
import { stateOf } from '../patient/transitions.ts';

/** True while a survey of the episode waits for an answer, whether or not its email has gone yet. */
const hasOpenSurvey = (episode: Episode, now: UtcInstant): boolean =>
  episode.status === 'active' &&
  planOf(episode.family, episode.planVersion).touchpoints.some((touchpoint) => {
    const { status } = stateOf(episode, touchpoint.id);
    return (
      touchpoint.kind === 'survey' &&
      (status === 'planned' || status === 'emailed') &&
      isWindowOpen(episode, touchpoint, localDateOf(now, episode.zone))
    );
  });

/**
 * Returns the day of the visit when the patient could take the survey of an episode for that of another one. An email
 * says no more than it must, so it is undefined for everybody else.
 */
export const visitToName = (
  { episodes }: Pick<PatientRecord, 'episodes'>,
  { episodeId, serviceDate }: Episode,
  now: UtcInstant,
): LocalDate | undefined =>
  episodes.some((other) => other.episodeId !== episodeId && hasOpenSurvey(other, now))
    ? serviceDate
    : undefined;
