import type { TouchpointId } from '../../protocol/plans.ts';
import type { Episode, EpisodeStatus, TouchpointState, TouchpointStatus } from './episode.ts';

/**
 * What can happen to a touchpoint. `contact`: an email for it was claimed. `refuse`: that email certainly did not
 * go, so the claim is taken back. `answer`: its survey was answered or changed. `close`: its window passed.
 */
export type TouchpointEvent = 'contact' | 'refuse' | 'answer' | 'close';

/**
 * The states and what leads from one to the next; what is not in the table cannot happen. A late answer still
 * turns a lapsed touchpoint into an answered one: it is kept, though not counted.
 */
export const touchpointTransitions: Readonly<
  Record<TouchpointStatus, Readonly<Partial<Record<TouchpointEvent, TouchpointStatus>>>>
> = {
  planned: { contact: 'emailed', close: 'skipped' },
  emailed: { contact: 'emailed', refuse: 'emailed', answer: 'answered', close: 'lapsed' },
  answered: { answer: 'answered' },
  lapsed: { answer: 'answered' },
  skipped: {},
};

/** Takes an episode and a touchpoint's name, gives its state; `planned` when nothing has happened to it yet. */
export const stateOf = (episode: Episode, id: TouchpointId): TouchpointState =>
  episode.touchpoints[id] ?? { status: 'planned', emails: 0 };

/** Takes a status and an event, gives the status after it, or undefined when it cannot happen there. */
export const statusAfter = (status: TouchpointStatus, event: TouchpointEvent): TouchpointStatus | undefined =>
  touchpointTransitions[status][event];

/** Takes an episode, gives it with one touchpoint's state replaced. */
export const withTouchpoint = (episode: Episode, id: TouchpointId, state: TouchpointState): Episode => ({
  ...episode,
  touchpoints: { ...episode.touchpoints, [id]: state },
});

/**
 * What can happen to an episode. `finish`: nothing more is planned. `stop`: the patient may not be emailed any
 * more. `resume`: may again. `retract`: its procedure was entered in error. `reinstate`: it was not after all.
 */
export type EpisodeEvent = 'finish' | 'stop' | 'resume' | 'retract' | 'reinstate';

/** The states and what leads from one to the next; what is not in the table changes nothing. */
export const episodeTransitions: Readonly<
  Record<EpisodeStatus, Readonly<Partial<Record<EpisodeEvent, EpisodeStatus>>>>
> = {
  active: { finish: 'finished', stop: 'stopped', retract: 'cancelled' },
  finished: { stop: 'finished', retract: 'cancelled' },
  stopped: { resume: 'active', retract: 'cancelled' },
  cancelled: { reinstate: 'active' },
};

/** Takes a status and an event, gives the status after it; the same one when the event does not apply. */
export const episodeStatusAfter = (status: EpisodeStatus, event: EpisodeEvent): EpisodeStatus =>
  episodeTransitions[status][event] ?? status;
