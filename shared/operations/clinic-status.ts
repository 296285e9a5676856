import type { Pause } from '../care/emailing/pause.ts';
import type { EpisodeStatus } from '../care/patient/episode.ts';
import type { PatientId } from '../care/patient/ids.ts';
import type { CareStore, PauseStore, StoredItem } from '../care/patient/ports.ts';
import type { ReleaseStore } from '../outcomes/release/publish-release.ts';
import { addSeconds } from '../platform/calendar.ts';
import type { Clock } from '../platform/ports.ts';
import type { LocalDate, UtcInstant } from '../platform/time.ts';

/** The fields of an item that the status counts: no person is in it. */
export type CountedItem =
  | {
      readonly kind: 'episode';
      readonly status: EpisodeStatus;
      readonly enrolledAt: UtcInstant;
      readonly nextDueAt?: UtcInstant;
    }
  | {
      readonly kind: 'ignored';
      readonly reason: string;
      readonly at: UtcInstant;
      readonly codes?: readonly string[];
    };

/** An item about a patient as it is stored, with its kind: `episode`, `link`, `audit`. */
export type ItemAboutPatient = { readonly kind: string; readonly item: StoredItem };

/** Readings of the table of people for operations only: slow, of everything, and rare. */
export type CareOverview = {
  readonly countedItems: () => AsyncIterable<CountedItem>;
  /** Number of entries of a shard due at or before `until`. */
  readonly countDue: (shard: number, until: UtcInstant) => Promise<number>;
  /** Every item about one patient: the partition, the links, the entries of the audit trail. */
  readonly itemsAbout: (patientId: PatientId) => Promise<readonly ItemAboutPatient[]>;
};

/** The state of the system in numbers: no person is identifiable. */
export type ClinicStatus = {
  readonly at: UtcInstant;
  readonly pause?: Pause;
  readonly episodes: Readonly<Record<EpisodeStatus, number>>;
  readonly enrolledLastDay: number;
  /** Number of reports that started nothing, by reason code. */
  readonly ignored: Readonly<Record<string, number>>;
  /** Number of those reports by code: `CPT 99213`. */
  readonly ignoredCodes: Readonly<Record<string, number>>;
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

/** What is due: how much, since when, and if nothing is, when the next email will be. */
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

/** Creates the use case that reports what is due, from the due index alone. */
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

/** Creates the use case that reports the state of the system. It scans the whole table of people. */
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
    const ignoredCodes: Record<string, number> = {};
    let enrolledLastDay = 0;
    let ignoredLastDay = 0;
    for await (const item of parts.overview.countedItems()) {
      if (item.kind === 'episode') {
        episodes[item.status] += 1;
        if (item.enrolledAt > aDayAgo) enrolledLastDay += 1;
      } else {
        for (const reason of item.reason.split(' ')) ignored[reason] = (ignored[reason] ?? 0) + 1;
        for (const code of item.codes ?? []) ignoredCodes[code] = (ignoredCodes[code] ?? 0) + 1;
        if (item.at > aDayAgo) ignoredLastDay += 1;
      }
    }
    const latest = (await parts.releases.latest())?.public;
    return {
      at,
      ...(pause === undefined ? {} : { pause }),
      episodes,
      enrolledLastDay,
      ignored,
      ignoredCodes,
      ignoredLastDay,
      dueNow,
      ...(oldestDue === undefined ? {} : { oldestDue }),
      ...(nextDue === undefined ? {} : { nextDue }),
      ...(latest === undefined ? {} : { release: { number: latest.number, createdOn: latest.createdOn } }),
    };
  };
