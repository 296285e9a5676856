import { createHash } from 'node:crypto';
import type { AuditEntry, CareWrite, StaffNotice } from '../../../shared/care/patient/care-writes.ts';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import type { PatientId } from '../../../shared/care/patient/ids.ts';
import type {
  Link,
  MessageMemory,
  PatientRecord,
  Profile,
  RecordOwner,
  SourceNote,
} from '../../../shared/care/patient/patient.ts';
import type { CareScan, CareStore, DueEntry } from '../../../shared/care/patient/ports.ts';
import type { Draft, SurveyResponse } from '../../../shared/care/patient/response.ts';
import type * as counting from '../../../shared/counting/ports.ts';
import type { Cell, CellKey } from '../../../shared/outcomes/cells/contribution.ts';
import type { CellStore } from '../../../shared/outcomes/cells/ports.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { withDelivery } from './delivery.ts';
import { episodeKey, orderOf, plus, responseKey } from './memory-keys.ts';

type Partition = {
  /** 0 or 1. */
  readonly dueShard: number;
  profile?: Profile;
  readonly episodes: Map<string, Episode>;
  readonly responses: Map<string, SurveyResponse>;
  readonly sources: Map<string, SourceNote>;
  readonly drafts: Map<string, Draft>;
  messages?: MessageMemory;
  counted?: counting.CountedMarker;
};

/** Both tables in memory, with the same conditions on writes. The contract tests run on it and on DynamoDB. */
export type MemoryStores = {
  readonly care: CareStore;
  readonly counting: counting.CountingStore;
  readonly cells: CellStore;
  readonly scan: CareScan;
  readonly countingScan: counting.CountingScan;
  readonly notices: readonly StaffNotice[];
  readonly audit: readonly AuditEntry[];
  /** Answers that were replaced, in the order of their replacement. */
  readonly revisions: readonly SurveyResponse[];
  readonly links: () => readonly Link[];
  /** The earliest due time; undefined when nothing is pending. */
  readonly nextDueAt: () => UtcInstant | undefined;
};

/** One of two shards: the last bit of the first 32 of the id's SHA-256. */
const shardOf = (id: PatientId): number =>
  Number.parseInt(createHash('sha256').update(id).digest('hex').charAt(7), 16) % 2;

const cellName = ({ scope, month, timepoint }: CellKey): string => `${scope} ${month} ${timepoint}`;

export const memoryStores = (): MemoryStores => {
  const partitions = new Map<PatientId, Partition>();
  const links = new Map<string, Link>();
  const owners = new Map<string, RecordOwner>();
  const cells = new Map<string, Cell>();
  const notices: StaffNotice[] = [];
  const audit: AuditEntry[] = [];
  const revisions: SurveyResponse[] = [];

  const partitionOf = (patientId: PatientId): Partition => {
    const found = partitions.get(patientId) ?? {
      dueShard: shardOf(patientId),
      episodes: new Map(),
      responses: new Map(),
      sources: new Map(),
      drafts: new Map(),
    };
    partitions.set(patientId, found);
    return found;
  };

  /** The stored revision of the item. A write conflicts unless its own revision is the next one. */
  const storedRevision = (write: CareWrite): number | undefined => {
    const partition = partitionOf(write.item.patientId);
    switch (write.kind) {
      case 'profile':
        return partition.profile?.revision ?? 0;
      case 'episode':
        return partition.episodes.get(episodeKey(write.item))?.revision ?? 0;
      case 'response':
        return partition.responses.get(responseKey(write.item))?.revision ?? 0;
      case 'source':
        return partition.sources.get(write.item.sourceId)?.revision ?? 0;
      case 'draft':
        return partition.drafts.get(responseKey(write.item))?.revision ?? 0;
      case 'messages':
        return partition.messages?.revision ?? 0;
      case 'owner':
        return owners.get(write.item.sourceId)?.revision ?? 0;
      default:
        return undefined;
    }
  };

  const isInOrder = (write: CareWrite): boolean => {
    const stored = storedRevision(write);
    return stored === undefined || ('revision' in write.item ? (write.item.revision ?? 1) : 1) === stored + 1;
  };

  const put = (write: CareWrite): void => {
    const partition = partitionOf(write.item.patientId);
    switch (write.kind) {
      case 'profile':
        partition.profile = write.item;
        break;
      case 'episode':
        partition.episodes.set(episodeKey(write.item), write.item);
        break;
      case 'response':
        partition.responses.set(responseKey(write.item), write.item);
        break;
      case 'source': {
        const { patientId: _, ...note } = write.item;
        partition.sources.set(note.sourceId, note);
        break;
      }
      case 'messages': {
        const { patientId: _, ...memory } = write.item;
        partition.messages = memory;
        break;
      }
      case 'owner':
        owners.set(write.item.sourceId, write.item);
        break;
      case 'draft':
        partition.drafts.set(responseKey(write.item), write.item);
        break;
      case 'link':
        links.set(write.item.tokenHash, write.item);
        break;
      case 'notice':
        notices.push(write.item);
        break;
      case 'audit':
        audit.push(write.item);
        break;
      case 'revision':
        revisions.push(write.item);
        break;
      case 'ignored':
        break;
    }
  };

  const recordOf = (patientId: PatientId): PatientRecord => {
    const partition = partitions.get(patientId);
    const sorted = <T>(items: ReadonlyMap<string, T> | undefined): readonly T[] =>
      items === undefined || items.size < 2
        ? [...(items ?? new Map<string, T>()).values()]
        : [...items].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
    return {
      patientId,
      ...(partition?.profile === undefined ? {} : { profile: partition.profile }),
      episodes: sorted(partition?.episodes).toSorted((a, b) => (orderOf(a) < orderOf(b) ? -1 : 1)),
      responses: sorted(partition?.responses),
      sources: sorted(partition?.sources),
      ...(partition?.messages === undefined ? {} : { messages: partition.messages }),
      ...(partition === undefined || partition.drafts.size === 0 ? {} : { drafts: sorted(partition.drafts) }),
    };
  };

  const countedOf = (patientId: PatientId): counting.CountedRecord => {
    const marker = partitions.get(patientId)?.counted;
    return { record: recordOf(patientId), ...(marker === undefined ? {} : { marker }) };
  };

  return {
    notices,
    audit,
    revisions,
    links: () => [...links.values()],
    nextDueAt: () =>
      [...partitions.values()]
        .flatMap(({ episodes }) => [...episodes.values()].flatMap(({ nextDueAt }) => nextDueAt ?? []))
        .toSorted()[0],
    care: {
      load: async (patientId) => recordOf(patientId),
      commit: async (writes) => {
        if (!writes.every(isInOrder)) return 'conflict';
        for (const write of writes) put(write);
        return 'committed';
      },
      noteDelivery: async (key, touchpoint) => {
        const { episodes } = partitionOf(key.patientId);
        const before = episodes.get(episodeKey(key));
        const after = before === undefined ? undefined : withDelivery(before, touchpoint);
        if (after === undefined) return 'nothing-to-record';
        episodes.set(episodeKey(key), after);
        return 'recorded';
      },
      due: async (shard, until, limit) =>
        [...partitions.entries()]
          .filter(([, { dueShard }]) => dueShard === shard)
          .flatMap(([, { episodes }]) => [...episodes.values()])
          .flatMap(({ patientId, episodeId, nextDueAt }): DueEntry[] =>
            nextDueAt !== undefined && nextDueAt <= until ? [{ patientId, episodeId, nextDueAt }] : [],
          )
          .toSorted((a, b) => (a.nextDueAt < b.nextDueAt ? -1 : Number(a.nextDueAt > b.nextDueAt)))
          .slice(0, limit),
      findLink: async (tokenHash) => links.get(tokenHash),
      findOwner: async (sourceId) => owners.get(sourceId),
    },
    counting: {
      load: async (patientId) => countedOf(patientId),
      apply: async (markers, changes) => {
        const isStale = markers.some(
          ({ patientId, expectedRevision }) =>
            (partitions.get(patientId)?.counted?.revision ?? 0) !== expectedRevision,
        );
        if (isStale) return 'conflict';
        for (const { patientId, expectedRevision, contribution } of markers) {
          partitionOf(patientId).counted = { revision: expectedRevision + 1, contribution };
        }
        for (const { changes: by, ...key } of changes) {
          const name = cellName(key);
          cells.set(name, { ...key, counts: plus(cells.get(name)?.counts ?? {}, by) });
        }
        return 'committed';
      },
    },
    cells: {
      cells: async (scope) =>
        [...cells.values()]
          .filter((cell) => cell.scope === scope)
          .toSorted((a, b) => (cellName(a) < cellName(b) ? -1 : 1)),
    },
    countingScan: {
      patients: async function* () {
        for (const [patientId, { profile }] of [...partitions]) {
          if (profile !== undefined) yield countedOf(patientId);
        }
      },
    },
    scan: {
      patients: async function* () {
        for (const [patientId, { profile }] of [...partitions]) {
          if (profile !== undefined) yield recordOf(patientId);
        }
      },
    },
  };
};
