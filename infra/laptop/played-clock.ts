import * as z from 'zod';
import type { Clock } from '../../shared/platform/ports.ts';
import { instantOfMilliseconds, type UtcInstant } from '../../shared/platform/time.ts';
import { readJsonFile, writeJsonFile } from './host/atomic-file.ts';

/** `frozen` changes only when moved; `ticking` also advances with real time. */
export type ClockMode = 'frozen' | 'ticking';

/** A clock that can be moved. Its state is in a file, so a restart resumes it. */
export type PlayedClock = Clock & {
  readonly mode: () => ClockMode;
  readonly setMode: (mode: ClockMode) => void;
  /** Moves to an instant. Ignores one before now unless `how` is `backwards`. */
  readonly moveTo: (instant: UtcInstant, how?: 'forwards' | 'backwards') => void;
  /** Moves ahead by a number of milliseconds. */
  readonly advance: (milliseconds: number) => void;
  /** Calls the listener with the new time after each move. Returns the function that removes it. */
  readonly onMove: (listener: (now: UtcInstant) => void) => () => void;
};

/** Converts an instant to epoch milliseconds. Throws a `RangeError` when it cannot be parsed. */
export const millisecondsOf = (instant: UtcInstant): number => {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError('Not an instant.');
  return milliseconds;
};

const storedClock = z.object({
  mode: z.enum(['frozen', 'ticking']),
  /** The played time when it was last set, in epoch milliseconds. */
  shown: z.number(),
  /** The real time at that moment, in epoch milliseconds. */
  setAt: z.number(),
});

export type ClockOptions = {
  /** Holds the clock's state: `.local/clock.json`. */
  readonly file: string;
  /** Initial time when nothing is stored; defaults to the real time. */
  readonly startAt?: UtcInstant;
  readonly mode?: ClockMode;
  readonly realNow?: () => number;
};

/** Opens the clock in a file read-only, following its moves; undefined when there is none. */
export const readPlayedClock = (file: string): Clock | undefined => {
  if (readJsonFile(file, storedClock) === undefined) return undefined;
  let last = Date.now();
  const now = (): number => {
    const state = readJsonFile(file, storedClock);
    if (state !== undefined) {
      last = state.mode === 'frozen' ? state.shown : state.shown + Math.max(0, Date.now() - state.setAt);
    }
    return last;
  };
  return { now: () => instantOfMilliseconds(now()) };
};

/**
 * Opens the clock in its file, or creates it. A stored clock keeps its time and its mode. A ticking clock also
 * advances while nothing runs, as a wall clock does.
 */
export const openPlayedClock = (options: ClockOptions): PlayedClock => {
  const realNow = options.realNow ?? Date.now;
  let state = readJsonFile(options.file, storedClock) ?? {
    mode: options.mode ?? ('ticking' as const),
    shown: options.startAt === undefined ? realNow() : millisecondsOf(options.startAt),
    setAt: realNow(),
  };
  const listeners = new Set<(now: UtcInstant) => void>();
  const nowMs = (): number =>
    state.mode === 'frozen' ? state.shown : state.shown + Math.max(0, realNow() - state.setAt);
  const set = (shown: number, mode: ClockMode): void => {
    state = { mode, shown, setAt: realNow() };
    writeJsonFile(options.file, state);
  };
  const move = (target: number, backwards: boolean): void => {
    if (target < nowMs() && !backwards) return;
    set(target, state.mode);
    for (const listener of listeners) listener(instantOfMilliseconds(nowMs()));
  };
  set(nowMs(), state.mode);
  return {
    now: () => instantOfMilliseconds(nowMs()),
    mode: () => state.mode,
    setMode: (mode) => set(nowMs(), mode),
    moveTo: (instant, how) => move(millisecondsOf(instant), how === 'backwards'),
    advance: (milliseconds) => move(nowMs() + milliseconds, false),
    onMove: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
};
