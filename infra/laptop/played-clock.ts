import * as z from 'zod';
import type { Clock } from '../../shared/platform/ports.ts';
import { instantOfMilliseconds, type UtcInstant } from '../../shared/platform/time.ts';
import { readJsonFile, writeJsonFile } from './host/atomic-file.ts';

/** `frozen` stands still until it is moved; `ticking` also goes on with real time. */
export type ClockMode = 'frozen' | 'ticking';

/** A clock that can be moved. It is kept in a file, so the next start goes on from where this one stood. */
export type PlayedClock = Clock & {
  readonly mode: () => ClockMode;
  readonly setMode: (mode: ClockMode) => void;
  /** Moves to an instant. An earlier one than now is ignored unless `backwards` is asked for. */
  readonly moveTo: (instant: UtcInstant, how?: 'forwards' | 'backwards') => void;
  /** Moves ahead by a number of milliseconds. */
  readonly advance: (milliseconds: number) => void;
  /** Calls the listener with the new time after each move. Gives the function that ends it. */
  readonly onMove: (listener: (now: UtcInstant) => void) => () => void;
};

/** Takes an instant, gives epoch milliseconds. Throws when it is none. */
export const millisecondsOf = (instant: UtcInstant): number => {
  const milliseconds = Date.parse(instant);
  if (Number.isNaN(milliseconds)) throw new RangeError('Not an instant.');
  return milliseconds;
};

const storedClock = z.object({
  mode: z.enum(['frozen', 'ticking']),
  /** What the clock showed, and the real time at which it showed that. */
  shown: z.number(),
  setAt: z.number(),
});

export type ClockOptions = {
  /** Where it is kept: `.local/clock.json`. */
  readonly file: string;
  /** What it shows when nothing is stored; the real time when absent. */
  readonly startAt?: UtcInstant;
  readonly mode?: ClockMode;
  readonly realNow?: () => number;
};

/** Takes the clock's file, gives the clock to read and not to move; undefined when there is none. */
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
 * Opens the clock in its file, or sets a new one. A stored clock keeps its time and its mode. A ticking one
 * also goes on while nothing runs, as a wall clock does.
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
