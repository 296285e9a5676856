import {
  addDays,
  addOffset,
  daysBetween,
  instantAt,
  localDateOf,
  workingDayFrom,
} from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import { planOf, sendingTimes, type Touchpoint } from '../../protocol/plans.ts';
import type { Episode } from './episode.ts';
import { type EpisodeEvent, evolveEpisode, evolveTouchpoint, stateOf } from './transitions.ts';

/** A planned email: the invitation (number 1) or a reminder (2, 3) of a touchpoint, and when it is due. */
export type PlannedEmail = {
  readonly touchpoint: Touchpoint;
  readonly number: number;
  readonly at: UtcInstant;
};

const plannedDay = (episode: Episode, touchpoint: Touchpoint): LocalDate | undefined => {
  const state = stateOf(episode, touchpoint.id);
  if (state.status === 'planned') return addOffset(episode.serviceDate, touchpoint.offset);
  const reminder = touchpoint.reminderDays[state.emails - 1];
  if (state.status !== 'emailed' || reminder === undefined || state.firstEmailOn === undefined) {
    return undefined;
  }
  return addDays(state.firstEmailOn, reminder);
};

/** Takes an episode and a date there, says whether the touchpoint's window is open on it. */
export const isWindowOpen = (episode: Episode, touchpoint: Touchpoint, on: LocalDate): boolean => {
  const day = daysBetween(episode.serviceDate, on);
  return day >= touchpoint.window.opensDay && day <= touchpoint.window.closesDay;
};

const plannedEmailFor = (episode: Episode, touchpoint: Touchpoint): readonly PlannedEmail[] => {
  const planned = plannedDay(episode, touchpoint);
  if (planned === undefined) return [];
  const day = touchpoint.at === 'morning' ? workingDayFrom(planned) : planned;
  if (!isWindowOpen(episode, touchpoint, day)) return [];
  const at = instantAt(day, sendingTimes[touchpoint.at], episode.zone);
  return [{ touchpoint, number: stateOf(episode, touchpoint.id).emails + 1, at }];
};

/**
 * Takes an episode, gives the emails its plan still holds, earliest first: at most one a touchpoint, since a
 * reminder is planned from the day of its invitation. None when the episode is not active.
 */
export const plannedEmails = (episode: Episode): readonly PlannedEmail[] =>
  episode.status === 'active'
    ? planOf(episode.family, episode.planVersion)
        .touchpoints.flatMap((touchpoint) => plannedEmailFor(episode, touchpoint))
        .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    : [];

/**
 * Returns the episode with every touchpoint closed whose window has passed: skipped if it was never emailed, lapsed if
 * it was emailed and not answered.
 */
export const closePassedWindows = (episode: Episode, now: UtcInstant): Episode => {
  const day = daysBetween(episode.serviceDate, localDateOf(now, episode.zone));
  return planOf(episode.family, episode.planVersion)
    .touchpoints.filter((touchpoint) => day > touchpoint.window.closesDay)
    .reduce(
      (current, { id }) => evolveTouchpoint(current, id, { kind: 'window-closed' }) ?? current,
      episode,
    );
};

const withoutPointer = ({ nextDueAt: _, ...episode }: Episode): Episode => episode;

/**
 * Returns the episode with its pointer on the next planned email. With nothing planned it has no pointer, and an active
 * one is finished.
 */
export const withNextEmail = (episode: Episode): Episode => {
  const next = plannedEmails(episode)[0];
  if (next !== undefined) return { ...episode, nextDueAt: next.at };
  const idle = withoutPointer(episode);
  return evolveEpisode(idle, 'finished') ?? idle;
};

/** Returns the episode with nothing pending after `stopped` or `retracted`; its status stays where that cannot happen. */
export const withoutPlannedEmails = (
  episode: Episode,
  event: Extract<EpisodeEvent, 'stopped' | 'retracted'>,
): Episode => {
  const idle = withoutPointer(episode);
  return evolveEpisode(idle, event) ?? idle;
};

/** Returns the episode after `resumed` or `reinstated`, with whatever is still open pending again. */
export const withEmailsAgain = (
  episode: Episode,
  event: Extract<EpisodeEvent, 'resumed' | 'reinstated'>,
  now: UtcInstant,
): Episode => withNextEmail(closePassedWindows(evolveEpisode(episode, event) ?? episode, now));
