import { Duration } from 'aws-cdk-lib';
import { EventSourceMapping, type EventSourceMappingOptions, type IFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';

/** What the readers of the stream differ in. */
export type StreamMappingProps = Required<Pick<EventSourceMappingOptions, 'startingPosition' | 'filters'>> &
  Pick<EventSourceMappingOptions, 'bisectBatchOnError' | 'reportBatchItemFailures'> & {
    readonly streamArn: string;
    readonly target: IFunction;
    /** Where a change is named that was given up. */
    readonly queue: IQueue;
  };

/**
 * Makes a function read the people's stream, in batches of at most 20 seconds. What fails is tried for at most six
 * hours of the 24 that the stream keeps it, and then named in the queue.
 */
export const readStream = (
  scope: Construct,
  { streamArn, queue, ...options }: StreamMappingProps,
): EventSourceMapping =>
  new EventSourceMapping(scope, 'Mapping', {
    ...options,
    eventSourceArn: streamArn,
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(20),
    retryAttempts: 20,
    maxRecordAge: Duration.hours(6),
    onFailure: new SqsDlq(queue),
  });
