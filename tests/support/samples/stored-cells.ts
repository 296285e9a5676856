import { BatchWriteCommand, type DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { cellPartition } from '../../../shared/outcomes/cells/aws/cell-store.ts';
import type { Cell } from '../../../shared/outcomes/cells/contribution.ts';

/** Stores cells in the format of counting, at most 25 (a limit of BatchWriteItem). */
export const storeCells = (
  document: DynamoDBDocumentClient,
  table: string,
  cells: readonly Cell[],
): Promise<unknown> =>
  document.send(
    new BatchWriteCommand({
      RequestItems: {
        [table]: cells.map(({ scope, month, timepoint, counts }) => ({
          PutRequest: { Item: { pk: cellPartition(scope), sk: `${month}#${timepoint}`, ...counts } },
        })),
      },
    }),
  );
