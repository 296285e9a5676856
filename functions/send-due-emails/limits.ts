import type { SweepLimits } from '../../shared/care/emailing/send-due-emails.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';

/** The limits of a sweep. It starts nothing new in the last minute before the function times out. */
export const sweepLimits: SweepLimits = {
  shards: dueShardCount,
  pageSize: 100,
  parallel: 4,
  shareOfRate: 0.8,
  timeBudget: 240_000,
};
