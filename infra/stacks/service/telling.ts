import { FilterCriteria, FilterRule, type IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { readStream } from '../../constructs/stream-mapping.ts';

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
 * From the people's stream to the staff's inbox. What comes in together is told in one email. An email that does not go is
 * tried for at most six hours, and then an alarm says that staff have to look by themselves. The stream has two
 * readers with this one; DynamoDB advises against a third.
 */
export class Telling extends Construct {
  constructor(scope: Construct, id: string, { streamArn, teller, queue }: TellingProps) {
    super(scope, id);
    readStream(this, {
      streamArn,
      target: teller,
      queue,
      startingPosition: StartingPosition.LATEST,
      filters: [noticeFilter],
    });
  }
}
