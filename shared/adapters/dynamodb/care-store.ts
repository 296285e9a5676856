import { ConditionalCheckFailedException, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import type { CareStore } from '../../application/ports.ts';
import { putFor } from './care-writes-to-items.ts';
import { linkItem } from './items.ts';
import { dueShardName, episodeKey, episodeOfKey, linkKey, patientPartition } from './keys.ts';
import { readRecord } from './read-record.ts';

const dueItem = z.object({ pk: z.string(), sk: z.string(), nextDueAt: z.string() });

/** What DynamoDB gives for a write that somebody else's write, done or under way, stands against. */
const conflictCodes: ReadonlySet<string> = new Set(['ConditionalCheckFailed', 'TransactionConflict']);

/** Takes an error of a conditional write, says whether it only means that somebody else was first. */
export const isConflict = (error: unknown): boolean => {
  if (error instanceof TransactionCanceledException) {
    const codes = (error.CancellationReasons ?? []).map(({ Code }) => Code ?? 'None');
    return codes.every((code) => code === 'None' || conflictCodes.has(code));
  }
  return (
    error instanceof Error &&
    (error.name === 'ConditionalCheckFailedException' || error.name === 'TransactionConflictException')
  );
};

/** Makes the store of people on the `care` table. Errors other than a lost race are thrown. */
export const careStoreOn = (client: DynamoDBDocumentClient, table: string): CareStore => ({
  load: async (patientId) => {
    const items: Record<string, unknown>[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': patientPartition(patientId) },
      },
    );
    for await (const page of pages) items.push(...(page.Items ?? []));
    return readRecord(patientId, items);
  },

  commit: async (writes) => {
    const puts = writes.map((write) => putFor(table, write));
    const [only] = puts;
    try {
      if (only === undefined) return 'committed';
      if (puts.length === 1) await client.send(new PutCommand(only));
      else await client.send(new TransactWriteCommand({ TransactItems: puts.map((Put) => ({ Put })) }));
      return 'committed';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      throw error;
    }
  },

  noteDelivery: async (key, touchpoint) => {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: episodeKey(key),
          ConditionExpression:
            'touchpoints.#touchpoint.contacts > :none AND attribute_not_exists(touchpoints.#touchpoint.delivered)',
          UpdateExpression: 'SET touchpoints.#touchpoint.delivered = :yes ADD revision :one',
          ExpressionAttributeNames: { '#touchpoint': touchpoint },
          ExpressionAttributeValues: { ':none': 0, ':yes': true, ':one': 1 },
        }),
      );
      return 'recorded';
    } catch (error) {
      if (error instanceof ConditionalCheckFailedException) return 'nothing-to-record';
      throw error;
    }
  },

  due: async (shard, until, limit) => {
    const page = await client.send(
      new QueryCommand({
        TableName: table,
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard AND nextDueAt <= :until',
        ExpressionAttributeValues: { ':shard': dueShardName(shard), ':until': until },
        Limit: limit,
      }),
    );
    return (page.Items ?? []).flatMap((raw) => {
      const item = dueItem.parse(raw);
      const key = episodeOfKey(item);
      return key === undefined ? [] : [{ ...key, nextDueAt: item.nextDueAt }];
    });
  },

  findLink: async (tokenHash) => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: linkKey(tokenHash) }));
    return Item === undefined ? undefined : linkItem.parse(Item);
  },
});
