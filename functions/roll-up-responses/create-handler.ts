import middy from '@middy/core';
import type { DynamoDBBatchResponse, DynamoDBStreamEvent } from 'aws-lambda';
import type { PatientId } from '../../shared/care/patient/ids.ts';
import { countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { countPatientsWith } from '../../shared/counting/count-patients.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import type { Runtime } from '../../shared/platform/runtime.ts';
import { changedPatient, changedPatients } from './changed-patients.ts';
import { environmentSchema } from './environment.ts';

/**
 * Makes the handler: the patients that a batch of the stream names are counted anew. When that fails, each is
 * counted alone, so that one whose record cannot be read holds up no other; from the first such one on the
 * batch comes again, which does no harm: counting is comparing, not adding.
 */
export const createHandler = (environment: Environment, { log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const countPatients = countPatientsWith({
    counting: countingStoreOn(client, { care: settings.CARE_TABLE, outcomes: settings.OUTCOMES_TABLE }),
  });
  return middy(async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const patients = changedPatients(Records);
    const failed = new Set<string>();
    const count = async (patientIds: readonly PatientId[]): Promise<void> => {
      try {
        await countPatients(patientIds);
      } catch (error) {
        const [patientId, ...others] = patientIds;
        if (patientId !== undefined && others.length === 0) failed.add(patientId);
        else for (const each of patientIds) await count([each]);
        log.warn('count.failed', {
          patients: patientIds.length,
          error: error instanceof Error ? error.name : 'unknown',
        });
      }
    };
    await count(patients);
    metrics.add('PatientsCounted', patients.length - failed.size);
    if (failed.size === 0) return { batchItemFailures: [] };
    log.error('count.not-done', { patients: failed.size });
    const first = Records.find((record) => failed.has(changedPatient(record) ?? ''))?.dynamodb
      ?.SequenceNumber;
    if (first === undefined)
      throw new Error('A batch of the stream has no sequence number to come again from.');
    return { batchItemFailures: [{ itemIdentifier: first }] };
  });
};
