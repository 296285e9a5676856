import { errorFields } from '../../platform/logging/errors.ts';
import type { Clock, Log, Metrics } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { Timer } from '../../platform/timer.ts';
import { logSubjectOf } from '../patient/log-subject.ts';
import type { DueEntry, PauseStore } from '../patient/ports.ts';
import { pacerFor } from './pacer.ts';
import { type SendOneParts, sendOneEmail } from './send-one-email.ts';
import {
  endOnQuota,
  endSweep,
  measureSweep,
  newSweep,
  noteOutcome,
  reportOf,
  type Sweep,
  type SweepReport,
} from './sweep.ts';

/** Bounds of a sweep. */
export type SweepLimits = {
  /** Number of shards of the due index. */
  readonly shards: number;
  /** Entries per query of a shard. */
  readonly pageSize: number;
  /** Patients of a shard handled concurrently. */
  readonly parallel: number;
  /** Share of the provider's rate to use, 0-1; the rest is left to other senders of the account. */
  readonly shareOfRate: number;
  /** Milliseconds after which no further email is begun. */
  readonly timeBudget: number;
};

type SweepParts = SendOneParts &
  Timer & {
    readonly pauses: Pick<PauseStore, 'read'>;
    readonly clock: Clock;
    readonly log: Log;
    readonly metrics: Metrics;
  };

type Allowance = { readonly leftToday: number; readonly pace: () => Promise<void> };

/** A sweep in progress and what it needs. */
type Run = {
  readonly parts: SweepParts;
  readonly limits: SweepLimits;
  readonly sweep: Sweep;
  /** Stopwatch reading, in milliseconds, after which no further email is begun. */
  readonly until: number;
  /** What the provider allows: asked once a sweep, and only if anything is due. */
  readonly allowance: () => Promise<Allowance>;
};

const once = <T>(make: () => Promise<T>): (() => Promise<T>) => {
  let made: Promise<T> | undefined;
  return () => {
    made ??= make();
    return made;
  };
};

/** Reads what the provider allows and whether email is paused; a pause ends the sweep before its first email. */
const askAllowance = async (parts: SweepParts, limits: SweepLimits, sweep: Sweep): Promise<Allowance> => {
  const [{ perSecond, leftToday }, pause] = await Promise.all([
    parts.mailer.allowance(),
    parts.pauses.read(),
  ]);
  if (pause !== undefined) endSweep(sweep, 'paused');
  return { leftToday, pace: pacerFor(perSecond * limits.shareOfRate, parts.wait, parts.stopwatch) };
};

/** True once the sweep is over. Checks the stopwatch, which may end it. */
const hasEnded = ({ parts, sweep, until }: Run): boolean => {
  if (parts.stopwatch() > until) endSweep(sweep, 'time');
  return sweep.endedBy !== undefined;
};

const sendEntry = async ({ parts, sweep }: Run, entry: DueEntry, { pace }: Allowance): Promise<void> => {
  sweep.underWay += 1;
  try {
    await pace();
    const result = await sendOneEmail(parts, entry, parts.clock.now());
    noteOutcome(sweep, result);
    if (result.outcome === 'not-sent') {
      const { outcome, reason } = result.failure;
      parts.log.warn('email.not-sent', { ...logSubjectOf(entry), outcome, reason });
    }
  } catch (error) {
    sweep.counts.broken += 1;
    parts.log.error('episode.not-handled', { ...logSubjectOf(entry), ...errorFields(error) });
  } finally {
    sweep.underWay -= 1;
  }
};

/**
 * Handles a patient's entries in turn: the rules over all of a patient's episodes need the result of the one
 * before.
 */
const sendToPatient = async (run: Run, entries: readonly DueEntry[], allowance: Allowance): Promise<void> => {
  for (const entry of entries) {
    if (hasEnded(run)) return;
    endOnQuota(run.sweep, allowance.leftToday);
    if (run.sweep.endedBy !== undefined) return;
    await sendEntry(run, entry, allowance);
  }
};

/** Handles the patients of a page, up to `parallel` of them at once. */
const sendPage = async (run: Run, page: readonly DueEntry[]): Promise<void> => {
  const allowance = await run.allowance();
  const patients = [...Map.groupBy(page, ({ patientId }) => patientId).values()];
  const worker = async (): Promise<void> => {
    while (run.sweep.endedBy === undefined) {
      const entries = patients.shift();
      if (entries === undefined) return;
      await sendToPatient(run, entries, allowance);
    }
  };
  await Promise.all(Array.from({ length: Math.min(run.limits.parallel, patients.length) }, worker));
};

const keyOf = ({ patientId, episodeId, nextDueAt }: DueEntry): string =>
  `${patientId} ${episodeId} ${nextDueAt}`;

/**
 * Sweeps a shard page by page, oldest first, until nothing new is due. Entries that could not be handled stay at
 * the front of the index, so each page is read longer by as many as have stayed.
 */
const sweepShard = async (run: Run, shard: number, until: UtcInstant): Promise<void> => {
  const seen = new Set<string>();
  let stayed = 0;
  while (!hasEnded(run)) {
    const limit = run.limits.pageSize + stayed;
    const page = await run.parts.store.due(shard, until, limit);
    const fresh = page.filter((entry) => !seen.has(keyOf(entry)));
    if (run.sweep.endedBy !== undefined || (fresh.length === 0 && page.length < limit)) return;
    stayed = page.length - fresh.length;
    for (const entry of fresh) seen.add(keyOf(entry));
    if (fresh.length > 0) await sendPage(run, fresh);
    if (page.length < run.limits.pageSize) return;
  }
};

/**
 * Creates the use case that sends everything due. It sweeps all shards at once and several patients at a time,
 * within the provider's rate and what is left of the day's quota. It ends early when the provider refuses
 * everything, the time is up or email is paused; what is left stays due. Throws when a shard cannot be read, once
 * the other shards are done.
 *
 * Throws at once when the limits contradict each other: no provider grants more than its rate.
 */
export const sendDueEmailWith = (parts: SweepParts, limits: SweepLimits): (() => Promise<SweepReport>) => {
  if (!(limits.shareOfRate > 0 && limits.shareOfRate <= 1)) {
    throw new RangeError(`A sweep cannot use ${limits.shareOfRate} of the provider's rate.`);
  }
  return async () => {
    const sweep = newSweep();
    const allowance = once(() => askAllowance(parts, limits, sweep));
    const run: Run = { parts, limits, sweep, allowance, until: parts.stopwatch() + limits.timeBudget };
    const now = parts.clock.now();
    const shards = Array.from({ length: limits.shards }, (_, shard) => sweepShard(run, shard, now));
    for (const swept of await Promise.allSettled(shards)) if (swept.status === 'rejected') throw swept.reason;
    measureSweep(parts.metrics, sweep);
    const report = reportOf(sweep);
    parts.log.info('sweep.done', report);
    return report;
  };
};
