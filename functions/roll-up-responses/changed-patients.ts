import type { DynamoDBRecord } from 'aws-lambda';
import { isCountable, patientIdOf } from '../../shared/care/patient/aws/keys.ts';
import type { PatientId } from '../../shared/care/patient/ids.ts';

/** Takes a record of the stream, which carries keys only, gives the patient whose counts it may change. */
export const changedPatient = ({ dynamodb }: DynamoDBRecord): PatientId | undefined => {
  const pk = dynamodb?.Keys?.['pk']?.S;
  const sk = dynamodb?.Keys?.['sk']?.S;
  return pk === undefined || sk === undefined || !isCountable(sk) ? undefined : patientIdOf(pk);
};

/**
 * Takes records of the stream, gives the patients whose counts may have changed, each once. Markers, links and
 * notices of ours change nothing and are passed over.
 */
export const changedPatients = (records: readonly DynamoDBRecord[]): readonly PatientId[] => [
  ...new Set(records.flatMap((record) => changedPatient(record) ?? [])),
];
