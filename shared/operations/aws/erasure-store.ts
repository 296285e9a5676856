import {
  DeleteCommand,
  type DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  paginateScan,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { itemOf } from '../../care/patient/aws/care-writes-to-items.ts';
import { erasedPatientsOn } from '../../care/patient/aws/erased-patients.ts';
import { erasedItem } from '../../care/patient/aws/items.ts';
import { erasedKey, type ItemKey, patientPartition, profileKey } from '../../care/patient/aws/keys.ts';
import type { PatientId } from '../../care/patient/ids.ts';
import { cellUpdate, countedKey, markerPut } from '../../counting/aws/counting-store.ts';
import { residuePartition } from '../../outcomes/cells/aws/cell-store.ts';
import { isConflict } from '../../platform/aws/dynamodb.ts';
import type { ErasureStore } from '../erase-patient.ts';

type Tables = { readonly care: string; readonly outcomes: string };

const itemKeys = z.array(z.object({ pk: z.string(), sk: z.string() }));

const keysOfPartition = async (
  client: DynamoDBDocumentClient,
  table: string,
  patientId: PatientId,
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

/** What names the patient outside the partition: the links of emails, and whose a procedure record is. */
const keysElsewhere = async (
  client: DynamoDBDocumentClient,
  table: string,
  patientId: PatientId,
): Promise<readonly ItemKey[]> => {
  const keys: ItemKey[] = [];
  const pages = paginateScan(
    { client },
    {
      TableName: table,
      ConsistentRead: true,
      ProjectionExpression: 'pk, sk',
      FilterExpression: '(begins_with(pk, :link) OR begins_with(pk, :record)) AND patientId = :patient',
      ExpressionAttributeValues: { ':link': 'LINK#', ':record': 'RECORD#', ':patient': patientId },
    },
  );
  for await (const page of pages) keys.push(...itemKeys.parse(page.Items ?? []));
  return keys;
};

/**
 * Creates the erasure store. Links are found by scanning the whole table: they lie outside the patient's partition,
 * and erasures are rare.
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

    removeLinks: async (patientId) => remove(await keysElsewhere(client, tables.care, patientId)),

    note: async (patientId, at) => {
      const { Item } = itemOf({ kind: 'audit', item: { patientId, at, action: 'erased' } });
      await client.send(new PutCommand({ TableName: tables.care, Item }));
    },

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
