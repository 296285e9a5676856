import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  GetCommand,
  paginateQuery,
  paginateScan,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { ErasedPatients, ErasureStore } from '../../application/erasure-ports.ts';
import { isConflict } from './care-store.ts';
import { cellUpdate, markerPut } from './counting-store.ts';
import { erasedItem } from './items.ts';
import {
  countedKey,
  erasedKey,
  type ItemKey,
  patientPartition,
  profileKey,
  residuePartition,
} from './keys.ts';

type Tables = { readonly care: string; readonly outcomes: string };

const itemKeys = z.array(z.object({ pk: z.string(), sk: z.string() }));

/** Makes the reader of who was erased: one item, found by a hash of the id. */
export const erasedPatientsOn = (client: DynamoDBDocumentClient, table: string): ErasedPatients => ({
  wasErased: async (patientId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: erasedKey(patientId), ConsistentRead: true }),
    );
    return Item !== undefined;
  },
});

const keysOfPartition = async (
  client: DynamoDBDocumentClient,
  table: string,
  patientId: string,
): Promise<readonly ItemKey[]> => {
  const keys: ItemKey[] = [];
  const pages = paginateQuery(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      ProjectionExpression: 'pk, sk',
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': patientPartition(patientId) },
    },
  );
  for await (const page of pages) keys.push(...itemKeys.parse(page.Items ?? []));
  return keys;
};

const keysOfLinks = async (
  client: DynamoDBDocumentClient,
  table: string,
  patientId: string,
): Promise<readonly ItemKey[]> => {
  const keys: ItemKey[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      ProjectionExpression: 'pk, sk',
      FilterExpression: 'begins_with(pk, :link) AND patientId = :patient',
      ExpressionAttributeValues: { ':link': 'LINK#', ':patient': patientId },
    },
  );
  for await (const page of pages) keys.push(...itemKeys.parse(page.Items ?? []));
  return keys;
};

/**
 * Makes the store that erases. Links are found by reading the whole table: they lie outside the patient's
 * partition, and erasing is rare.
 */
export const erasureStoreOn = (client: DynamoDBDocumentClient, tables: Tables): ErasureStore => {
  const remove = async (keys: readonly ItemKey[]): Promise<number> => {
    for (const Key of keys) await client.send(new DeleteCommand({ TableName: tables.care, Key }));
    return keys.length;
  };

  return {
    ...erasedPatientsOn(client, tables.care),

    holds: async (patientId) => (await keysOfPartition(client, tables.care, patientId)).length > 0,

    remember: async (patientId, at) => {
      const { Attributes } = await client.send(
        new UpdateCommand({
          TableName: tables.care,
          Key: erasedKey(patientId),
          UpdateExpression: 'SET #at = if_not_exists(#at, :at)',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': at },
          ReturnValues: 'ALL_NEW',
        }),
      );
      return erasedItem.parse(Attributes).at;
    },

    close: async (marker, residue) => {
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: [
              markerPut(tables.care, marker, 'closed'),
              ...residue.map((change) => cellUpdate(tables.outcomes, change, residuePartition)),
            ],
          }),
        );
        return 'committed';
      } catch (error) {
        if (isConflict(error)) return 'conflict';
        throw error;
      }
    },

    removeRecord: async (patientId) => {
      const marker = countedKey(patientId).sk;
      const profile = profileKey(patientId).sk;
      const keys = (await keysOfPartition(client, tables.care, patientId)).filter(({ sk }) => sk !== marker);
      return remove(keys.toSorted((a, b) => Number(b.sk === profile) - Number(a.sk === profile)));
    },

    removeLinks: async (patientId) => remove(await keysOfLinks(client, tables.care, patientId)),

    removeMarker: async (patientId) => {
      await client.send(
        new DeleteCommand({
          TableName: tables.care,
          Key: countedKey(patientId),
          ConditionExpression: 'attribute_not_exists(pk) OR closed = :true',
          ExpressionAttributeValues: { ':true': true },
        }),
      );
    },
  };
};
