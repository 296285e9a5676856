import { countingScanOn, countingStoreOn } from '../../../shared/counting/aws/counting-store.ts';
import { recount, storedCells } from '../../../shared/counting/check-drift.ts';
import { cellStoreOn, residueStoreOn } from '../../../shared/outcomes/cells/aws/cell-store.ts';
import { releaseStoreOn } from '../../../shared/outcomes/release/aws/release-store.ts';
import { digestOf } from '../../../shared/platform/digest.ts';
import { localTables } from '../emulation/functions/laptop-functions.ts';
import type { Laptop } from '../laptop.ts';
import { emailsBeyondReservations } from './sent-twice.ts';

/** The result of a played year. The two count digests are equal when nothing was lost or counted twice. */
export type YearSummary = {
  readonly synthetic: true;
  /** Null while the counts allow no figure. */
  readonly releaseNumber: number | null;
  readonly releaseDigest: string | null;
  readonly countsDigest: string;
  readonly recountDigest: string;
  readonly patients: number;
  readonly emails: number;
  /** Emails sent without a reservation; must be 0. */
  readonly emailsTwice: number;
  /** Surveys answered about each patient's first procedure. */
  readonly answers: number;
  readonly sentences: readonly string[];
  readonly withheld: readonly {
    readonly claim: string;
    readonly reason: string;
    readonly decision: string;
  }[];
};

/** Summarizes a laptop whose counts are complete and published. */
export const summarize = async (laptop: Laptop): Promise<YearSummary> => {
  const release = await releaseStoreOn(laptop.documents, localTables.outcomes).latest();
  const stored = await storedCells(cellStoreOn(laptop.documents, localTables.outcomes));
  const scan = countingScanOn(
    laptop.documents,
    localTables.care,
    countingStoreOn(laptop.documents, localTables),
  );
  const recounted = await recount(scan, residueStoreOn(laptop.documents, localTables.outcomes));
  const decisions = new Map((release?.basis.claims ?? []).map(({ id, decision }) => [id, decision]));
  const claims = release?.public.claims ?? [];
  return {
    synthetic: true,
    releaseNumber: release?.public.number ?? null,
    releaseDigest: release?.digest ?? null,
    countsDigest: digestOf(stored),
    recountDigest: digestOf(recounted.cells),
    patients: recounted.patients,
    emails: laptop.email.inbox.count(),
    emailsTwice: await emailsBeyondReservations(laptop),
    answers: recounted.cells
      .filter(({ scope }) => scope === 'overall')
      .reduce((sum, { counts }) => sum + (counts.answered ?? 0), 0),
    sentences: claims.flatMap((claim) => (claim.status === 'withheld' ? [] : [claim.sentence.en])),
    withheld: claims.flatMap((claim) =>
      claim.status === 'withheld'
        ? [{ claim: claim.id, reason: claim.explanation.en, decision: decisions.get(claim.id) ?? '' }]
        : [],
    ),
  };
};
