import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import type { CareScan, CareStore } from '../../application/ports.ts';
import { patientIdOf } from './keys.ts';

const keyItem = z.object({ pk: z.string() });

/**
 * Makes the reader of every patient: it scans for the patients' partitions by key and reads each one whole and
 * consistently, so that a record is never half before and half after a write.
 */
export const careScanOn = (
  client: DynamoDBDocumentClient,
  table: string,
  store: Pick<CareStore, 'load'>,
): CareScan => ({
  patients: async function* () {
    const pages = paginateScan(
      { client },
      {
        TableName: table,
        ProjectionExpression: 'pk',
        FilterExpression: 'sk = :profile',
        ExpressionAttributeValues: { ':profile': 'PROFILE' },
      },
    );
    for await (const page of pages) {
      for (const raw of page.Items ?? []) {
        const patientId = patientIdOf(keyItem.parse(raw).pk);
        if (patientId !== undefined) yield await store.load(patientId);
      }
    }
  },
});
