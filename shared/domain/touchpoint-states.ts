import type { Episode, TouchpointId, TouchpointState, TouchpointStatus } from './episode.ts';

/**
 * What can happen to a touchpoint. `contact`: a mail for it was claimed. `refuse`: that mail certainly did not
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
  planned: { contact: 'contacted', close: 'skipped' },
  contacted: { contact: 'contacted', refuse: 'contacted', answer: 'answered', close: 'lapsed' },
  answered: { answer: 'answered' },
  lapsed: { answer: 'answered' },
  skipped: {},
};

/** Takes an episode and a touchpoint's name, gives its state; `planned` when nothing has happened to it yet. */
export const stateOf = (episode: Episode, id: TouchpointId): TouchpointState =>
  episode.touchpoints[id] ?? { status: 'planned', contacts: 0 };

/** Takes a status and an event, gives the status after it, or undefined when it cannot happen there. */
export const statusAfter = (status: TouchpointStatus, event: TouchpointEvent): TouchpointStatus | undefined =>
  touchpointTransitions[status][event];

/** Takes an episode, gives it with one touchpoint's state replaced. */
export const withTouchpoint = (episode: Episode, id: TouchpointId, state: TouchpointState): Episode => ({
  ...episode,
  touchpoints: { ...episode.touchpoints, [id]: state },
});
