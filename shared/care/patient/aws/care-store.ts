import { ConditionalCheckFailedException } from '@aws-sdk/client-dynamodb';
import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  type PutCommandInput,
  paginateQuery,
  paginateScan,
  QueryCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { cancellationCodes, isConflict, isThrottle } from '../../../platform/aws/dynamodb.ts';
import { busy } from '../../../platform/contention.ts';
import { guardedText } from '../../../platform/guarded-text.ts';
import { isUtcInstant } from '../../../platform/time.ts';
import type { PatientId } from '../ids.ts';
import type { CareScan, CareStore, Committed, StoredItem } from '../ports.ts';
import { type CommitRequest, commitRequest, type Transaction } from './commit-request.ts';
import { linkItem, ownerItem, readRecord } from './items.ts';
import {
  dueShardName,
  episodeKey,
  episodeOfKey,
  linkKey,
  ownerKey,
  patientIdOf,
  patientPartition,
} from './keys.ts';

const dueItem = z.object({ pk: z.string(), sk: z.string(), nextDueAt: guardedText(isUtcInstant) });

/** Returns every item of a patient's partition as stored, by a consistent read. */
export const readPartition = async (
  client: DynamoDBDocumentClient,
  table: string,
  patientId: PatientId,
): Promise<readonly StoredItem[]> => {
  const items: StoredItem[] = [];
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
  return items;
};

/** Returns why a write was not made; throws the error when it says something else. */
const refusal = (error: unknown, erasureChecks: readonly number[] = []): Committed => {
  const codes = cancellationCodes(error);
  if (erasureChecks.some((index) => codes[index] === 'ConditionalCheckFailed')) return 'erased';
  if (isConflict(error)) return 'conflict';
  throw isThrottle(error) ? busy('The table cannot take a write now.') : error;
};

const sendPut = async (client: DynamoDBDocumentClient, put: PutCommandInput): Promise<Committed> => {
  try {
    await client.send(new PutCommand(put));
    return 'committed';
  } catch (error) {
    return refusal(error);
  }
};

const sendTransaction = async (
  client: DynamoDBDocumentClient,
  { items, erasureChecks }: Transaction,
): Promise<Committed> => {
  try {
    await client.send(new TransactWriteCommand({ TransactItems: items }));
    return 'committed';
  } catch (error) {
    return refusal(error, erasureChecks);
  }
};

const send = async (client: DynamoDBDocumentClient, request: CommitRequest): Promise<Committed> => {
  switch (request.kind) {
    case 'none':
      return 'committed';
    case 'put':
      return sendPut(client, request.put);
    case 'transaction':
      return sendTransaction(client, request.transaction);
  }
};

/** Creates the store of people on the `care` table. Errors other than a lost race are thrown. */
export const careStoreOn = (client: DynamoDBDocumentClient, table: string): CareStore => ({
  load: async (patientId) => readRecord(patientId, await readPartition(client, table, patientId)),

  commit: (writes) => send(client, commitRequest(table, writes)),

  noteDelivery: async (key, touchpoint) => {
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: episodeKey(key),
          ConditionExpression:
            'touchpoints.#touchpoint.emails > :none AND attribute_not_exists(touchpoints.#touchpoint.delivered)',
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
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: linkKey(tokenHash), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : linkItem.parse(Item);
  },

  findOwner: async (sourceId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: ownerKey(sourceId), ConsistentRead: true }),
    );
    return Item === undefined ? undefined : ownerItem.parse(Item);
  },
});

const keyItem = z.object({ pk: z.string() });

/**
 * Yields the result of `load` for every patient, in no order. The scan only finds the partitions; each patient is
 * then loaded by one consistent read, so no record is seen half written.
 */
export const scanPatients = async function* <T>(
  client: DynamoDBDocumentClient,
  table: string,
  load: (patientId: PatientId) => Promise<T>,
): AsyncIterable<T> {
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ProjectionExpression: 'pk',
      FilterExpression: 'sk = :profile',
      ExpressionAttributeValues: { ':profile': 'PROFILE' },
    },
  );
  for await (const page of pages) {
    for (const raw of page.Items ?? []) {
      const patientId = patientIdOf(keyItem.parse(raw).pk);
      if (patientId !== undefined) yield await load(patientId);
    }
  }
};

/** Creates the reader of every patient's record. */
export const careScanOn = (
  client: DynamoDBDocumentClient,
  table: string,
  store: Pick<CareStore, 'load'>,
): CareScan => ({ patients: () => scanPatients(client, table, store.load) });
