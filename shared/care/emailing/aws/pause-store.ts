import { DeleteCommand, type DynamoDBDocumentClient, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod/mini';
import { guardedText } from '../../../platform/guarded-text.ts';
import { isUtcInstant } from '../../../platform/time.ts';
import { pauseKey } from '../../patient/aws/keys.ts';
import type { PauseStore } from '../../patient/ports.ts';
import { pauseReaches } from '../pause.ts';

const pauseItem = z.object({ since: guardedText(isUtcInstant), reach: z.enum(pauseReaches) });

/** Creates the store of the pause, one item of the `care` table: reading it takes half a read unit. */
export const pauseStoreOn = (client: DynamoDBDocumentClient, table: string): PauseStore => ({
  read: async () => {
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: pauseKey }));
    return Item === undefined ? undefined : pauseItem.parse(Item);
  },
  write: async (pause) => {
    await client.send(new PutCommand({ TableName: table, Item: { ...pauseKey, ...pause } }));
  },
  clear: async () => {
    await client.send(new DeleteCommand({ TableName: table, Key: pauseKey }));
  },
});
