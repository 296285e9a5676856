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

/** A stream record as Lambda hands it to a function, with the sequence number that a retry starts from. */
export type PumpedRecord = {
  readonly sequenceNumber: string;
  /** Epoch seconds. */
  readonly createdAt: number;
  readonly record: DynamoDBRecord;
};

/**
 * Takes a record of a KEYS_ONLY stream as the Streams API gives it, gives it in Lambda's shape. Throws when it
 * is not one: that is a defect of the stream, and no record is skipped for it.
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
