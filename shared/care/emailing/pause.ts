import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { PauseStore } from '../patient/ports.ts';

/**
 * What operations has paused, until it resumes. `email`: nothing is sent to patients; what is due waits, and whatever a
 * patient does with an email in hand goes on as ever. `email-and-surveys`: nobody is shown a survey to fill in either.
 * Answers of a form that is open already are taken, and help and "no more email" work at all times.
 */
export const pauseReaches = ['email', 'email-and-surveys'] as const;

export type PauseReach = (typeof pauseReaches)[number];

export type Pause = { readonly since: UtcInstant; readonly reach: PauseReach };

/** Seconds after which a program that was told to come back may do so; nobody knows when a pause ends. */
export const pauseRetrySeconds = 3600;

/** Takes what is paused, if anything is, says whether surveys are shown to be filled in. */
export const showsSurveys = (pause: Pause | undefined): boolean => pause?.reach !== 'email-and-surveys';

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
