import { type DynamoDBDocumentClient, paginateQuery } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { cellKeyFrom, isCounter } from '../cells.ts';
import type { Cell, Counter, Scope } from '../contribution.ts';
import type { CellStore } from '../ports.ts';

/** The partition of the `outcomes` table that holds a scope's cells. */
export const cellPartition = (scope: Scope): string => `CELLS#${scope}`;

/** The partition that holds what erased patients had contributed to a scope's cells. */
export const residuePartition = (scope: Scope): string => `RESIDUE#${scope}`;

const cellItem = z.looseObject({ pk: z.string(), sk: z.string() });

const readCell = (scope: Scope, raw: unknown): Cell => {
  const { pk: _, sk, ...rest } = cellItem.parse(raw);
  const key = cellKeyFrom(`${scope}|${sk.replace('#', '|')}`);
  if (key === undefined) throw new Error('The key of a stored cell is malformed');
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

/** Reads cells from the `outcomes` table, ordered by month and timepoint. Throws when a stored cell is malformed. */
export const cellStoreOn = (client: DynamoDBDocumentClient, table: string): CellStore =>
  cellsIn(client, table, cellPartition);

/** Reads the residue: the part of the counts that came from patients erased since. */
export const residueStoreOn = (client: DynamoDBDocumentClient, table: string): CellStore =>
  cellsIn(client, table, residuePartition);
