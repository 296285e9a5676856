import { ZodError } from 'zod';
import type { PublishedRelease, PublishedReleases } from '../../shared/outcomes/release/aws/release-store.ts';
import { epochSecondOf } from '../../shared/platform/calendar.ts';
import { digestOf } from '../../shared/platform/digest.ts';
import type { Clock, Log, Metrics } from '../../shared/platform/ports.ts';

/** Seconds for which a read release is served from memory: one read of the table a period, whatever the traffic. */
const cacheSeconds = 60;

/** Older releases never change: up to this many stay in memory. */
const maxOlder = 50;

/** A release that may be served; `none` where there is none; `altered` where it does not verify and is withheld. */
export type FoundRelease =
  | ({ readonly outcome: 'intact' } & PublishedRelease)
  | { readonly outcome: 'none' }
  | { readonly outcome: 'altered' };

/** The releases as they are served: read once a period, each verified. */
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
 * Creates the served releases. Each is verified when it is read: its digest must be that of its content, and its number
 * the requested one. A release that does not verify is reported and never returned. A failed read throws and is not
 * cached. Simultaneous requests share one read.
 */
export const servedReleases = ({ releases, clock, log, metrics }: Ports): ServedReleases => {
  const altered = (reason: string, number: number): FoundRelease => {
    log.error('release.not-intact', { reason, release: number });
    metrics.add('ReleaseNotIntact', 1);
    return { outcome: 'altered' };
  };

  const verified = async (
    read: () => Promise<PublishedRelease | undefined>,
    wanted?: number,
  ): Promise<FoundRelease> => {
    try {
      const found = await read();
      if (found === undefined) return { outcome: 'none' };
      const { number } = found.release;
      if (digestOf(found.release) !== found.digest) return altered('digest', number);
      if (wanted !== undefined && number !== wanted) return altered('number', wanted);
      return { outcome: 'intact', ...found };
    } catch (error) {
      if (isUnreadable(error)) return altered('shape', wanted ?? 0);
      throw error;
    }
  };

  let cached: { readonly readAt: number; readonly found: Promise<FoundRelease> } | undefined;
  const older = new Map<number, Promise<FoundRelease>>();

  /** A laptop's clock can be set back; the release is read again then too. */
  const isFresh = (readAt: number, now: number): boolean => now >= readAt && now - readAt < cacheSeconds;

  const latest = (): Promise<FoundRelease> => {
    const now = epochSecondOf(clock.now());
    if (cached !== undefined && isFresh(cached.readAt, now)) return cached.found;
    const entry = { readAt: now, found: verified(releases.latest) };
    cached = entry;
    entry.found.catch(() => {
      if (cached === entry) cached = undefined;
    });
    return entry.found;
  };

  const readOlder = (number: number): Promise<FoundRelease> => {
    const known = older.get(number);
    if (known !== undefined) return known;
    const found = verified(() => releases.get(number), number);
    const [oldest] = older.keys();
    if (older.size >= maxOlder && oldest !== undefined) older.delete(oldest);
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
