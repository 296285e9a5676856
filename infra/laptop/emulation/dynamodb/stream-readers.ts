import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import type { StreamHandler } from './stream-pump.ts';

/** A function that reads the stream, and the records that its event filter lets through. */
export type StreamReader = {
  readonly accepts: (record: DynamoDBRecord) => boolean;
  readonly handler: StreamHandler;
};

/**
 * Takes the functions that read the stream, each of which has a mapping of its own on AWS, gives them as one: the
 * stream is read once, and each gets its records. One that fails lets the batch come again to all, which does no harm:
 * the stream delivers at least once. The answer, which records failed, is that of the first reader.
 */
export const readersAsOne = (readers: readonly StreamReader[]): StreamReader => ({
  accepts: (record) => readers.some(({ accepts }) => accepts(record)),
  handler: async ({ Records }: DynamoDBStreamEvent) => {
    const answers: unknown[] = [];
    for (const { accepts, handler } of readers) {
      const own = Records.filter(accepts);
      answers.push(own.length === 0 ? undefined : await handler({ Records: own }));
    }
    return answers[0];
  },
});
