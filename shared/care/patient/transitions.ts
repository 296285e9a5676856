import type { LocalDate } from '../../platform/time.ts';
import type { TouchpointId } from '../../protocol/plans.ts';
import type { Episode, EpisodeStatus, TouchpointState, TouchpointStatus } from './episode.ts';

/**
 * What can happen to a touchpoint. `reserved`: a conditional write made its next email ours to send. The two
 * refusals: that email certainly did not go, or it bounced for good, so the reservation is taken back. `delivered`: one
 * of its emails arrived. `answered`: its survey was submitted or revised. `doubted`: a stranger may have answered it.
 * `window-closed`: the days in which it may be emailed are over. `window-reopened`: the date was corrected and they are
 * not.
 */
export type TouchpointEvent =
  | { readonly kind: 'reserved'; readonly on: LocalDate }
  | { readonly kind: 'invitation-refused' }
  | {
      readonly kind: 'reminder-refused';
      /** Date of the email before the refused one. */
      readonly lastEmailOn: LocalDate | undefined;
    }
  | { readonly kind: 'delivered' }
  | { readonly kind: 'answered' }
  | { readonly kind: 'doubted' }
  | { readonly kind: 'window-closed' }
  | { readonly kind: 'window-reopened' };

/**
 * Every possible change of a touchpoint's status. A late answer still turns a lapsed touchpoint into an answered
 * one: it is kept, but not counted.
 */
export const touchpointTransitions: Readonly<
  Record<TouchpointStatus, Readonly<Partial<Record<TouchpointEvent['kind'], TouchpointStatus>>>>
> = {
  planned: { reserved: 'emailed', 'window-closed': 'skipped' },
  emailed: {
    reserved: 'emailed',
    'invitation-refused': 'planned',
    'reminder-refused': 'emailed',
    delivered: 'emailed',
    answered: 'answered',
    'window-closed': 'lapsed',
  },
  answered: { answered: 'answered', delivered: 'answered', doubted: 'emailed' },
  lapsed: { answered: 'answered', delivered: 'lapsed', 'window-reopened': 'emailed' },
  skipped: { 'window-reopened': 'planned' },
};

/**
 * What can happen to an episode. `finished`: nothing more is planned. `refused`: an email is due again, which may have
 * been the last of the plan. `stopped`: the patient may not be emailed any more. `resumed`: the patient may be again.
 * `retracted`: its procedure was entered in error. `reinstated`: the procedure took place after all. `corrected`: its
 * date or family was, so something may be planned again.
 */
export type EpisodeEvent =
  | 'finished'
  | 'refused'
  | 'stopped'
  | 'resumed'
  | 'retracted'
  | 'reinstated'
  | 'corrected';

/** Every possible change of an episode's status. */
export const episodeTransitions: Readonly<
  Record<EpisodeStatus, Readonly<Partial<Record<EpisodeEvent, EpisodeStatus>>>>
> = {
  active: { finished: 'finished', refused: 'active', stopped: 'stopped', retracted: 'cancelled' },
  finished: { refused: 'active', retracted: 'cancelled', corrected: 'active' },
  stopped: { resumed: 'active', retracted: 'cancelled' },
  cancelled: { reinstated: 'active' },
};

/** Returns the state of a touchpoint: `planned` before its first event. */
export const stateOf = (episode: Episode, id: TouchpointId): TouchpointState =>
  episode.touchpoints[id] ?? { status: 'planned', emails: 0 };

/** Returns the state after an event, except for its status. */
const factsAfter = (state: TouchpointState, event: TouchpointEvent): TouchpointState => {
  switch (event.kind) {
    case 'reserved':
      return {
        ...state,
        emails: state.emails + 1,
        firstEmailOn: state.firstEmailOn ?? event.on,
        lastEmailOn: event.on,
      };
    case 'invitation-refused': {
      const { firstEmailOn: _, lastEmailOn: __, ...rest } = state;
      return { ...rest, emails: 0 };
    }
    case 'reminder-refused': {
      const { lastEmailOn: _, ...rest } = state;
      const { lastEmailOn } = event;
      return { ...rest, emails: state.emails - 1, ...(lastEmailOn === undefined ? {} : { lastEmailOn }) };
    }
    case 'delivered':
      return { ...state, delivered: true };
    case 'answered':
    case 'doubted':
    case 'window-closed':
    case 'window-reopened':
      return state;
  }
};

/**
 * Returns the episode after an event of one of its touchpoints, or undefined when the touchpoint's status does not
 * allow the event. Nothing else changes a touchpoint's status.
 */
export const evolveTouchpoint = (
  episode: Episode,
  id: TouchpointId,
  event: TouchpointEvent,
): Episode | undefined => {
  const state = stateOf(episode, id);
  const status = touchpointTransitions[state.status][event.kind];
  if (status === undefined) return undefined;
  const next = { ...factsAfter(state, event), status };
  return { ...episode, touchpoints: { ...episode.touchpoints, [id]: next } };
};

/**
 * Returns the episode after an event, or undefined when its status does not allow the event. Nothing else changes
 * an episode's status.
 */
export const evolveEpisode = (episode: Episode, event: EpisodeEvent): Episode | undefined => {
  const status = episodeTransitions[episode.status][event];
  return status === undefined ? undefined : { ...episode, status };
};
