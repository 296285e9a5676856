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
 * Maximum number of attempts. Two concurrent writers of a patient are rare; five lost races in a row are a fault.
 */
const maxAttempts = 5;

export const writesOf = (change: PatientChange): readonly CareWrite[] => [
  ...(change.profile === undefined ? [] : [{ kind: 'profile' as const, item: change.profile }]),
  ...change.episodes.map((item) => ({ kind: 'episode' as const, item })),
];

/** What a use case decided from a record: the writes, and the result once they are stored. */
export type Decided<T> = { readonly writes: readonly CareWrite[]; readonly result: T };

/**
 * Reads a patient's record, decides and commits; decides again on a fresh read when another writer was first.
 * Returns the result that belongs to the committed writes. Throws when every attempt loses.
 */
export const decideAndCommit = async <T>(
  store: CareStore,
  patientId: PatientId,
  decide: (record: PatientRecord) => Decided<T>,
  attempt = 1,
): Promise<T> => {
  const { writes, result } = decide(await store.load(patientId));
  if (writes.length === 0 || (await store.commit(writes)) === 'committed') return result;
  if (attempt >= maxAttempts) throw new Error(`A record changed under ${maxAttempts} attempts to write it.`);
  return decideAndCommit(store, patientId, decide, attempt + 1);
};
