import type { DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { PatientId } from '../../shared/care/patient/ids.ts';
import { countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { countPatientsWith } from '../../shared/counting/count-patients.ts';
import { documentClient } from '../../shared/platform/aws/dynamodb.ts';
import { type Environment, readEnvironment } from '../../shared/platform/environment.ts';
import { errorFields, failure } from '../../shared/platform/logging/errors.ts';
import { hashedId } from '../../shared/platform/logging/hashed-id.ts';
import { loggedInvocations } from '../../shared/platform/logging/invocation.ts';
import type { Runtime } from '../../shared/platform/logging/runtime.ts';
import { changedPatient, changedPatients } from './changed-patients.ts';
import { environmentSchema } from './environment.ts';

/**
 * Creates the handler that recounts the patients named in a batch of the stream. When that fails, each is counted alone,
 * so that one unreadable record holds up no other. From the first failed one on, the batch comes again, which does no
 * harm: counting compares instead of adding.
 */
export const createHandler = (environment: Environment, { log, metrics }: Runtime) => {
  const settings = readEnvironment(environmentSchema, environment);
  const client = documentClient();
  const countPatients = countPatientsWith({
    counting: countingStoreOn(client, { care: settings.CARE_TABLE, outcomes: settings.OUTCOMES_TABLE }),
  });

  /** Returns the patients that could not be counted. */
  const countAlone = async (patientIds: readonly PatientId[]): Promise<ReadonlySet<PatientId>> => {
    const failed = new Set<PatientId>();
    for (const patientId of patientIds) {
      try {
        await countPatients([patientId]);
      } catch (error) {
        failed.add(patientId);
        log.error('patient.not-counted', { patient: hashedId(patientId), ...errorFields(error) });
        metrics.add('Failed', 1);
      }
    }
    return failed;
  };

  const count = async (patientIds: readonly PatientId[]): Promise<ReadonlySet<PatientId>> => {
    if (patientIds.length === 1) return countAlone(patientIds);
    try {
      await countPatients(patientIds);
      return new Set();
    } catch (error) {
      log.warn('count.failed', { patients: patientIds.length, ...errorFields(error) });
      return countAlone(patientIds);
    }
  };

  return loggedInvocations(log, async ({ Records }: DynamoDBStreamEvent): Promise<DynamoDBBatchResponse> => {
    const patients = changedPatients(Records);
    const failed = await count(patients);
    metrics.add('PatientsCounted', patients.length - failed.size);
    if (failed.size === 0) return { batchItemFailures: [] };
    log.error('count.not-done', { patients: failed.size });
    const isOfFailed = (record: DynamoDBRecord): boolean => {
      const patientId = changedPatient(record);
      return patientId !== undefined && failed.has(patientId);
    };
    const first = Records.find(isOfFailed)?.dynamodb?.SequenceNumber;
    if (first === undefined) throw failure('A batch of the stream has no sequence number to resume from.');
    return { batchItemFailures: [{ itemIdentifier: first }] };
  });
};
