import type { EpisodeStatus } from '../domain/episode.ts';
import type { UtcInstant } from '../domain/time.ts';
import type { StaffNotice } from './care-writes.ts';

/** What counting what is there needs of an item: no person is in it. */
export type StoredThing =
  | {
      readonly kind: 'episode';
      readonly status: EpisodeStatus;
      readonly enrolledAt: UtcInstant;
      readonly nextDueAt?: UtcInstant;
    }
  | { readonly kind: 'ignored'; readonly reason: string; readonly at: UtcInstant };

/** An item as it is stored. */
export type StoredItem = Readonly<Record<string, unknown>>;

/** Readings of the people's table that only operations makes: slow, over everything, and rare. */
export type CareOverview = {
  readonly things: () => AsyncIterable<StoredThing>;
  /** Notices for staff from `since` on, oldest first. */
  readonly notices: (since: UtcInstant) => Promise<readonly StaffNotice[]>;
  /** How many entries of a shard of the due index are due at or before `until`. */
  readonly countDue: (shard: number, until: UtcInstant) => Promise<number>;
  /** Every item that is about one patient: the partition, the links, the entries of the audit trail. */
  readonly itemsAbout: (patientId: string) => Promise<readonly StoredItem[]>;
};
