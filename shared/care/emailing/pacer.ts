import type { Stopwatch, Wait } from '../../platform/timer.ts';

/** Milliseconds. Timers wait no less; shorter delays are carried over to the next email. */
const minWaitMilliseconds = 1;

/**
 * Creates the function to await before each email. It spaces emails evenly at `perSecond`, however many are in
 * progress.
 */
export const pacerFor = (perSecond: number, wait: Wait, stopwatch: Stopwatch): (() => Promise<void>) => {
  const gap = 1000 / perSecond;
  let nextSlot = stopwatch();
  return async () => {
    const now = stopwatch();
    const slot = Math.max(now, nextSlot);
    nextSlot = slot + gap;
    if (slot - now >= minWaitMilliseconds) await wait(slot - now);
  };
};
