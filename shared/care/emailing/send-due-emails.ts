import { errorFields } from '../../platform/errors.ts';
import type { Clock, Log, Metrics } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { logSubjectOf } from '../patient/log-subject.ts';
import type { DueEntry, PauseStore } from '../patient/ports.ts';
import { pacerFor, type Stopwatch, type Wait } from './pacer.ts';
import type { SendOutcome } from './ports.ts';
import { type SendOneOutcome, type SendOneParts, sendOneEmail } from './send-one-email.ts';

/** How a sweep is bounded. */
export type SweepLimits = {
  /** Shards of the due index to ask. */
  readonly shards: number;
  /** Entries read at once from a shard. */
  readonly pageSize: number;
  /** Patients of a shard worked on at once. */
  readonly parallel: number;
  /** Share of the provider's rate to use, 0-1; the rest is left to whoever else sends. */
  readonly shareOfRate: number;
  /** Milliseconds after which nothing further is begun. */
  readonly timeBudget: number;
};

export type SweepReport = {
  readonly sent: number;
  readonly putOff: number;
  readonly stopped: number;
  readonly failed: number;
  readonly ambiguous: number;
  /** Entries whose handling threw: they stay due, and stop none of the others. */
  readonly broken: number;
  /** Why the sweep ended before everything due was done; absent when it was. */
  readonly endedBy?: 'time' | 'provider' | 'quota' | 'paused';
};

type Parts = SendOneParts & {
  readonly pauses: Pick<PauseStore, 'read'>;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly wait: Wait;
  readonly stopwatch: Stopwatch;
};

/** What the provider allows, asked once a sweep and only when something is due, as is whether email is paused. */
type Prepared = { readonly leftToday: number; readonly pace: () => Promise<void> };

type Tally = {
  sent: number;
  putOff: number;
  stopped: number;
  failed: number;
  ambiguous: number;
  broken: number;
};

const tallyField: Readonly<Record<Exclude<SendOneOutcome['done'], 'failed'>, keyof Tally | undefined>> = {
  sent: 'sent',
  'put-off': 'putOff',
  stopped: 'stopped',
  nothing: undefined,
  'lost-race': undefined,
};

const byPatient = (entries: readonly DueEntry[]): readonly (readonly DueEntry[])[] => [
  ...Map.groupBy(entries, ({ patientId }) => patientId).values(),
];

/** Runs a task for each item, so many at once, until one says to end. */
const inParallel = async <T>(
  items: readonly T[],
  parallel: number,
  task: (item: T) => Promise<void>,
  isEnded: () => boolean,
): Promise<void> => {
  const queue = [...items];
  const worker = async (): Promise<void> => {
    for (let item = queue.shift(); item !== undefined && !isEnded(); item = queue.shift()) await task(item);
  };
  await Promise.all(Array.from({ length: Math.min(parallel, items.length) }, worker));
};

/**
 * So many emails in a row of which nobody knows whether they went are no accident of one connection. Each has
 * used up its contact, so the sweep ends before the whole backlog is spent that way.
 */
const maxAmbiguousInARow = 5;

type Failure = Exclude<SendOutcome, { outcome: 'accepted' }>;

const endsSweep = (failure: Failure): SweepReport['endedBy'] => {
  if (failure.outcome === 'ambiguous' || failure.scope === 'this-email') return undefined;
  return failure.scope === 'all-today' ? 'quota' : 'provider';
};

/**
 * Makes the use case that sends whatever is due: it asks all shards of the due index at once, each oldest first,
 * and works on several patients at once but on one patient's episodes in turn, so that the rules over all of a
 * patient's episodes hold. It keeps to the provider's rate and what is left of the day's quota, and ends early when the
 * provider refuses everything, the time is up or email is paused; what is left stays due.
 */
export const sendDueEmailWith = (parts: Parts, limits: SweepLimits) => async (): Promise<SweepReport> => {
  const began = parts.stopwatch();
  const tally: Tally = { sent: 0, putOff: 0, stopped: 0, failed: 0, ambiguous: 0, broken: 0 };
  let endedBy: SweepReport['endedBy'];
  let unsure = 0;
  let underWay = 0;
  let prepared: Promise<Prepared> | undefined;

  const ask = async (): Promise<Prepared> => {
    const [allowance, pause] = await Promise.all([parts.mailer.allowance(), parts.pauses.read()]);
    if (pause !== undefined) endedBy ??= 'paused';
    const { perSecond, leftToday } = allowance;
    return { leftToday, pace: pacerFor(perSecond * limits.shareOfRate, parts.wait, parts.stopwatch) };
  };
  const prepare = (): Promise<Prepared> => {
    prepared ??= ask();
    return prepared;
  };

  const note = (entry: DueEntry, outcome: SendOneOutcome): void => {
    if (outcome.done !== 'failed') {
      if (outcome.done === 'sent') unsure = 0;
      const field = tallyField[outcome.done];
      if (field !== undefined) tally[field] += 1;
      return;
    }
    tally[outcome.outcome.outcome === 'ambiguous' ? 'ambiguous' : 'failed'] += 1;
    parts.log.warn('email.not-sent', {
      ...logSubjectOf(entry),
      outcome: outcome.outcome.outcome,
      reason: outcome.outcome.reason,
    });
    unsure = outcome.outcome.outcome === 'ambiguous' ? unsure + 1 : 0;
    endedBy ??= unsure >= maxAmbiguousInARow ? 'provider' : endsSweep(outcome.outcome);
  };

  const endOnTime = (): void => {
    if (parts.stopwatch() - began > limits.timeBudget) endedBy ??= 'time';
  };

  const workOn = async (entries: readonly DueEntry[], { leftToday, pace }: Prepared): Promise<void> => {
    for (const entry of entries) {
      endOnTime();
      if (endedBy !== undefined) return;
      if (tally.sent + underWay >= leftToday) {
        endedBy = 'quota';
        return;
      }
      underWay += 1;
      try {
        await pace();
        note(entry, await sendOneEmail(parts, entry, parts.clock.now()));
      } catch (error) {
        tally.broken += 1;
        parts.log.error('episode.not-handled', { ...logSubjectOf(entry), ...errorFields(error) });
      } finally {
        underWay -= 1;
      }
    }
  };

  const sweepShard = async (shard: number, until: UtcInstant): Promise<void> => {
    const seen = new Set<string>();
    let stayed = 0;
    while (endedBy === undefined) {
      endOnTime();
      const limit = limits.pageSize + stayed;
      const page = await parts.store.due(shard, until, limit);
      const fresh = page.filter((entry) => !seen.has(keyOf(entry)));
      if (endedBy !== undefined || (fresh.length === 0 && page.length < limit)) return;
      stayed = page.length - fresh.length;
      for (const entry of fresh) seen.add(keyOf(entry));
      if (fresh.length > 0) {
        const allowed = await prepare();
        const work = (entries: readonly DueEntry[]): Promise<void> => workOn(entries, allowed);
        await inParallel(byPatient(fresh), limits.parallel, work, () => endedBy !== undefined);
      }
      if (page.length < limits.pageSize) return;
    }
  };

  const until = parts.clock.now();
  const shards = Array.from({ length: limits.shards }, (_, shard) => sweepShard(shard, until));
  for (const swept of await Promise.allSettled(shards)) if (swept.status === 'rejected') throw swept.reason;
  parts.metrics.add('EmailSent', tally.sent);
  parts.metrics.add('EmailFailed', tally.failed);
  parts.metrics.add('EmailAmbiguous', tally.ambiguous);
  parts.metrics.add('EpisodeNotHandled', tally.broken);
  parts.metrics.add('EmailPaused', endedBy === 'paused' ? 1 : 0);
  const report = { ...tally, ...(endedBy === undefined ? {} : { endedBy }) };
  parts.log.info('sweep.done', report);
  return report;
};

const keyOf = (entry: DueEntry): string =>
  `${entry.patientId} ${entry.family} ${entry.serviceDate} ${entry.nextDueAt}`;
