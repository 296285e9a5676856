import type { Pause } from '../care/emailing/pause.ts';
import type { StoredItem } from '../care/patient/aws/items.ts';
import type { EpisodeStatus } from '../care/patient/episode.ts';
import type { PatientId } from '../care/patient/ids.ts';
import type { CareStore, PauseStore } from '../care/patient/ports.ts';
import type { ReleaseStore } from '../outcomes/release/publish-release.ts';
import { addSeconds } from '../platform/calendar.ts';
import type { Clock } from '../platform/ports.ts';
import type { LocalDate, UtcInstant } from '../platform/time.ts';

/** What counting what is there needs of an item: no person is in it. */
export type StoredThing =
  | {
      readonly kind: 'episode';
      readonly status: EpisodeStatus;
      readonly enrolledAt: UtcInstant;
      readonly nextDueAt?: UtcInstant;
    }
  | { readonly kind: 'ignored'; readonly reason: string; readonly at: UtcInstant };

/** Readings of the people's table that only operations makes: slow, over everything, and rare. */
export type CareOverview = {
  readonly things: () => AsyncIterable<StoredThing>;
  /** How many entries of a shard of the due index are due at or before `until`. */
  readonly countDue: (shard: number, until: UtcInstant) => Promise<number>;
  /** Every item that is about one patient: the partition, the links, the entries of the audit trail. */
  readonly itemsAbout: (patientId: PatientId) => Promise<readonly StoredItem[]>;
};

/** How the system stands, in numbers: nobody can be recognised in it. */
export type ClinicStatus = {
  readonly at: UtcInstant;
  readonly pause?: Pause;
  readonly episodes: Readonly<Record<EpisodeStatus, number>>;
  readonly enrolledLastDay: number;
  /** By the codes of the reasons why a report started nothing. */
  readonly ignored: Readonly<Record<string, number>>;
  readonly ignoredLastDay: number;
  readonly dueNow: number;
  readonly oldestDue?: UtcInstant;
  readonly nextDue?: UtcInstant;
  readonly release?: { readonly number: number; readonly createdOn: LocalDate };
};

export type DueParts = {
  readonly store: Pick<CareStore, 'due'>;
  readonly overview: Pick<CareOverview, 'countDue'>;
  readonly pauses: Pick<PauseStore, 'read'>;
  readonly clock: Clock;
  readonly shards: number;
};

/** What waits to be sent: how much, since when, and if nothing does, when something will. */
export type DueStatus = {
  readonly at: UtcInstant;
  readonly pause?: Pause;
  readonly dueNow: number;
  readonly dueByShard: readonly number[];
  readonly oldestDue?: UtcInstant;
  readonly nextDue?: UtcInstant;
  /** Seconds since the oldest became due; 0 when nothing is. */
  readonly behindSeconds: number;
};

const farFuture: UtcInstant = '9999-12-31T23:59:59Z';

const daySeconds = 24 * 60 * 60;

const secondsBetween = (from: UtcInstant, to: UtcInstant): number =>
  Math.floor((Date.parse(to) - Date.parse(from)) / 1000);

/** Makes the use case that says what waits to be sent, from the due index alone. */
export const dueStatusWith =
  ({ store, overview, pauses, clock, shards }: DueParts) =>
  async (): Promise<DueStatus> => {
    const at = clock.now();
    const pause = await pauses.read();
    const numbers = Array.from({ length: shards }, (_, shard) => shard);
    const dueByShard = await Promise.all(numbers.map((shard) => overview.countDue(shard, at)));
    const firsts = await Promise.all(numbers.map((shard) => store.due(shard, farFuture, 1)));
    const first = firsts
      .flat()
      .map(({ nextDueAt }) => nextDueAt)
      .toSorted()[0];
    const isDue = first !== undefined && first <= at;
    return {
      at,
      ...(pause === undefined ? {} : { pause }),
      dueNow: dueByShard.reduce((total, due) => total + due, 0),
      dueByShard,
      behindSeconds: isDue ? secondsBetween(first, at) : 0,
      ...(isDue ? { oldestDue: first } : {}),
      ...(first !== undefined && !isDue ? { nextDue: first } : {}),
    };
  };

/** Makes the use case that counts what is stored. It reads the whole table of people. */
export const clinicStatusWith =
  (
    parts: Omit<DueParts, 'overview'> & {
      readonly overview: CareOverview;
      readonly releases: Pick<ReleaseStore, 'latest'>;
    },
  ) =>
  async (): Promise<ClinicStatus> => {
    const { at, pause, dueNow, oldestDue, nextDue } = await dueStatusWith(parts)();
    const aDayAgo = addSeconds(at, -daySeconds);
    const episodes: Record<EpisodeStatus, number> = { active: 0, finished: 0, stopped: 0, cancelled: 0 };
    const ignored: Record<string, number> = {};
    let enrolledLastDay = 0;
    let ignoredLastDay = 0;
    for await (const thing of parts.overview.things()) {
      if (thing.kind === 'episode') {
        episodes[thing.status] += 1;
        if (thing.enrolledAt > aDayAgo) enrolledLastDay += 1;
      } else {
        for (const reason of thing.reason.split(' ')) ignored[reason] = (ignored[reason] ?? 0) + 1;
        if (thing.at > aDayAgo) ignoredLastDay += 1;
      }
    }
    const latest = (await parts.releases.latest())?.public;
    return {
      at,
      ...(pause === undefined ? {} : { pause }),
      episodes,
      enrolledLastDay,
      ignored,
      ignoredLastDay,
      dueNow,
      ...(oldestDue === undefined ? {} : { oldestDue }),
      ...(nextDue === undefined ? {} : { nextDue }),
      ...(latest === undefined ? {} : { release: { number: latest.number, createdOn: latest.createdOn } }),
    };
  };
