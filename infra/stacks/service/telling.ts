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
import { Construct } from 'constructs';

export type TellingProps = {
  readonly streamArn: string;
  readonly teller: IFunction;
  readonly queue: IQueue;
};

/** New notices for staff; the function looks again, by `noticeKindOf`. */
export const noticeFilter = FilterCriteria.filter({
  eventName: FilterRule.isEqual('INSERT'),
  dynamodb: { Keys: { sk: { S: FilterRule.beginsWith('NOTICE#') } } },
});

/**
 * From the people's stream to the staff's inbox. What comes in together is told in one mail. A mail that does not go is
 * tried for at most six hours, and then an alarm says that staff have to look by themselves. The stream has two
 * readers with this one; DynamoDB advises against a third.
 */
export class Telling extends Construct {
  constructor(scope: Construct, id: string, { streamArn, teller, queue }: TellingProps) {
    super(scope, id);
    new EventSourceMapping(this, 'Mapping', {
      target: teller,
      eventSourceArn: streamArn,
      startingPosition: StartingPosition.LATEST,
      batchSize: 100,
      maxBatchingWindow: Duration.seconds(20),
      retryAttempts: 20,
      maxRecordAge: Duration.hours(6),
      onFailure: new SqsDlq(queue),
      filters: [noticeFilter],
    });
  }
}
