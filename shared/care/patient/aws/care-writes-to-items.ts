import { addSeconds, epochSecondOf } from '../../../platform/calendar.ts';
import type { UtcInstant } from '../../../platform/time.ts';
import type { CareWrite } from '../care-writes.ts';
import type { Episode } from '../episode.ts';
import { momentOf } from '../ids.ts';
import type { SourceNote } from '../patient.ts';
import { draftExpiry } from '../response.ts';
import {
  auditKey,
  draftKey,
  dueShardOf,
  episodeKey,
  type ItemKey,
  ignoredKey,
  linkKey,
  messagesKey,
  noticeKey,
  ownerKey,
  profileKey,
  responseKey,
  revisionKey,
  sourceKey,
} from './keys.ts';

/** An item to store. With a revision it replaces only the revision before it, or at 1 only nothing. */
export type StoredWrite = {
  readonly Item: ItemKey & object;
  readonly revision?: number;
  /** The condition at revision 1, where items were stored before they had revisions. */
  readonly firstCondition?: string;
};

/**
 * Reports that started nothing are kept for 400 days, longer than any follow-up, to answer questions about them.
 */
const ignoredSeconds = 400 * 24 * 60 * 60;

const put = (key: ItemKey, item: object): StoredWrite => ({ Item: { ...key, ...item } });

/** An item that is written only over the revision before it. */
const revisedItem = (key: ItemKey, item: object, revision: number): StoredWrite => ({
  ...put(key, item),
  revision,
});

const withShard = (episode: Episode) =>
  episode.nextDueAt === undefined ? episode : { ...episode, dueShard: dueShardOf(episode.patientId) };

const expiring = (at: UtcInstant) => ({ expiresOn: epochSecondOf(at) });

const ignoredExpiry = ({ reportedAt, takenAt }: SourceNote) => {
  const at = takenAt ?? (reportedAt === undefined ? undefined : momentOf(reportedAt));
  return at === undefined ? {} : expiring(addSeconds(at, ignoredSeconds));
};

/** Converts a write to its item. `change` names the commit in an audit entry; see `auditKey`. */
export const itemOf = (write: CareWrite, change?: string): StoredWrite => {
  switch (write.kind) {
    case 'profile':
      return revisedItem(profileKey(write.item.patientId), write.item, write.item.revision);
    case 'episode':
      return revisedItem(episodeKey(write.item), withShard(write.item), write.item.revision);
    case 'response':
      return revisedItem(responseKey(write.item), write.item, write.item.revision);
    case 'draft':
      return {
        ...revisedItem(
          draftKey(write.item),
          { ...write.item, ...expiring(draftExpiry(write.item)) },
          write.item.revision ?? 1,
        ),
        firstCondition: 'attribute_not_exists(revision)',
      };
    case 'revision':
      return put(revisionKey(write.item), write.item);
    case 'link':
      return put(linkKey(write.item.tokenHash), { ...write.item, ...expiring(write.item.expiresAt) });
    case 'source':
      return revisedItem(
        sourceKey(write.item.patientId, write.item.sourceId),
        {
          ...write.item,
          ...(write.item.status === 'ignored' ? ignoredExpiry(write.item) : {}),
        },
        write.item.revision,
      );
    case 'messages': {
      const { patientId, ...memory } = write.item;
      return revisedItem(messagesKey(patientId), memory, memory.revision);
    }
    case 'owner':
      return revisedItem(ownerKey(write.item.sourceId), write.item, write.item.revision);
    case 'ignored':
      return put(ignoredKey(write.item), {
        ...write.item,
        ...expiring(addSeconds(write.item.at, ignoredSeconds)),
      });
    case 'notice':
      return put(noticeKey(write.item), write.item);
    case 'audit':
      return {
        ...put(auditKey(write.item, change), { at: write.item.at, action: write.item.action }),
        revision: 1,
      };
  }
};
