import { addSeconds } from '../../../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import { oneAtATime } from '../../host/one-at-a-time.ts';
import type { PlayedClock } from '../../played-clock.ts';

/** The period of the sender's rule on AWS: an email that was refused is tried again after it. */
export const senderPeriodSeconds = 300;

export type PlayedRules = {
  /**
   * Moves the clock ahead to `target` and runs what the rules would have run on the way; see `playRules`.
   * Gives how often the sender ran.
   */
  readonly moveTo: (target: UtcInstant) => Promise<{ readonly senderRuns: number }>;
  /** Runs what is due now, at most every five minutes of the clock; a ticking clock calls for it often. */
  readonly wake: () => Promise<{ readonly senderRuns: number }>;
  /** Runs the daily rules now, whether the day has passed or not. */
  readonly runDaily: () => Promise<void>;
};

export type RuleOptions = {
  readonly clock: PlayedClock;
  /** Gives the earliest instant at which the due index holds anything; undefined when it is empty. */
  readonly nextDueAt: () => Promise<UtcInstant | undefined>;
  readonly sender: () => Promise<unknown>;
  /** Run in this order, at the end of a move over midnight UTC: publish, then drift. */
  readonly daily: readonly { readonly name: string; readonly run: () => Promise<unknown> }[];
  /** Waits until what a sender's run set off has been dealt with: email events, then the stream. */
  readonly settle?: () => Promise<unknown>;
  /** Told about a rule's run that failed; the others go on, as on AWS. */
  readonly onError?: (rule: string, error: unknown) => void;
  /** Told where a long move has got to. */
  readonly onStep?: (now: UtcInstant) => void;
};

/** While email is paused the sender would find the same at every run until the end of the move. */
const isPaused = (report: unknown): boolean =>
  typeof report === 'object' && report !== null && 'endedBy' in report && report.endedBy === 'paused';

const latest = (...instants: readonly [UtcInstant, UtcInstant]): UtcInstant =>
  instants.toSorted().at(-1) ?? instants[0];

/**
 * Plays the scheduled rules against a clock that can jump. On AWS the sender runs every five minutes and finds
 * nothing most of the time. Here the clock stops only where something is due, the sender runs, and what it
 * left due (a refused email) is tried again five minutes on, unless email is paused. The daily rules run at most
 * once a move, at its end, if the UTC date has changed since they last ran.
 */
export const playRules = (options: RuleOptions): PlayedRules => {
  const { clock } = options;
  const queue = oneAtATime();
  let dailyRanOn = clock.now().slice(0, 10);
  let wakeFrom = clock.now();

  const run = async (rule: string, job: () => Promise<unknown>): Promise<unknown> => {
    try {
      return await job();
    } catch (error) {
      options.onError?.(rule, error);
      return undefined;
    }
  };
  const runDaily = async (): Promise<void> => {
    dailyRanOn = clock.now().slice(0, 10);
    for (const rule of options.daily) await run(rule.name, rule.run);
    await options.settle?.();
  };
  const playTo = async (
    target: UtcInstant,
    now: UtcInstant,
    from: UtcInstant,
  ): Promise<{ readonly senderRuns: number }> => {
    let senderRuns = 0;
    let notBefore = latest(now, from);
    for (;;) {
      const due = await options.nextDueAt();
      if (due === undefined) break;
      const stop = latest(due, notBefore);
      if (stop > target) break;
      clock.moveTo(stop);
      options.onStep?.(stop);
      const report = await run('sender', options.sender);
      await options.settle?.();
      senderRuns += 1;
      notBefore = addSeconds(stop, senderPeriodSeconds);
      wakeFrom = notBefore;
      if (isPaused(report)) break;
    }
    clock.moveTo(target);
    if (clock.now().slice(0, 10) > dailyRanOn) await runDaily();
    return { senderRuns };
  };
  return {
    moveTo: (target) => queue(() => playTo(target, clock.now(), clock.now())),
    wake: () =>
      queue(() => {
        const now = clock.now();
        return playTo(now, now, wakeFrom);
      }),
    runDaily: () => queue(runDaily),
  };
};
