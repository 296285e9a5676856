import { type DynamoDBDocumentClient, TransactWriteCommand } from '@aws-sdk/lib-dynamodb';
import type { CountChange, CountingStore } from '../../application/ports.ts';
import type { CellChange } from '../../domain/cells.ts';
import type { Scope } from '../../domain/contribution.ts';
import { isConflict } from './care-store.ts';
import { encodeContribution } from './contribution-codec.ts';
import { cellPartition, countedKey } from './keys.ts';

type Tables = { readonly care: string; readonly outcomes: string };

/** Takes a marker's change, gives its conditional write; `closed` ends all counting of the patient. */
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

/** Takes a cell's change, gives the write that adds it, to the counters or to the residue. */
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
 * Makes the store that counts: the patients' markers in `care` and the counters in `outcomes` in one
 * transaction. A marker that is not at the revision that was read fails it whole, so nothing counts twice.
 */
export const countingStoreOn = (client: DynamoDBDocumentClient, tables: Tables): CountingStore => ({
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
      throw error;
    }
  },
});
