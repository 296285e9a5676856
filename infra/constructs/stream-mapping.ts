import { Duration } from 'aws-cdk-lib';
import {
  EventSourceMapping,
  FilterCriteria,
  FilterRule,
  type IFunction,
  StartingPosition,
} from 'aws-cdk-lib/aws-lambda';
import { SqsDlq } from 'aws-cdk-lib/aws-lambda-event-sources';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { StreamFilter, StreamTrigger } from '../../shared/platform/function-manifest.ts';

export type StreamMappingProps = {
  readonly streamArn: string;
  readonly trigger: StreamTrigger;
  readonly target: IFunction;
  /** Receives where in the stream a change is that was given up. */
  readonly queue: IQueue;
};

const sortKeyRule = (sortKey: string): unknown[] =>
  sortKey.endsWith('*') ? FilterRule.beginsWith(sortKey.slice(0, -1)) : [sortKey];

/** A manifest's filter as Lambda's event filter. */
export const filterPattern = ({ eventName, sortKeys }: StreamFilter): { readonly [key: string]: unknown } =>
  FilterCriteria.filter({
    ...(eventName === undefined ? {} : { eventName: FilterRule.isEqual(eventName) }),
    dynamodb: { Keys: { sk: { S: sortKeys.flatMap(sortKeyRule) } } },
  });

/**
 * Has a function read the `care` table's stream, in batches of at most 100 records or 20 seconds. A batch that fails
 * is retried for at most six of the 24 hours that the stream keeps it; then the queue names its records.
 */
export const readStream = (
  scope: Construct,
  { streamArn, trigger, target, queue }: StreamMappingProps,
): EventSourceMapping =>
  new EventSourceMapping(scope, 'Mapping', {
    eventSourceArn: streamArn,
    target,
    startingPosition: StartingPosition[trigger.startingPosition],
    ...(trigger.bisectBatchOnError ? { bisectBatchOnError: true } : {}),
    ...(trigger.reportBatchItemFailures ? { reportBatchItemFailures: true } : {}),
    filters: [filterPattern(trigger.filter)],
    batchSize: 100,
    maxBatchingWindow: Duration.seconds(20),
    retryAttempts: 20,
    maxRecordAge: Duration.hours(6),
    onFailure: new SqsDlq(queue),
  });
