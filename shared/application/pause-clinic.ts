import type { Pause, PauseReach } from '../domain/pause.ts';
import type { Clock, PauseStore } from './ports.ts';

/** Makes the use case that pauses. One that stands already keeps its beginning and gets the new reach. */
export const pauseClinicWith =
  ({ pauses, clock }: { readonly pauses: PauseStore; readonly clock: Clock }) =>
  async (reach: PauseReach): Promise<Pause> => {
    const standing = await pauses.read();
    const pause: Pause = { since: standing?.since ?? clock.now(), reach };
    await pauses.write(pause);
    return pause;
  };

/** Makes the use case that resumes. Gives what was paused until now, or undefined when nothing was. */
export const resumeClinicWith =
  ({ pauses }: { readonly pauses: PauseStore }) =>
  async (): Promise<Pause | undefined> => {
    const standing = await pauses.read();
    if (standing !== undefined) await pauses.clear();
    return standing;
  };
