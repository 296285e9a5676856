import type { DynamoDBRecord } from 'aws-lambda';
import { isCountable, patientIdOf } from '../../shared/care/patient/aws/keys.ts';
import type { PatientId } from '../../shared/care/patient/ids.ts';

/** Returns the patient whose counts a stream record may change. The record carries keys only. */
export const changedPatient = ({ dynamodb }: DynamoDBRecord): PatientId | undefined => {
  const pk = dynamodb?.Keys?.['pk']?.S;
  const sk = dynamodb?.Keys?.['sk']?.S;
  return pk === undefined || sk === undefined || !isCountable(sk) ? undefined : patientIdOf(pk);
};

/**
 * Returns the patients whose counts may have changed, each once. Our own markers, links and notices change no counts
 * and are skipped.
 */
export const changedPatients = (records: readonly DynamoDBRecord[]): readonly PatientId[] => [
  ...new Set(records.flatMap((record) => changedPatient(record) ?? [])),
];
