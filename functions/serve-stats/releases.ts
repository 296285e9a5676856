import { ZodError } from 'zod';
import type { PublishedRelease, PublishedReleases } from '../../shared/outcomes/release/aws/release-store.ts';
import { epochSecondOf } from '../../shared/platform/calendar.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import type { Clock, Log, Metrics } from '../../shared/platform/ports.ts';

/** How long what was read is served from memory. One read of the table a period, however many ask. */
export const cacheSeconds = 60;

/** Older releases never change; so many are kept in memory. */
const keptOlder = 50;

/** A release that may be served, none where there is none, or one that nobody may see because it was altered. */
export type FoundRelease =
  | ({ readonly outcome: 'intact' } & PublishedRelease)
  | { readonly outcome: 'none' }
  | { readonly outcome: 'altered' };

/** The releases as they are served: read once a period, each verified first. */
export type ServedReleases = {
  readonly latest: () => Promise<FoundRelease>;
  readonly get: (number: number) => Promise<FoundRelease>;
};

type Ports = {
  readonly releases: PublishedReleases;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
};

const isUnreadable = (error: unknown): boolean => error instanceof ZodError || error instanceof SyntaxError;

/**
 * Makes the releases that are served. Each is verified when it is read: its digest must be that of its content,
 * and its number the one asked for. One that does not verify is reported and never handed out. A read that fails
 * throws and is not remembered. Those who ask at once share one read.
 */
export const servedReleases = ({ releases, clock, log, metrics }: Ports): ServedReleases => {
  const altered = (reason: string, number: number): FoundRelease => {
    log.error('release.not-intact', { reason, release: number });
    metrics.add('ReleaseNotIntact', 1);
    return { outcome: 'altered' };
  };

  const verified = async (
    read: () => Promise<PublishedRelease | undefined>,
    asked?: number,
  ): Promise<FoundRelease> => {
    try {
      const found = await read();
      if (found === undefined) return { outcome: 'none' };
      const { number } = found.release;
      if (digestOf(found.release) !== found.digest) return altered('digest', number);
      if (asked !== undefined && number !== asked) return altered('number', asked);
      return { outcome: 'intact', ...found };
    } catch (error) {
      if (isUnreadable(error)) return altered('shape', asked ?? 0);
      throw error;
    }
  };

  let kept: { readonly readAt: number; readonly found: Promise<FoundRelease> } | undefined;
  const older = new Map<number, Promise<FoundRelease>>();

  /** A laptop's clock can be set back: then, too, it is read again. */
  const isFresh = (readAt: number, now: number): boolean => now >= readAt && now - readAt < cacheSeconds;

  const latest = (): Promise<FoundRelease> => {
    const now = epochSecondOf(clock.now());
    if (kept !== undefined && isFresh(kept.readAt, now)) return kept.found;
    const entry = { readAt: now, found: verified(releases.latest) };
    kept = entry;
    entry.found.catch(() => {
      if (kept === entry) kept = undefined;
    });
    return entry.found;
  };

  const readOlder = (number: number): Promise<FoundRelease> => {
    const known = older.get(number);
    if (known !== undefined) return known;
    const found = verified(() => releases.get(number), number);
    const [oldest] = older.keys();
    if (older.size >= keptOlder && oldest !== undefined) older.delete(oldest);
    older.set(number, found);
    const forget = (): void => {
      older.delete(number);
    };
    found.then(({ outcome }) => (outcome === 'intact' ? undefined : forget()), forget);
    return found;
  };

  return {
    latest,
    get: async (number) => {
      const newest = await latest();
      if (newest.outcome !== 'intact' || newest.release.number === number) return newest;
      return newest.release.number < number ? { outcome: 'none' } : readOlder(number);
    },
  };
};
