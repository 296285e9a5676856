import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { HouseAlarm } from './house-alarm.ts';

export type DeadLetterQueueProps = {
  readonly stage: string;
  /** The queue's and its alarm's name. */
  readonly name: string;
  readonly key: IKey;
  readonly impact: string;
  readonly topic: ITopic;
};

/** Where what could not be handled waits for a person, 14 days; the alarm goes with the first message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;
  readonly alarm: HouseAlarm;

  constructor(scope: Construct, id: string, props: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: `aftercare-${props.stage}-${props.name}`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: props.key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.queue, {
      'AwsSolutions-SQS3': 'This queue is itself the dead-letter queue; what comes after it is a person.',
      'Serverless-SQSRedrivePolicy':
        'This queue is itself the dead-letter queue; what comes after it is a person.',
    });
    this.alarm = new HouseAlarm(this, 'Alarm', {
      name: props.name,
      stage: props.stage,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      impact: props.impact,
      topic: props.topic,
    });
  }
}
