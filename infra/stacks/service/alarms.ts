import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import { HouseAlarm, type HouseAlarmProps } from '../../constructs/house-alarm.ts';
import type { FunctionName } from './function-list.ts';

export type AlarmsProps = {
  readonly stage: string;
  readonly topic: ITopic;
  readonly metricNamespace: string;
  readonly functions: Readonly<Record<FunctionName, IFunction>>;
  readonly pages: HttpApi;
  readonly intake: HttpApi;
};

const fiveMinutes = Duration.minutes(5);
const day = Duration.days(1);

type Watched = Omit<HouseAlarmProps, 'stage' | 'topic'>;

/** A metric that a function of ours writes; `shared/platform/runtime.ts` names the service as its dimension. */
const ours = (namespace: string, service: FunctionName, metricName: string, period = fiveMinutes): Metric =>
  new Metric({ namespace, metricName, dimensionsMap: { service }, statistic: 'Sum', period });

/** SES counts its reputation over the account and tells it now and then. */
const reputation = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) });

const silent = {
  threshold: 1,
  comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
  missing: TreatMissingData.BREACHING,
};

const watched = ({ metricNamespace, functions, pages, intake }: AlarmsProps): readonly Watched[] => [
  {
    name: 'sender-silent',
    metric: functions['send-due-emails'].metricInvocations({ period: fiveMinutes }),
    ...silent,
    periods: 3,
    impact: 'No email goes out at all: no care instructions tonight, no survey today.',
  },
  {
    name: 'email-failed',
    metric: ours(metricNamespace, 'send-due-emails', 'EmailFailed'),
    periods: 3,
    impact: 'Emails are refused by SES: patients wait for theirs until the cause is gone.',
  },
  {
    name: 'email-ambiguous',
    metric: ours(metricNamespace, 'send-due-emails', 'EmailAmbiguous'),
    impact: 'For some emails nobody knows whether they went; those patients may get only the next reminder.',
  },
  {
    name: 'email-paused',
    metric: ours(metricNamespace, 'send-due-emails', 'EmailPaused', Duration.hours(1)),
    periods: 24,
    impact:
      'Email has been paused for a day: patients get no care instructions, and surveys that pass meanwhile are not sent later.',
  },
  {
    name: 'episode-not-handled',
    metric: ours(metricNamespace, 'send-due-emails', 'EpisodeNotHandled'),
    impact: 'Some patients are passed over at every sweep, and get no email until it is mended.',
  },
  {
    name: 'bounce-rate',
    metric: reputation('Reputation.BounceRate'),
    threshold: 0.04,
    impact: 'Many addresses are wrong: those patients cannot be reached, and at 10% SES stops all email.',
  },
  {
    name: 'complaint-rate',
    metric: reputation('Reputation.ComplaintRate'),
    threshold: 0.0008,
    impact: 'Patients report our email as spam: others may not find theirs, and at 0.5% SES stops all email.',
  },
  {
    name: 'counting-behind',
    metric: new Metric({
      namespace: 'AWS/Lambda',
      metricName: 'IteratorAge',
      dimensionsMap: { FunctionName: functions['roll-up-responses'].functionName },
      statistic: 'Maximum',
      period: fiveMinutes,
    }),
    threshold: Duration.hours(1).toMilliseconds(),
    periods: 3,
    impact: 'Answers wait to be counted; after 24 hours they would be missing from the published figures.',
  },
  {
    name: 'counts-drift',
    metric: ours(metricNamespace, 'check-drift', 'DriftingCells', day),
    impact: 'The published figures may not follow from the answers: a claim may be wrong in public.',
  },
  {
    name: 'drift-check-silent',
    metric: functions['check-drift'].metricInvocations({ period: day }),
    ...silent,
    impact: 'Nobody has proved today that the published figures follow from the answers.',
  },
  {
    name: 'publishing-silent',
    metric: functions['publish-release'].metricInvocations({ period: day }),
    ...silent,
    impact: 'No release was considered today: the website shows older figures than it could.',
  },
  {
    name: 'release-not-intact',
    metric: ours(metricNamespace, 'serve-stats', 'ReleaseNotIntact'),
    impact: 'Published figures were changed in the table: the website shows none until it is mended.',
  },
  {
    name: 'pages-failing',
    metric: pages.metricServerError({ period: fiveMinutes, statistic: 'Sum' }),
    threshold: 3,
    impact: 'Patients who follow the link in their email see an error instead of their page.',
  },
  {
    name: 'pages-throttled',
    metric: functions['serve-survey'].metricThrottles({ period: fiveMinutes }),
    impact: 'More people than we serve at once: some patients get an error and may not come back.',
  },
  {
    name: 'intake-failing',
    metric: intake.metricServerError({ period: fiveMinutes, statistic: 'Sum' }),
    impact:
      'Clinic systems cannot report procedures; those patients are not followed up until they try again.',
  },
  {
    name: 'intake-refused',
    metric: intake.metricClientError({ period: Duration.hours(1), statistic: 'Sum' }),
    threshold: 10,
    impact: 'A clinic system sends what we do not understand; its patients are not followed up.',
  },
];

/** The alarms beyond those that each function and each dead-letter queue brings along. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    for (const alarm of watched(props)) {
      new HouseAlarm(this, alarm.name, { ...alarm, stage: props.stage, topic: props.topic });
    }
  }
}
