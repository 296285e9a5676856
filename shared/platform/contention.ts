import { setTimeout as wait } from 'node:timers/promises';
import { failure } from './logging/errors.ts';

/** How often to try a write that others get in the way of, and how long to wait in between. */
export type Tries = {
  readonly max: number;
  /** Upper limit of the first wait, in milliseconds; it doubles with every further try. */
  readonly firstMs: number;
  /** Upper limit of any wait, in milliseconds. */
  readonly maxMs: number;
};

/**
 * Returns how many milliseconds to wait after a number of failed tries. The first retry comes at once, for most
 * collisions are of two; after that the wait is random within a growing limit, so writers that collided once do not
 * meet again in step.
 */
export const waitAfter = (
  failed: number,
  { firstMs, maxMs }: Pick<Tries, 'firstMs' | 'maxMs'>,
  random: () => number = Math.random,
): number => (failed < 2 ? 0 : Math.floor(random() * Math.min(maxMs, firstMs * 2 ** (failed - 2))));

const name = 'Busy';

/** Creates the error of a write that did not happen because of others. The same request may succeed later. */
export const busy = (message: string): Error => Object.assign(failure(message), { name });

export const isBusy = (error: unknown): boolean => error instanceof Error && error.name === name;

/** The result of one try. `again`: somebody else was first. */
export type Try<T> = { readonly outcome: 'again' } | { readonly outcome: 'done'; readonly result: T };

const settled = async <T>(once: () => Promise<Try<T>>): Promise<Try<T>> => {
  try {
    return await once();
  } catch (error) {
    if (isBusy(error)) return { outcome: 'again' };
    throw error;
  }
};

/** Tries until `once` is done. A busy store counts as a failed try. Throws a busy error with this message at the end. */
export const tryRepeatedly = async <T>(
  once: () => Promise<Try<T>>,
  tries: Tries,
  message: string,
): Promise<T> => {
  for (let failed = 0; failed < tries.max; failed += 1) {
    const milliseconds = waitAfter(failed, tries);
    if (milliseconds > 0) await wait(milliseconds);
    const tried = await settled(once);
    if (tried.outcome === 'done') return tried.result;
  }
  throw busy(message);
};
