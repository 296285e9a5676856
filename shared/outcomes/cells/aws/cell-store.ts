import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { FamilyId } from '../../../protocol/families.ts';
import { cellKeyFrom, isCounter } from '../cells.ts';
import type { Cell, Counter, Scope } from '../contribution.ts';
import type { CellStore } from '../ports.ts';

/** Takes a scope, gives the partition of its cells in `outcomes`. */
export const cellPartition = (scope: FamilyId | 'overall'): string => `CELLS#${scope}`;

/** Takes a scope, gives the partition of the part of its cells that no patient is behind any more. */
export const residuePartition = (scope: FamilyId | 'overall'): string => `RESIDUE#${scope}`;

const cellItem = z.looseObject({ pk: z.string(), sk: z.string() });

const readCell = (scope: Scope, raw: unknown): Cell => {
  const { pk: _, sk, ...rest } = cellItem.parse(raw);
  const key = cellKeyFrom(`${scope}|${sk.replace('#', '|')}`);
  if (key === undefined) throw new Error('A stored cell has a key that names none.');
  const counts: Partial<Record<Counter, number>> = {};
  for (const [name, value] of Object.entries(rest)) {
    if (isCounter(name) && value !== 0) counts[name] = z.int().parse(value);
  }
  return { ...key, counts };
};

const cellsIn = (
  client: DynamoDBDocumentClient,
  table: string,
  partitionOf: (scope: Scope) => string,
): CellStore => ({
  cells: async (scope) => {
    const cells: Cell[] = [];
    const pages = paginateQuery(
      { client },
      {
        TableName: table,
        ConsistentRead: true,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': partitionOf(scope) },
      },
    );
    for await (const page of pages) cells.push(...(page.Items ?? []).map((item) => readCell(scope, item)));
    return cells;
  },
});

/** Makes the store of counts on the `outcomes` table. Cells come in the order of month and timepoint. */
export const cellStoreOn = (client: DynamoDBDocumentClient, table: string): CellStore =>
  cellsIn(client, table, cellPartition);

/** Makes the reader of the residue: what of the counts came from patients who were erased. */
export const residueStoreOn = (client: DynamoDBDocumentClient, table: string): CellStore =>
  cellsIn(client, table, residuePartition);
