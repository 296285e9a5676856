import { Duration, Stack } from 'aws-cdk-lib';
import {
  CfnArchive,
  CfnEventBusPolicy,
  EventBus,
  type IEventBusRef,
  Rule,
  Schedule,
} from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { detailTypes } from '../../../shared/care/intake/formats/bus-event.ts';
import type { AsyncFunctionName } from './functions.ts';

export type BusProps = {
  readonly name: string;
  readonly key: IKey;
  readonly eventSource: string;
  /** Other accounts that may put events on the bus. */
  readonly accounts: readonly string[];
};

/** The bus that clinic systems put their events on, and its archive: what came in during 30 days can come again. */
export class ClinicBus extends Construct {
  readonly bus: EventBus;

  constructor(scope: Construct, id: string, props: BusProps) {
    super(scope, id);
    this.bus = new EventBus(this, 'Bus', {
      eventBusName: props.name,
      description: 'Procedures and news about patients, from clinic systems.',
      kmsKey: props.key,
    });
    new CfnArchive(this, 'Archive', {
      archiveName: props.name,
      sourceArn: this.bus.eventBusArn,
      description: 'All events of the last 30 days, to be replayed.',
      retentionDays: 30,
      kmsKeyIdentifier: props.key.keyArn,
    });
    for (const account of props.accounts) {
      new CfnEventBusPolicy(this, `From${account}`, {
        eventBusName: this.bus.eventBusName,
        statementId: `from-${account}`,
        statement: {
          Effect: 'Allow',
          Principal: { AWS: `arn:${Stack.of(this).partition}:iam::${account}:root` },
          Action: 'events:PutEvents',
          Resource: this.bus.eventBusArn,
          Condition: { StringEquals: { 'events:source': props.eventSource } },
        },
      });
    }
  }
}

export type EventRulesProps = {
  readonly prefix: string;
  readonly bus: IEventBusRef;
  readonly eventSource: string;
  readonly configurationSet: string;
  readonly functions: Readonly<Record<AsyncFunctionName, IFunction>>;
  readonly queues: Readonly<Record<AsyncFunctionName, IQueue>>;
};

/** What SES says of an email; opens and clicks are not asked for. */
const emailEvents = [
  'Email Sent',
  'Email Delivered',
  'Email Bounced',
  'Email Complaint Received',
  'Email Rejected',
  'Email Rendering Failed',
  'Email Delivery Delayed',
];

/** A tick that could not be delivered is not repeated: the next one does its work. */
const schedules = {
  'send-due-emails': { schedule: Schedule.rate(Duration.minutes(5)), what: 'Sends whatever is due.' },
  'publish-release': {
    schedule: Schedule.cron({ minute: '0', hour: '9' }),
    what: 'Publishes what may newly be said.',
  },
  'check-drift': {
    schedule: Schedule.cron({ minute: '30', hour: '9' }),
    what: 'Proves that the counts follow from the answers.',
  },
} as const;

/** What wakes the functions that nobody waits for. */
export class EventRules extends Construct {
  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    const target = (name: AsyncFunctionName, retryAttempts: number, maxEventAge: Duration): LambdaFunction =>
      new LambdaFunction(props.functions[name], {
        deadLetterQueue: props.queues[name],
        retryAttempts,
        maxEventAge,
      });
    new Rule(this, 'Procedures', {
      ruleName: `${props.prefix}-procedures`,
      description: 'Reported procedures, corrections and changed contacts enroll episodes.',
      eventBus: props.bus,
      eventPattern: { source: [props.eventSource], detailType: [...detailTypes] },
      targets: [target('enroll-episode', 185, Duration.hours(24))],
    });
    new Rule(this, 'EmailEvents', {
      ruleName: `${props.prefix}-email-events`,
      description: 'What became of our emails is recorded.',
      eventPattern: {
        source: ['aws.ses'],
        detailType: emailEvents,
        detail: { mail: { tags: { 'ses:configuration-set': [props.configurationSet] } } },
      },
      targets: [target('record-email-event', 185, Duration.hours(24))],
    });
    for (const name of ['send-due-emails', 'publish-release', 'check-drift'] as const) {
      new Rule(this, name, {
        ruleName: `${props.prefix}-${name}`,
        description: schedules[name].what,
        schedule: schedules[name].schedule,
        targets: [target(name, 0, Duration.minutes(5))],
      });
    }
  }
}
