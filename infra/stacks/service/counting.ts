import { FilterCriteria, FilterRule, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { readStream } from '../../constructs/stream-mapping.ts';

export type CountingProps = {
  readonly streamArn: string;
  readonly counter: IFunction;
  readonly queue: IQueue;
};

const sortKeys = (...rules: readonly unknown[]) =>
  FilterCriteria.filter({ dynamodb: { Keys: { sk: { S: rules } } } });

/** Sort keys of items whose change can change a count; the function's own `isCountable` says the same. */
export const countableFilter = sortKeys(
  ...FilterRule.beginsWith('EPISODE#'),
  ...FilterRule.beginsWith('RESPONSE#'),
  'PROFILE',
);

/**
 * From the people's stream to the counts. What fails is halved until the record that fails is alone, tried for
 * at most six hours of the 24 that the stream keeps it, and then named in a queue, so that it stops nobody.
 */
export class Counting extends Construct {
  constructor(scope: Construct, id: string, { streamArn, counter, queue }: CountingProps) {
    super(scope, id);
    readStream(this, {
      streamArn,
      target: counter,
      queue,
      startingPosition: StartingPosition.TRIM_HORIZON,
      bisectBatchOnError: true,
      reportBatchItemFailures: true,
      filters: [countableFilter],
    });
  }
}
