import type { CareWrite } from './care-writes.ts';
import type { Episode } from './episode.ts';
import type { PatientId } from './ids.ts';
import type { PatientRecord, Profile } from './patient.ts';
import type { CareStore } from './ports.ts';

/** A change to a patient's record: the items in the state they are to be stored in. */
export type PatientChange = { readonly profile?: Profile; readonly episodes: readonly Episode[] };

/** Returns the item in its next revision: every change of one is written this way. */
export const revised = <T extends { readonly revision: number }>(item: T): T => ({
  ...item,
  revision: item.revision + 1,
});

/** Two writers of one patient are rare, five in a row are not two writers but a fault. */
const maxAttempts = 5;

/** Takes a change to a patient's record, gives the writes it consists of. */
export const writesOf = (change: PatientChange): readonly CareWrite[] => [
  ...(change.profile === undefined ? [] : [{ kind: 'profile' as const, item: change.profile }]),
  ...change.episodes.map((item) => ({ kind: 'episode' as const, item })),
];

/** What a use case decided from a record: what to write, and what to answer once that is written. */
export type Decided<T> = { readonly writes: readonly CareWrite[]; readonly result: T };

/**
 * Reads a patient's record, lets `decide` say what to write, writes it; when somebody else wrote in between,
 * reads and decides again. Gives what `decide` gave with the writes that stood. Throws when it never wins.
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
