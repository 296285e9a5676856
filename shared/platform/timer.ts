import { setTimeout as sleep } from 'node:timers/promises';

/** Resolves after a number of milliseconds. */
export type Wait = (milliseconds: number) => Promise<void>;

/** Monotonic milliseconds, unrelated to the time of day. */
export type Stopwatch = () => number;

/** How time passes. */
export type Timer = { readonly wait: Wait; readonly stopwatch: Stopwatch };

/** The machine's own timer. */
export const machineTimer: Timer = {
  wait: (milliseconds) => sleep(milliseconds),
  stopwatch: () => performance.now(),
};
