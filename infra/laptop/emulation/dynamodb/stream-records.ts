import type { _Record } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord } from 'aws-lambda';
import * as z from 'zod';

const keyValue = z.union([z.strictObject({ S: z.string() }), z.strictObject({ N: z.string() })]);

const streamRecord = z.object({
  eventID: z.string(),
  eventName: z.enum(['INSERT', 'MODIFY', 'REMOVE']),
  eventVersion: z.string().default('1.1'),
  awsRegion: z.string(),
  dynamodb: z.object({
    ApproximateCreationDateTime: z.date(),
    Keys: z.record(z.string(), keyValue),
    SequenceNumber: z.string(),
    SizeBytes: z.number().default(0),
  }),
});

/** A stream record in Lambda's shape, with its position in the shard. */
export type PumpedRecord = {
  readonly sequenceNumber: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly record: DynamoDBRecord;
};

/**
 * Converts a record of a KEYS_ONLY stream from the Streams API's shape to Lambda's. Throws when it is malformed:
 * that is a defect of the stream, and skipping the record would hide it.
 */
export const toLambdaRecord = (raw: _Record, streamArn: string): PumpedRecord => {
  const { dynamodb, ...envelope } = streamRecord.parse(raw);
  const createdAt = Math.floor(dynamodb.ApproximateCreationDateTime.getTime() / 1000);
  return {
    sequenceNumber: dynamodb.SequenceNumber,
    createdAt,
    record: {
      ...envelope,
      eventSource: 'aws:dynamodb',
      eventSourceARN: streamArn,
      dynamodb: { ...dynamodb, ApproximateCreationDateTime: createdAt, StreamViewType: 'KEYS_ONLY' },
    },
  };
};
