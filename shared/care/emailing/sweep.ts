import type { Metrics } from '../../platform/ports.ts';
import type { SendFailure } from './ports.ts';
import type { SendOneOutcome } from './send-one-email.ts';

/** Why a sweep ended before everything due was done. */
export type SweepEnding = 'time' | 'provider' | 'quota' | 'paused';

type Counts = {
  sent: number;
  putOff: number;
  stopped: number;
  failed: number;
  ambiguous: number;
  /** Entries whose handling threw: they stay due, and the others go on. */
  broken: number;
};

export type SweepReport = Readonly<Counts> & {
  /** Absent when everything due was done. */
  readonly endedBy?: SweepEnding;
};

/** One sweep: what it has done, what is under way, and whether it has ended. */
export type Sweep = {
  readonly counts: Counts;
  /** Entries in progress: each may yet become an email. */
  underWay: number;
  ambiguousInARow: number;
  endedBy: SweepEnding | undefined;
};

/**
 * Stop after this many consecutive ambiguous sends: more than one broken connection explains. Each uses up its
 * email, so the sweep ends before the whole backlog is spent that way.
 */
const maxAmbiguousInARow = 5;

/** The count each outcome adds to. */
const countOf: Readonly<Record<Exclude<SendOneOutcome['outcome'], 'not-sent'>, keyof Counts | undefined>> = {
  sent: 'sent',
  'put-off': 'putOff',
  stopped: 'stopped',
  nothing: undefined,
  'lost-race': undefined,
};

export const newSweep = (): Sweep => ({
  counts: { sent: 0, putOff: 0, stopped: 0, failed: 0, ambiguous: 0, broken: 0 },
  underWay: 0,
  ambiguousInARow: 0,
  endedBy: undefined,
});

/** Ends the sweep. The first reason is the one reported. */
export const endSweep = (sweep: Sweep, ending: SweepEnding | undefined): void => {
  sweep.endedBy ??= ending;
};

const endingOf = (sweep: Sweep, failure: SendFailure): SweepEnding | undefined => {
  if (sweep.ambiguousInARow >= maxAmbiguousInARow) return 'provider';
  if (failure.outcome === 'ambiguous' || failure.scope === 'this-email') return undefined;
  return failure.scope === 'all-today' ? 'quota' : 'provider';
};

const noteFailure = (sweep: Sweep, failure: SendFailure): void => {
  const isAmbiguous = failure.outcome === 'ambiguous';
  sweep.counts[isAmbiguous ? 'ambiguous' : 'failed'] += 1;
  sweep.ambiguousInARow = isAmbiguous ? sweep.ambiguousInARow + 1 : 0;
  endSweep(sweep, endingOf(sweep, failure));
};

/** Counts an outcome, and ends the sweep when the provider will not take the next email either. */
export const noteOutcome = (sweep: Sweep, result: SendOneOutcome): void => {
  if (result.outcome === 'not-sent') {
    noteFailure(sweep, result.failure);
    return;
  }
  if (result.outcome === 'sent') sweep.ambiguousInARow = 0;
  const count = countOf[result.outcome];
  if (count !== undefined) sweep.counts[count] += 1;
};

/** Ends the sweep when the emails sent and in progress use up the day's quota. */
export const endOnQuota = (sweep: Sweep, leftToday: number): void => {
  if (sweep.counts.sent + sweep.underWay >= leftToday) endSweep(sweep, 'quota');
};

export const reportOf = ({ counts, endedBy }: Sweep): SweepReport => ({
  ...counts,
  ...(endedBy === undefined ? {} : { endedBy }),
});

export const measureSweep = (metrics: Metrics, { counts, endedBy }: Sweep): void => {
  metrics.add('EmailSent', counts.sent);
  metrics.add('EmailFailed', counts.failed);
  metrics.add('EmailAmbiguous', counts.ambiguous);
  metrics.add('EpisodeNotHandled', counts.broken);
  metrics.add('EmailPaused', endedBy === 'paused' ? 1 : 0);
};
