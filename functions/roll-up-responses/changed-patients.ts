import type { DynamoDBRecord } from 'aws-lambda';
import { isCountable, patientIdOf } from '../../shared/adapters/dynamodb/keys.ts';

/**
 * Takes records of the stream, which carry keys only, gives the patients whose counts may have changed, each
 * once. Markers, links and notices of ours change nothing and are passed over.
 */
export const changedPatients = (records: readonly DynamoDBRecord[]): readonly string[] => [
  ...new Set(
    records.flatMap(({ dynamodb }) => {
      const pk = dynamodb?.Keys?.['pk']?.S;
      const sk = dynamodb?.Keys?.['sk']?.S;
      if (pk === undefined || sk === undefined || !isCountable(sk)) return [];
      return patientIdOf(pk) ?? [];
    }),
  ),
];
