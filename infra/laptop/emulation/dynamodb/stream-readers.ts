import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamHandler } from './stream-pump.ts';

/** A function that reads the stream, with its event filter. */
export type StreamReader = {
  readonly accepts: (record: DynamoDBRecord) => boolean;
  readonly handler: StreamHandler;
};

/**
 * Combines the stream's readers, each of which has its own event source mapping on AWS, so that the stream is read
 * once. When one throws, all get the batch again, as at-least-once delivery allows. Only the first reader's result
 * is returned, so only that reader can report failed records.
 */
export const readersAsOne = (readers: readonly StreamReader[]): StreamReader => ({
  accepts: (record) => readers.some(({ accepts }) => accepts(record)),
  handler: async ({ Records }: DynamoDBStreamEvent) => {
    const results: unknown[] = [];
    for (const { accepts, handler } of readers) {
      const own = Records.filter(accepts);
      results.push(own.length === 0 ? undefined : await handler({ Records: own }));
    }
    return results[0];
  },
});
