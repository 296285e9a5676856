import type { EpisodeStatus } from './episode.ts';

/**
 * What can happen to an episode. `finish`: nothing more is planned. `stop`: the patient may not be mailed any
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
