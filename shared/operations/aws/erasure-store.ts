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
import { cellUpdate, markerPut } from '../../counting/aws/counting-store.ts';
import { residuePartition } from '../../outcomes/cells/aws/cell-store.ts';
import { isConflict } from '../../platform/aws/dynamodb.ts';
import { failure } from '../../platform/logging/errors.ts';
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

/**
 * Returns the keys of all items outside the partition that name the patient: links, and whatever kinds come later. They
 * are found by scanning the whole table: erasures are rare.
 */
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
      FilterExpression: 'patientId = :patient',
      ExpressionAttributeValues: { ':patient': patientId },
    },
  );
  for await (const page of pages) keys.push(...itemKeys.parse(page.Items ?? []));
  return keys;
};

/**
 * Each pass deletes what the one before it left and what writers made meanwhile. They need an item that is there to
 * make another, so a pass or two leave none.
 */
const maxPasses = 100;

/** Creates the erasure store. */
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
      const profile = profileKey(patientId).sk;
      let removed = 0;
      for (let pass = 0; pass < maxPasses; pass += 1) {
        const keys = await keysOfPartition(client, tables.care, patientId);
        if (keys.length === 0) return removed;
        removed += await remove(keys.toSorted((a, b) => Number(b.sk === profile) - Number(a.sk === profile)));
      }
      throw failure(`Items kept coming to be under ${maxPasses} passes of an erasure. Run it again.`);
    },

    removeLinks: async (patientId) => remove(await keysElsewhere(client, tables.care, patientId)),

    note: async (patientId, at) => {
      const { Item } = itemOf({ kind: 'audit', item: { patientId, at, action: 'erased' } });
      await client.send(new PutCommand({ TableName: tables.care, Item }));
    },
  };
};
