/** Waits so many milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/** Tells milliseconds that only ever go forward; unrelated to the time of day. */
export type Stopwatch = () => number;

/** Milliseconds; no timer waits for less. What is not waited for now is waited for by a later email. */
const minWaitMilliseconds = 1;

/**
 * Takes a rate in emails a second, gives a function to be awaited before each email: it spaces the emails evenly,
 * however many are under way at once.
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
