import type { TransactWriteCommandInput } from '@aws-sdk/lib-dynamodb';
import { addSeconds, epochSecondOf } from '../../../platform/calendar.ts';
import type { UtcInstant } from '../../../platform/time.ts';
import type { CareWrite } from '../care-writes.ts';
import type { Episode } from '../episode.ts';
import { momentOf } from '../ids.ts';
import { type Draft, draftExpiry } from '../response.ts';
import {
  auditKey,
  draftKey,
  dueShardOf,
  episodeKey,
  type ItemKey,
  ignoredKey,
  linkKey,
  noticeKey,
  profileKey,
  responseKey,
  revisionKey,
  sourceKey,
} from './keys.ts';

export type PutInput = NonNullable<NonNullable<TransactWriteCommandInput['TransactItems']>[number]['Put']>;

/**
 * Reports that started nothing are kept for 400 days, longer than any follow-up, to answer questions about them.
 */
const ignoredSeconds = 400 * 24 * 60 * 60;

const put = (tableName: string, key: ItemKey, item: object): PutInput => ({
  TableName: tableName,
  Item: { ...key, ...item },
});

/** Adds the condition on the revision before it, or on there being no item at revision 1. */
const conditional = (input: PutInput, revision: number): PutInput =>
  revision === 1
    ? { ...input, ConditionExpression: 'attribute_not_exists(pk)' }
    : {
        ...input,
        ConditionExpression: 'revision = :before',
        ExpressionAttributeValues: { ':before': revision - 1 },
      };

/** The condition on a draft's revision before it. Drafts saved before revisions were counted have none. */
const nextDraft = (input: PutInput, { revision = 1 }: Draft): PutInput =>
  revision === 1
    ? { ...input, ConditionExpression: 'attribute_not_exists(revision)' }
    : conditional(input, revision);

const withShard = (episode: Episode) =>
  episode.nextDueAt === undefined ? episode : { ...episode, dueShard: dueShardOf(episode.patientId) };

const expiring = (at: UtcInstant) => ({ expiresOn: epochSecondOf(at) });

/** Converts a write to its conditional put. */
export const putFor = (table: string, write: CareWrite): PutInput => {
  switch (write.kind) {
    case 'profile':
      return conditional(put(table, profileKey(write.item.patientId), write.item), write.item.revision);
    case 'episode':
      return conditional(put(table, episodeKey(write.item), withShard(write.item)), write.item.revision);
    case 'response':
      return conditional(put(table, responseKey(write.item), write.item), write.item.revision);
    case 'draft':
      return nextDraft(
        put(table, draftKey(write.item), { ...write.item, ...expiring(draftExpiry(write.item)) }),
        write.item,
      );
    case 'revision':
      return put(table, revisionKey(write.item), write.item);
    case 'link':
      return put(table, linkKey(write.item.tokenHash), { ...write.item, ...expiring(write.item.expiresAt) });
    case 'source':
      return conditional(
        put(table, sourceKey(write.item.patientId, write.item.sourceId), {
          ...write.item,
          ...(write.item.status === 'ignored'
            ? expiring(addSeconds(momentOf(write.item.reportedAt), ignoredSeconds))
            : {}),
        }),
        write.item.revision,
      );
    case 'ignored':
      return put(table, ignoredKey(write.item), {
        ...write.item,
        ...expiring(addSeconds(write.item.at, ignoredSeconds)),
      });
    case 'notice':
      return put(table, noticeKey(write.item), write.item);
    case 'audit':
      return put(table, auditKey(write.item), { at: write.item.at, action: write.item.action });
  }
};
