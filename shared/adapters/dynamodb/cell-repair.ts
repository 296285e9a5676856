import { type DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { CellRepair } from '../../application/repair-cells.ts';
import { cellKeyOf } from '../../domain/cells.ts';
import { counters } from '../../domain/contribution.ts';
import { isConflict } from './care-store.ts';
import { cellPartition } from './keys.ts';

/** Makes the repair of cells on the `outcomes` table: one conditional write a cell. */
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
