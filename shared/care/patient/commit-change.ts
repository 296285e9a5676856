import { type Tries, tryRepeatedly } from '../../platform/contention.ts';
import type { CareWrite } from './care-writes.ts';
import type { Episode } from './episode.ts';
import type { PatientId } from './ids.ts';
import type { PatientRecord, Profile } from './patient.ts';
import type { CareStore } from './ports.ts';

/** A change to a patient's record: the items as they are to be stored. */
export type PatientChange = { readonly profile?: Profile; readonly episodes: readonly Episode[] };

/** Returns the item in its next revision, which every change writes. */
export const revised = <T extends { readonly revision: number }>(item: T): T => ({
  ...item,
  revision: item.revision + 1,
});

/**
 * A replayed feed or an import reports a patient's procedures all at once, and only one of those writers wins each
 * round. All tries together wait five seconds on average, less than any caller does.
 */
const tries: Tries = { max: 14, firstMs: 20, maxMs: 1500 };

export const writesOf = (change: PatientChange): readonly CareWrite[] => [
  ...(change.profile === undefined ? [] : [{ kind: 'profile' as const, item: change.profile }]),
  ...change.episodes.map((item) => ({ kind: 'episode' as const, item })),
];

/** What a use case decided from a record: the writes, and the result once they are stored. */
export type Decided<T> = { readonly writes: readonly CareWrite[]; readonly result: T };

/** Maximum number of episodes in one write: DynamoDB takes 100 items in all. */
const maxEpisodesAtOnce = 90;

/** Returns what one write can hold: everything, or everything but the episodes that are too many. */
const firstPart = (writes: readonly CareWrite[]): readonly CareWrite[] => {
  const tooMany = new Set(writes.filter(({ kind }) => kind === 'episode').slice(maxEpisodesAtOnce));
  return writes.filter((write) => !tooMany.has(write));
};

/**
 * Decides and commits; decides again when another writer was first. `decide` reads what it needs. Returns the result
 * that belongs to the committed writes, or `whenErased` when the patient was erased, which leaves nothing to write to.
 * Of a change to more episodes than one write holds, the first write holds the profile, by which the sender goes; what
 * is left is decided again from what is stored by then. Throws a busy error when every try loses.
 */
export const untilCommitted = <T>(
  store: Pick<CareStore, 'commit'>,
  decide: () => Promise<Decided<T>>,
  whenErased: T,
): Promise<T> =>
  tryRepeatedly(
    async () => {
      const { writes, result } = await decide();
      const part = firstPart(writes);
      const outcome = part.length === 0 ? 'committed' : await store.commit(part);
      if (outcome === 'conflict') return { outcome: 'again' };
      if (outcome === 'committed' && part.length < writes.length) {
        await untilCommitted(store, decide, whenErased);
      }
      return { outcome: 'done', result: outcome === 'erased' ? whenErased : result };
    },
    tries,
    `A record changed under ${tries.max} attempts to write it.`,
  );

/** Decides on one patient's record, read afresh for each attempt, and commits; see `untilCommitted`. */
export const decideAndCommit = <T>(
  store: Pick<CareStore, 'load' | 'commit'>,
  patientId: PatientId,
  decide: (record: PatientRecord) => Decided<T>,
  whenErased: T,
): Promise<T> => untilCommitted(store, async () => decide(await store.load(patientId)), whenErased);
