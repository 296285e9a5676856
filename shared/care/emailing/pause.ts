import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { PauseStore } from '../patient/ports.ts';

/**
 * What operations can pause. `email`: nothing is sent to patients and due emails wait, while every link keeps
 * working. `email-and-surveys`: new visitors do not see a survey form either. Answers from a form that is already
 * open are accepted, and help and "no more email" always work.
 */
export const pauseReaches = ['email', 'email-and-surveys'] as const;

export type PauseReach = (typeof pauseReaches)[number];

export type Pause = { readonly since: UtcInstant; readonly reach: PauseReach };

/** The Retry-After of a paused page, in seconds; when a pause ends is unknown. */
export const pauseRetrySeconds = 3600;

/** True unless a pause hides the survey forms. */
export const showsSurveys = (pause: Pause | undefined): boolean => pause?.reach !== 'email-and-surveys';

/** Creates the use case that pauses. An existing pause keeps its beginning and gets the new reach. */
export const pauseClinicWith =
  ({ pauses, clock }: { readonly pauses: PauseStore; readonly clock: Clock }) =>
  async (reach: PauseReach): Promise<Pause> => {
    const existing = await pauses.read();
    const pause: Pause = { since: existing?.since ?? clock.now(), reach };
    await pauses.write(pause);
    return pause;
  };

/** Creates the use case that resumes. Returns the pause that ended, or undefined when there was none. */
export const resumeClinicWith =
  ({ pauses }: { readonly pauses: PauseStore }) =>
  async (): Promise<Pause | undefined> => {
    const existing = await pauses.read();
    if (existing !== undefined) await pauses.clear();
    return existing;
  };
