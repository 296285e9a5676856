import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import { careStoreOn } from '../../shared/adapters/dynamodb/care-store.ts';
import { documentClient } from '../../shared/adapters/dynamodb/client.ts';
import { countingStoreOn } from '../../shared/adapters/dynamodb/counting-store.ts';
import { type Environment, readEnvironment } from '../../shared/adapters/system/environment.ts';
import type { Runtime } from '../../shared/adapters/system/runtime.ts';
import { countPatientsWith } from '../../shared/application/count-patients.ts';
import { changedPatients } from './changed-patients.ts';
import { environmentSchema } from './environment.ts';

/**
 * Makes the handler: the patients that a batch of the stream names are counted anew. When that fails, the whole
 * batch comes again, which does no harm: counting is comparing, not adding.
 */
export const compose = (environment: Environment, { log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const countPatients = countPatientsWith({
    store: careStoreOn(client, settings.CARE_TABLE),
    counting: countingStoreOn(client, { care: settings.CARE_TABLE, outcomes: settings.OUTCOMES_TABLE }),
  });
  return middy(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const patients = changedPatients(Records);
    try {
      await countPatients(patients);
      metrics.add('PatientsCounted', patients.length);
      return { batchItemFailures: [] };
    } catch (error) {
      log.error('count.failed', { error: error instanceof Error ? error.name : 'unknown' });
      const first = Records[0]?.dynamodb?.SequenceNumber;
      if (first === undefined) throw error;
      return { batchItemFailures: [{ itemIdentifier: first }] };
    }
  });
};
