import { daysBetween, localDateOf } from '../../../platform/calendar.ts';
import type { LocalDate, UtcInstant, ZoneId } from '../../../platform/time.ts';
import type { FamilyId } from '../../../protocol/families.ts';
import { currentPlanOf, planOf, type TouchpointId } from '../../../protocol/plans.ts';
import type { Episode, TouchpointState } from '../episode.ts';
import type { EpisodeId } from '../ids.ts';
import type { PatientRecord } from '../patient.ts';
import { closePassedWindows, withNextEmail, withoutPlannedEmails } from '../planned-emails.ts';
import { evolveEpisode, evolveTouchpoint, stateOf } from '../transitions.ts';

/** Where an episode belongs by what its procedure records say now. */
export type EpisodePlace = { readonly family: FamilyId; readonly serviceDate: LocalDate };

const isAt = (episode: Episode, { family, serviceDate }: EpisodePlace): boolean =>
  episode.family === family && episode.serviceDate === serviceDate;

/** Opens what was closed under a wrong date and is still to come under the right one. */
const withOpenWindows = (episode: Episode, now: UtcInstant): Episode => {
  const day = daysBetween(episode.serviceDate, localDateOf(now, episode.zone));
  return planOf(episode.family, episode.planVersion)
    .touchpoints.filter(({ window }) => day <= window.closesDay)
    .reduce(
      (current, { id }) => evolveTouchpoint(current, id, { kind: 'window-reopened' }) ?? current,
      episode,
    );
};

/**
 * Returns the episode with its family and date corrected. What was emailed and answered stays with it and is not
 * emailed again; only what is still to come is planned by the corrected date.
 */
export const correctedTo = (
  episode: Episode,
  place: EpisodePlace,
  zone: ZoneId,
  now: UtcInstant,
): Episode => {
  if (isAt(episode, place)) return episode;
  const { family, serviceDate } = place;
  const planVersion = family === episode.family ? episode.planVersion : currentPlanOf(family).version;
  const moved = withOpenWindows({ ...episode, family, serviceDate, zone, planVersion }, now);
  return withNextEmail(closePassedWindows(evolveEpisode(moved, 'corrected') ?? moved, now));
};

/**
 * Returns the touchpoints that a treatment begins with when its record leaves an episode that others still stand for:
 * whatever the patient was emailed there is over for it too.
 */
export const touchpointsOfSplit = ({ touchpoints }: Episode): Episode['touchpoints'] =>
  Object.fromEntries(
    Object.entries(touchpoints)
      .filter(([, { emails }]) => emails > 0)
      .map(([id, state]) => [id, { ...state, status: 'lapsed' } satisfies TouchpointState]),
  );

const progress: Readonly<Record<TouchpointState['status'], number>> = {
  planned: 0,
  skipped: 0,
  lapsed: 1,
  emailed: 1,
  answered: 2,
};

const later = (a: LocalDate | undefined, b: LocalDate | undefined): LocalDate | undefined =>
  [a, b]
    .filter((date) => date !== undefined)
    .toSorted()
    .at(-1);

/** Returns the episode with everything that was emailed or answered in another one, which is the same treatment. */
export const withHistoryOf = (episode: Episode, other: Episode, now: UtcInstant): Episode => {
  const ids = planOf(episode.family, episode.planVersion).touchpoints.map(({ id }) => id);
  const furtherIn = (id: TouchpointId): Episode =>
    progress[stateOf(other, id).status] > progress[stateOf(episode, id).status] ? other : episode;
  const touchpoints = Object.fromEntries(
    ids.flatMap((id) => {
      const state = furtherIn(id).touchpoints[id];
      return state === undefined ? [] : [[id, state]];
    }),
  );
  const lastEmailOn = later(episode.lastEmailOn, other.lastEmailOn);
  const lastInvitationOn = later(episode.lastInvitationOn, other.lastInvitationOn);
  const merged: Episode = {
    ...episode,
    touchpoints: { ...episode.touchpoints, ...touchpoints },
    ...(lastEmailOn === undefined ? {} : { lastEmailOn }),
    ...(lastInvitationOn === undefined ? {} : { lastInvitationOn }),
  };
  return withNextEmail(closePassedWindows(merged, now));
};

/** Returns the episode that ends because another one took it over. */
export const takenOverBy = (episode: Episode, survivor: Episode): Episode =>
  withoutPlannedEmails({ ...episode, sources: [], mergedInto: survivor.episodeId }, 'retracted');

/** Returns the episode with this id, or the one that took it over. */
export const episodeIn = (
  { episodes }: Pick<PatientRecord, 'episodes'>,
  id: EpisodeId,
): Episode | undefined => {
  const found = episodes.find(({ episodeId }) => episodeId === id);
  return found?.mergedInto === undefined ? found : episodeIn({ episodes }, found.mergedInto);
};
