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

/** True when a touchpoint's window is open on a date in the episode's zone. */
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
 * Returns the emails still planned, earliest first: at most one per touchpoint, because a reminder is planned from
 * the day of its invitation. An episode that is not active has none.
 */
export const plannedEmails = (episode: Episode): readonly PlannedEmail[] =>
  episode.status === 'active'
    ? planOf(episode.family, episode.planVersion)
        .touchpoints.flatMap((touchpoint) => plannedEmailFor(episode, touchpoint))
        .toSorted((a, b) => (a.at < b.at ? -1 : Number(a.at > b.at)))
    : [];

/**
 * Returns the episode with every touchpoint closed whose window has passed: skipped if it was never emailed, lapsed
 * if it was not answered.
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
 * Returns the episode with its pointer on the next planned email. With nothing planned it loses the pointer, and an
 * active episode is finished.
 */
export const withNextEmail = (episode: Episode): Episode => {
  const next = plannedEmails(episode)[0];
  if (next !== undefined) return { ...episode, nextDueAt: next.at };
  const idle = withoutPointer(episode);
  return evolveEpisode(idle, 'finished') ?? idle;
};

/**
 * Returns the episode without its pointer after `stopped` or `retracted`; where the event cannot happen the status
 * stays.
 */
export const withoutPlannedEmails = (
  episode: Episode,
  event: Extract<EpisodeEvent, 'stopped' | 'retracted'>,
): Episode => {
  const idle = withoutPointer(episode);
  return evolveEpisode(idle, event) ?? idle;
};

/** Returns the episode after `resumed` or `reinstated`, with its pointer on whatever is still open. */
export const withEmailsAgain = (
  episode: Episode,
  event: Extract<EpisodeEvent, 'resumed' | 'reinstated'>,
  now: UtcInstant,
): Episode => withNextEmail(closePassedWindows(evolveEpisode(episode, event) ?? episode, now));
