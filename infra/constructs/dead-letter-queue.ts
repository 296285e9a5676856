import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import type { DeadLetters } from '../../shared/platform/function-manifest.ts';
import { acknowledge } from './acknowledge.ts';
import { type AlarmSurroundings, HouseAlarm } from './house-alarm.ts';

export type DeadLetterQueueProps = AlarmSurroundings & DeadLetters & { readonly key: IKey };

const lastStop = 'This queue is itself the dead-letter queue; what comes after it is a person.';

/** Keeps what could not be handled for 14 days; the alarm goes off with the first message. */
export class DeadLetterQueue extends Construct {
  readonly queue: Queue;

  constructor(scope: Construct, id: string, { key, name, impact, ...surroundings }: DeadLetterQueueProps) {
    super(scope, id);
    this.queue = new Queue(this, 'Queue', {
      queueName: `aftercare-${surroundings.stage}-${name}`,
      encryption: QueueEncryption.KMS,
      encryptionMasterKey: key,
      enforceSSL: true,
      retentionPeriod: Duration.days(14),
      removalPolicy: RemovalPolicy.RETAIN,
    });
    acknowledge(this.queue, {
      'AwsSolutions-SQS3': lastStop,
      'Serverless-SQSRedrivePolicy': lastStop,
    });
    new HouseAlarm(this, 'Alarm', {
      ...surroundings,
      name,
      metric: this.queue.metricApproximateNumberOfMessagesVisible({
        period: Duration.minutes(5),
        statistic: 'Maximum',
      }),
      impact,
    });
  }
}
