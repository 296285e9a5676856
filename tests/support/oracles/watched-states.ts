import { isDeepStrictEqual } from 'node:util';
import type {
  Episode,
  EpisodeStatus,
  TouchpointState,
  TouchpointStatus,
} from '../../../shared/care/patient/episode.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';

/**
 * What may follow on what, from one stored episode to the next: written out here a second time, apart from the tables of
 * the code. A touchpoint changes once in a write.
 */
const touchpointChanges: Readonly<Record<TouchpointStatus, readonly TouchpointStatus[]>> = {
  planned: ['emailed', 'skipped'],
  emailed: ['planned', 'emailed', 'answered', 'lapsed'],
  answered: ['answered', 'emailed'],
  lapsed: ['lapsed', 'answered', 'emailed'],
  skipped: ['planned'],
};

/** An episode may change twice in one write: resumed or reinstated, and then finished or stopped. */
const episodeChanges: Readonly<Record<EpisodeStatus | 'none', readonly EpisodeStatus[]>> = {
  none: ['active', 'stopped', 'finished'],
  active: ['finished', 'stopped', 'cancelled'],
  finished: ['active', 'cancelled'],
  stopped: ['active', 'finished', 'cancelled'],
  cancelled: ['active', 'finished', 'stopped'],
};

/** A touchpoint before its first email. */
const untouched: TouchpointState = { status: 'planned', emails: 0 };

/** A store whose every stored episode is compared with the one before it. */
export type WatchedStore = {
  readonly store: CareStore;
  /** Changes that are in no table, in words. */
  readonly violations: string[];
  /** Every change that was stored, such as `emailed>planned`. */
  readonly seen: Set<string>;
};

/** Wraps a store, so that each change of a status is held against the tables above. */
export const watchStates = (inner: CareStore): WatchedStore => {
  const violations: string[] = [];
  const seen = new Set<string>();

  const note = (change: string, isAllowed: boolean, of: string): void => {
    seen.add(change);
    if (!isAllowed) violations.push(`${of}: ${change}`);
  };

  const compare = (before: Episode | undefined, after: Episode): void => {
    const from = before?.status ?? 'none';
    if (from !== after.status) {
      note(`${from}>${after.status}`, episodeChanges[from].includes(after.status), 'episode');
    }
    const states = new Map<string, TouchpointState>(Object.entries(after.touchpoints));
    const earlier = new Map<string, TouchpointState>(Object.entries(before?.touchpoints ?? {}));
    for (const id of new Set([...states.keys(), ...earlier.keys()])) {
      const old = earlier.get(id) ?? untouched;
      const now = states.get(id) ?? untouched;
      if (isDeepStrictEqual(old, now)) continue;
      const steps = now.emails - old.emails;
      const change = `${old.status}>${now.status}${steps < 0 ? '-' : ''}`;
      const isTakenBack = steps === -1 && now.status === (now.emails === 0 ? 'planned' : 'emailed');
      const isSent = steps === 1 && now.status === 'emailed';
      note(
        change,
        touchpointChanges[old.status].includes(now.status) && (steps === 0 || isSent || isTakenBack),
        id,
      );
    }
  };

  const findIn = (episodes: readonly Episode[], { episodeId }: Pick<Episode, 'episodeId'>) =>
    episodes.find((other) => other.episodeId === episodeId);

  return {
    violations,
    seen,
    store: {
      ...inner,
      commit: async (writes) => {
        const changed = writes.flatMap((write) => (write.kind === 'episode' ? [write.item] : []));
        const before = await Promise.all(
          changed.map(async (item) => findIn((await inner.load(item.patientId)).episodes, item)),
        );
        const outcome = await inner.commit(writes);
        if (outcome === 'committed') changed.forEach((item, index) => void compare(before[index], item));
        return outcome;
      },
      noteDelivery: async (key, touchpoint) => {
        const before = findIn((await inner.load(key.patientId)).episodes, key);
        const outcome = await inner.noteDelivery(key, touchpoint);
        const after = findIn((await inner.load(key.patientId)).episodes, key);
        if (after !== undefined) compare(before, after);
        return outcome;
      },
    },
  };
};
