import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { ComparisonOperator, Metric, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { FunctionAlarm } from '../../../shared/platform/function-manifest.ts';
import { type AlarmSurroundings, HouseAlarm, type HouseAlarmProps } from '../../constructs/house-alarm.ts';
import type { ServiceFunction } from './functions.ts';
import { ownMetric } from './own-metric.ts';

export type AlarmsProps = {
  readonly surroundings: AlarmSurroundings;
  readonly metricNamespace: string;
  readonly functions: readonly ServiceFunction[];
  readonly pages: HttpApi;
  readonly intake: HttpApi;
};

type Watched = Omit<HouseAlarmProps, keyof AlarmSurroundings>;

/** SES measures its reputation metrics over the whole account and reports them every now and then. */
const reputation = (metricName: string): Metric =>
  new Metric({ namespace: 'AWS/SES', metricName, statistic: 'Maximum', period: Duration.hours(1) });

/** The alarms that belong to no function: SES's view of the account, and the two APIs. */
const serviceAlarms = ({ pages, intake }: AlarmsProps): readonly Watched[] => [
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
    name: 'pages-failing',
    metric: pages.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
    threshold: 3,
    impact: 'Patients who follow the link in their email see an error instead of their page.',
  },
  {
    name: 'intake-failing',
    metric: intake.metricServerError({ period: Duration.minutes(5), statistic: 'Sum' }),
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

const watchedBy = (
  { watches, periodMinutes }: FunctionAlarm,
  { manifest, function: watched }: ServiceFunction,
  namespace: string,
): Pick<HouseAlarmProps, 'metric' | 'threshold' | 'comparison' | 'missing'> => {
  const period = Duration.minutes(periodMinutes ?? 5);
  switch (watches.kind) {
    case 'own-metric':
      return { metric: ownMetric(namespace, manifest.name, watches.metric, period) };
    case 'throttles':
      return { metric: watched.metricThrottles({ period }) };
    case 'silence':
      return {
        metric: watched.metricInvocations({ period }),
        comparison: ComparisonOperator.LESS_THAN_THRESHOLD,
        missing: TreatMissingData.BREACHING,
      };
    case 'iterator-age':
      return {
        metric: new Metric({
          namespace: 'AWS/Lambda',
          metricName: 'IteratorAge',
          dimensionsMap: { FunctionName: watched.functionName },
          statistic: 'Maximum',
          period,
        }),
        threshold: Duration.minutes(watches.maxMinutes).toMilliseconds(),
      };
  }
};

const functionAlarms = ({ functions, metricNamespace }: AlarmsProps): readonly Watched[] =>
  functions.flatMap((each) =>
    (each.manifest.alarms ?? []).map((alarm) => ({
      name: alarm.name,
      impact: alarm.impact,
      ...(alarm.periods === undefined ? {} : { periods: alarm.periods }),
      ...watchedBy(alarm, each, metricNamespace),
    })),
  );

/** The alarms apart from those on every function's errors and every dead-letter queue. */
export class Alarms extends Construct {
  constructor(scope: Construct, id: string, props: AlarmsProps) {
    super(scope, id);
    for (const alarm of [...functionAlarms(props), ...serviceAlarms(props)]) {
      new HouseAlarm(this, alarm.name, { ...props.surroundings, ...alarm });
    }
  }
}
