import {
  type DynamoDBDocumentClient,
  GetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { readPartition, scanPatients } from '../../care/patient/aws/care-store.ts';
import { readRecord } from '../../care/patient/aws/items.ts';
import { countedKey } from '../../care/patient/aws/keys.ts';
import type { StoredItem } from '../../care/patient/ports.ts';
import { cellPartition } from '../../outcomes/cells/aws/cell-store.ts';
import { type CellChange, cellKeyOf } from '../../outcomes/cells/cells.ts';
import { counters, type Scope } from '../../outcomes/cells/contribution.ts';
import { isConflict, isThrottle } from '../../platform/aws/dynamodb.ts';
import { busy } from '../../platform/contention.ts';
import type { CellRepair } from '../check-drift.ts';
import type { CountChange, CountedMarker, CountingScan, CountingStore } from '../ports.ts';
import { codecOfContribution, encodeContribution } from './contribution-codec.ts';

type Tables = { readonly care: string; readonly outcomes: string };

const countedItem = z.object({
  revision: z.int(),
  contribution: codecOfContribution,
  closed: z.exactOptional(z.literal(true)),
});

/** Returns the marker stored as this item, or undefined when the item is no marker. */
export const markerOf = (item: StoredItem): CountedMarker | undefined =>
  item['sk'] === 'COUNTED' ? countedItem.parse(item) : undefined;

/**
 * Returns the marker that stood in the patient's own partition before markers had partitions. It is at revision 0 of
 * the new place, where the next count stores it; the old item stays and is not looked at again.
 */
const formerMarker = (items: readonly StoredItem[]): CountedMarker | undefined => {
  const [former] = items.flatMap((item) => markerOf(item) ?? []);
  return former === undefined ? undefined : { ...former, revision: 0 };
};

/** Creates the conditional write of a marker; `closed` ends all counting of the patient. */
export const markerPut = (
  table: string,
  { patientId, expectedRevision, contribution }: CountChange,
  closed?: 'closed',
) => ({
  Put: {
    TableName: table,
    Item: {
      ...countedKey(patientId),
      revision: expectedRevision + 1,
      contribution: encodeContribution(contribution),
      ...(closed === undefined ? {} : { closed: true }),
    },
    ...(expectedRevision === 0
      ? { ConditionExpression: 'attribute_not_exists(pk)' }
      : {
          ConditionExpression: 'revision = :before',
          ExpressionAttributeValues: { ':before': expectedRevision },
        }),
  },
});

/** Creates the write that adds a change to a cell of the counters or of the residue. */
export const cellUpdate = (
  table: string,
  { scope, month, timepoint, changes }: CellChange,
  partitionOf: (scope: Scope) => string = cellPartition,
) => {
  const entries = Object.entries(changes);
  return {
    Update: {
      TableName: table,
      Key: { pk: partitionOf(scope), sk: `${month}#${timepoint}` },
      UpdateExpression: `ADD ${entries.map((_, index) => `#c${index} :v${index}`).join(', ')}`,
      ExpressionAttributeNames: Object.fromEntries(entries.map(([name], index) => [`#c${index}`, name])),
      ExpressionAttributeValues: Object.fromEntries(entries.map(([, by], index) => [`:v${index}`, by])),
    },
  };
};

/**
 * Creates the counting store: the patients' markers in `care` and the counters in `outcomes` change in one
 * transaction. A marker that is no longer at the revision that was read fails the whole transaction, so nothing
 * counts twice.
 */
export const countingStoreOn = (client: DynamoDBDocumentClient, tables: Tables): CountingStore => ({
  // The marker first: whoever writes the next one has then seen a record at least as new as the one before.
  load: async (patientId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: tables.care, Key: countedKey(patientId), ConsistentRead: true }),
    );
    const items = await readPartition(client, tables.care, patientId);
    const marker = Item === undefined ? formerMarker(items) : markerOf(Item);
    return { record: readRecord(patientId, items), ...(marker === undefined ? {} : { marker }) };
  },

  apply: async (markers, changes) => {
    try {
      await client.send(
        new TransactWriteCommand({
          TransactItems: [
            ...markers.map((marker) => markerPut(tables.care, marker)),
            ...changes.map((change) => cellUpdate(tables.outcomes, change)),
          ],
        }),
      );
      return 'committed';
    } catch (error) {
      if (isConflict(error)) return 'conflict';
      throw isThrottle(error) ? busy('The tables cannot take a write now.') : error;
    }
  },
});

/** Creates the reader of every patient's record and marker. */
export const countingScanOn = (
  client: DynamoDBDocumentClient,
  table: string,
  counting: Pick<CountingStore, 'load'>,
): CountingScan => ({ patients: () => scanPatients(client, table, counting.load) });

/** Creates the repair of cells in the `outcomes` table: one conditional write per cell. */
export const cellRepairOn = (client: DynamoDBDocumentClient, table: string): CellRepair => ({
  set: async ({ id, stored, expected }) => {
    const { scope, month, timepoint } = cellKeyOf(id);
    const wrong = counters.filter((counter) => (stored[counter] ?? 0) !== (expected[counter] ?? 0));
    const condition = (index: number, before: number): string =>
      before === 0
        ? `(attribute_not_exists(#c${index}) OR #c${index} = :b${index})`
        : `#c${index} = :b${index}`;
    try {
      await client.send(
        new UpdateCommand({
          TableName: table,
          Key: { pk: cellPartition(scope), sk: `${month}#${timepoint}` },
          UpdateExpression: `SET ${wrong.map((_, index) => `#c${index} = :a${index}`).join(', ')}`,
          ConditionExpression: wrong
            .map((counter, index) => condition(index, stored[counter] ?? 0))
            .join(' AND '),
          ExpressionAttributeNames: Object.fromEntries(
            wrong.map((counter, index) => [`#c${index}`, counter]),
          ),
          ExpressionAttributeValues: Object.fromEntries(
            wrong.flatMap((counter, index) => [
              [`:b${index}`, stored[counter] ?? 0],
              [`:a${index}`, expected[counter] ?? 0],
            ]),
          ),
        }),
      );
      return 'set';
    } catch (error) {
      if (isConflict(error)) return 'changed-meanwhile';
      throw error;
    }
  },
});
