import { type DynamoDBDocumentClient, GetCommand } from '@aws-sdk/lib-dynamodb';
import type { ErasedPatients } from '../ports.ts';
import { erasedKey } from './keys.ts';

/** Creates the look-up of erased patients: one item each, found by a hash of the id. */
export const erasedPatientsOn = (client: DynamoDBDocumentClient, table: string): ErasedPatients => ({
  wasErased: async (patientId) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: erasedKey(patientId), ConsistentRead: true }),
    );
    return Item !== undefined;
  },
});
