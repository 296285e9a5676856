import { addSeconds } from '../../platform/calendar.ts';
import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { planOf } from '../../protocol/plans.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientId } from '../patient/ids.ts';
import type { PatientRecord } from '../patient/patient.ts';
import { plannedEmails, withNextEmail } from '../patient/planned-emails.ts';
import type { CareStore } from '../patient/ports.ts';
import { evolveTouchpoint } from '../patient/transitions.ts';

/** What is due for longer than this when a file is imported is history. A weekend and a nightly export fit into it. */
const historyDays = 3;

const oldest = (now: UtcInstant): UtcInstant => addSeconds(now, -historyDays * 24 * 60 * 60);

/** Returns a new episode without the emails that were due long ago: their touchpoints are skipped. */
const withoutHistory = (episode: Episode, now: UtcInstant): Episode => {
  const before = oldest(now);
  const late = new Set(
    plannedEmails({ ...episode, status: 'active' })
      .filter(({ at }) => at < before)
      .map(({ touchpoint }) => touchpoint.id),
  );
  if (late.size === 0) return episode;
  const skipped = planOf(episode.family, episode.planVersion)
    .touchpoints.filter(({ id }) => late.has(id))
    .reduce(
      (current, { id }) => evolveTouchpoint(current, id, { kind: 'window-closed' }) ?? current,
      episode,
    );
  return episode.status === 'active' ? withNextEmail(skipped) : skipped;
};

/**
 * Wraps a store for a file of old procedures: an episode that starts there gets no email that was due long ago. The
 * emails still to come are sent.
 */
export const withoutOldEmails = (store: CareStore, clock: Clock): CareStore => ({
  ...store,
  commit: (writes) =>
    store.commit(
      writes.map((write) =>
        write.kind === 'episode' && write.item.revision === 1
          ? { ...write, item: withoutHistory(write.item, clock.now()) }
          : write,
      ),
    ),
});

/** The times of the next emails of the episodes that an import wrote. */
export type PlannedByImport = { readonly nextDue: () => readonly UtcInstant[] };

/** Wraps a store to see which emails the writes plan. */
export const watchingEmails = (store: CareStore): CareStore & PlannedByImport => {
  const next = new Map<string, UtcInstant | undefined>();
  return {
    ...store,
    commit: async (writes) => {
      const committed = await store.commit(writes);
      if (committed === 'committed') {
        for (const write of writes) {
          if (write.kind === 'episode') next.set(write.item.episodeId, write.item.nextDueAt);
        }
      }
      return committed;
    },
    nextDue: () => [...next.values()].filter((at) => at !== undefined),
  };
};

const replaced = <Item>(
  items: readonly Item[],
  item: Item,
  isSame: (other: Item) => boolean,
): readonly Item[] => [...items.filter((other) => !isSame(other)), item];

const applied = (record: PatientRecord, write: CareWrite): PatientRecord => {
  switch (write.kind) {
    case 'profile':
      return { ...record, profile: write.item };
    case 'episode': {
      const { episodeId } = write.item;
      return {
        ...record,
        episodes: replaced(record.episodes, write.item, (other) => other.episodeId === episodeId),
      };
    }
    case 'source': {
      const { sourceId } = write.item;
      return {
        ...record,
        sources: replaced(record.sources, write.item, (other) => other.sourceId === sourceId),
      };
    }
    default:
      return record;
  }
};

/** Wraps a store for a rehearsal: it reads what is stored, keeps writes to itself, and stores nothing. */
export const rehearsing = (store: CareStore): CareStore => {
  const kept = new Map<PatientId, PatientRecord>();
  const load: CareStore['load'] = async (patientId) => kept.get(patientId) ?? (await store.load(patientId));
  return {
    ...store,
    load,
    commit: async (writes) => {
      for (const write of writes) {
        if (!('patientId' in write.item)) continue;
        const { patientId } = write.item;
        kept.set(patientId, applied(await load(patientId), write));
      }
      return 'committed';
    },
  };
};
