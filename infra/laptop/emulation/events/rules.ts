import { manifest as sender } from '../../../../functions/send-due-emails/function.ts';
import { addSeconds } from '../../../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import { oneAtATime } from '../../host/one-at-a-time.ts';
import type { PlayedClock } from '../../played-clock.ts';

/** The interval of the sender's schedule: an email that was refused is tried again after it. */
const senderPeriodSeconds = sender.trigger.runs.minutes * 60;

export type PlayedRules = {
  /**
   * Moves the clock ahead to `target` and runs what the rules would have run on the way; see `playRules`.
   * Resolves to the number of times the sender ran.
   */
  readonly moveTo: (target: UtcInstant) => Promise<{ readonly senderRuns: number }>;
  /** Runs what is due now, at most once per interval of the sender; called often while the clock ticks. */
  readonly wake: () => Promise<{ readonly senderRuns: number }>;
  /** Runs the daily rules now, even if the day has not passed. */
  readonly runDaily: () => Promise<void>;
};

export type RuleOptions = {
  readonly clock: PlayedClock;
  /** The earliest instant in the due index; undefined when it is empty. */
  readonly nextDueAt: () => Promise<UtcInstant | undefined>;
  readonly sender: () => Promise<unknown>;
  /** Run in this order at the end of a move over midnight UTC. */
  readonly daily: readonly { readonly name: string; readonly run: () => Promise<unknown> }[];
  /** Waits until everything that a sender's run caused has been handled: email events, then the stream. */
  readonly settle?: () => Promise<unknown>;
  /** Called when a rule's run fails; the others go on, as on AWS. */
  readonly onError?: (rule: string, error: unknown) => void;
  /** Reports the progress of a long move. */
  readonly onStep?: (now: UtcInstant) => void;
};

/** While email is paused, further runs within the move would find the same. */
const isPaused = (report: unknown): boolean =>
  typeof report === 'object' && report !== null && 'endedBy' in report && report.endedBy === 'paused';

const latest = (...instants: readonly [UtcInstant, UtcInstant]): UtcInstant =>
  instants.toSorted().at(-1) ?? instants[0];

/**
 * Plays the scheduled rules against a clock that can jump. On AWS the sender runs every few minutes and mostly finds
 * nothing. Here the clock stops only where something is due, the sender runs, and what is still due afterwards (a
 * refused email) is retried one interval later, unless email is paused. The daily rules run at most once per move, at
 * its end, if the UTC date has changed since they last ran.
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
