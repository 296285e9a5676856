import { Duration } from 'aws-cdk-lib';
import { type EventPattern, type IEventBusRef, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Construct } from 'constructs';
import type { EventTrigger, ScheduleTrigger } from '../../../shared/platform/function-manifest.ts';
import type { ServiceFunction } from './functions.ts';

export type EventRulesProps = {
  readonly prefix: string;
  readonly bus: IEventBusRef;
  readonly eventSource: string;
  readonly configurationSet: string;
  readonly functions: readonly ServiceFunction[];
};

/** `email-events` becomes `EmailEvents`. */
const constructIdOf = (rule: string): string =>
  rule
    .split('-')
    .map((word) => `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`)
    .join('');

const scheduleOf = ({ runs }: ScheduleTrigger): Schedule =>
  runs.kind === 'interval'
    ? Schedule.rate(Duration.minutes(runs.minutes))
    : Schedule.cron({ minute: String(runs.minute), hour: String(runs.hour) });

/** The rules that invoke functions: events of the clinic's bus, what SES reports, and schedules. */
export class EventRules extends Construct {
  constructor(scope: Construct, id: string, props: EventRulesProps) {
    super(scope, id);
    for (const each of props.functions) {
      const { trigger } = each.manifest;
      if (trigger.kind === 'schedule') this.scheduleRule(props, each, trigger);
      if (trigger.kind === 'bus' || trigger.kind === 'email-events') this.eventRule(props, each, trigger);
    }
  }

  /** Delivery is retried for a day: an event that is lost is a patient who is lost. */
  private eventRule(props: EventRulesProps, each: ServiceFunction, trigger: EventTrigger): void {
    const detailType = [...trigger.detailTypes];
    const ownEmails = { mail: { tags: { 'ses:configuration-set': [props.configurationSet] } } };
    const eventPattern: EventPattern =
      trigger.kind === 'bus'
        ? { source: [props.eventSource], detailType }
        : { source: ['aws.ses'], detailType, detail: ownEmails };
    new Rule(this, constructIdOf(trigger.rule), {
      ruleName: `${props.prefix}-${trigger.rule}`,
      description: each.manifest.purpose,
      ...(trigger.kind === 'bus' ? { eventBus: props.bus } : {}),
      eventPattern,
      targets: [targetOf(each, 185, Duration.hours(24))],
    });
  }

  /** Delivery is not retried: the next tick does the work of one that was lost. */
  private scheduleRule(props: EventRulesProps, each: ServiceFunction, trigger: ScheduleTrigger): void {
    const { name, purpose } = each.manifest;
    new Rule(this, name, {
      ruleName: `${props.prefix}-${name}`,
      description: purpose,
      schedule: scheduleOf(trigger),
      targets: [targetOf(each, 0, Duration.minutes(5))],
    });
  }
}

const targetOf = (
  { function: handler, queue }: ServiceFunction,
  retryAttempts: number,
  maxEventAge: Duration,
): LambdaFunction =>
  new LambdaFunction(handler, {
    ...(queue === undefined ? {} : { deadLetterQueue: queue }),
    retryAttempts,
    maxEventAge,
  });
