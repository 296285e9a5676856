import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../support/templates.ts';
import { nameIn, resourcesOf } from './resources.ts';

/**
 * Every alarm, written down a second time on purpose: nothing here is imported from the code that makes them. A row is
 * namespace, metric, dimension, statistic, period in seconds, comparison, threshold, periods in alarm of periods looked
 * at, and what missing data means. `OURS` stands for the metric namespace of the stage.
 */
const deadLetter = (queue: string) =>
  `AWS/SQS ApproximateNumberOfMessagesVisible QueueName=${queue} Maximum 300 >= 1 1/1 notBreaching`;
const errors = (name: string) => `AWS/Lambda Errors FunctionName=${name} Sum 300 >= 1 1/1 notBreaching`;

const table: Readonly<Record<string, string>> = {
  'ticks-not-run': deadLetter('ticks-not-run'),
  'events-not-enrolled': deadLetter('events-not-enrolled'),
  'email-events-not-recorded': deadLetter('email-events-not-recorded'),
  'changes-not-counted': deadLetter('changes-not-counted'),
  'staff-not-told': deadLetter('staff-not-told'),
  'enroll-episode-errors': errors('enroll-episode'),
  'receive-procedure-errors': errors('receive-procedure'),
  'send-due-emails-errors': errors('send-due-emails'),
  'record-email-event-errors': errors('record-email-event'),
  'serve-survey-errors': errors('serve-survey'),
  'roll-up-responses-errors': errors('roll-up-responses'),
  'publish-release-errors': errors('publish-release'),
  'serve-stats-errors': errors('serve-stats'),
  'tell-staff-errors': errors('tell-staff'),
  'check-drift-errors': errors('check-drift'),
  // The sender runs every 5 minutes: three periods without a run are 15 minutes of silence.
  'sender-silent': 'AWS/Lambda Invocations FunctionName=send-due-emails Sum 300 < 1 3/3 breaching',
  'email-failed': 'OURS EmailFailed service=send-due-emails Sum 300 >= 1 3/3 notBreaching',
  'email-ambiguous': 'OURS EmailAmbiguous service=send-due-emails Sum 300 >= 1 1/1 notBreaching',
  'email-paused': 'OURS EmailPaused service=send-due-emails Sum 3600 >= 1 24/24 notBreaching',
  'episode-not-handled': 'OURS EpisodeNotHandled service=send-due-emails Sum 300 >= 1 1/1 notBreaching',
  // SES reviews an account at 5% bounces and 0.1% complaints: the alarm comes before that.
  'bounce-rate': 'AWS/SES Reputation.BounceRate - Maximum 3600 >= 0.04 1/1 notBreaching',
  'complaint-rate': 'AWS/SES Reputation.ComplaintRate - Maximum 3600 >= 0.0008 1/1 notBreaching',
  // One hour in milliseconds; the stream keeps a record for 24.
  'counting-behind':
    'AWS/Lambda IteratorAge FunctionName=roll-up-responses Maximum 300 >= 3600000 3/3 notBreaching',
  'counts-drift': 'OURS DriftingCells service=check-drift Sum 86400 >= 1 1/1 notBreaching',
  'drift-check-silent': 'AWS/Lambda Invocations FunctionName=check-drift Sum 86400 < 1 1/1 breaching',
  'publishing-silent': 'AWS/Lambda Invocations FunctionName=publish-release Sum 86400 < 1 1/1 breaching',
  'release-not-intact': 'OURS ReleaseNotIntact service=serve-stats Sum 300 >= 1 1/1 notBreaching',
  'pages-failing': 'AWS/ApiGateway 5xx ApiId=pages Sum 300 >= 3 1/1 notBreaching',
  'pages-throttled': 'AWS/Lambda Throttles FunctionName=serve-survey Sum 300 >= 1 1/1 notBreaching',
  'intake-failing': 'AWS/ApiGateway 5xx ApiId=intake Sum 300 >= 1 1/1 notBreaching',
  'intake-refused': 'AWS/ApiGateway 4xx ApiId=intake Sum 3600 >= 10 1/1 notBreaching',
};

const comparisons: Readonly<Record<string, string>> = {
  GreaterThanOrEqualToThreshold: '>=',
  LessThanThreshold: '<',
};

/** Strict, so that anything more, such as `ActionsEnabled: false`, is noticed. */
const alarm = z.strictObject({
  AlarmName: z.string(),
  AlarmDescription: z.string(),
  Tags: z.array(z.unknown()),
  Namespace: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Name: z.string(), Value: z.unknown() })).default([]),
  Statistic: z.string(),
  Period: z.number(),
  ComparisonOperator: z.string(),
  Threshold: z.number(),
  DatapointsToAlarm: z.number(),
  EvaluationPeriods: z.number(),
  TreatMissingData: z.string(),
  AlarmActions: z.tuple([z.object({ Ref: z.string() })]),
  OKActions: z.tuple([z.object({ Ref: z.string() })]),
});

const alarmsOf = (stage: string) =>
  [...resourcesOf(stage, 'AWS::CloudWatch::Alarm').values()].map((raw) => alarm.parse(raw));

const rowOf = (stage: string, it: z.infer<typeof alarm>): string =>
  [
    it.Namespace === `Aftercare-${stage}` ? 'OURS' : it.Namespace,
    it.MetricName,
    it.Dimensions.map(({ Name, Value }) => `${Name}=${nameIn(stage, Value)}`).join(',') || '-',
    it.Statistic,
    it.Period,
    comparisons[it.ComparisonOperator] ?? it.ComparisonOperator,
    it.Threshold,
    `${it.DatapointsToAlarm}/${it.EvaluationPeriods}`,
    it.TreatMissingData,
  ].join(' ');

describe.each(stageNames)('the alarms of %s', (stage) => {
  it('are those of the table, to the last number', () => {
    const rows = alarmsOf(stage).map((it) => [nameIn(stage, it.AlarmName), rowOf(stage, it)]);
    expect(Object.fromEntries(rows)).toEqual(table);
  });

  it('all reach the one topic, and its key lets CloudWatch use it', () => {
    const topics = resourcesOf(stage, 'AWS::SNS::Topic');
    const [id, topic] = [...topics][0] ?? [];
    expect(topics.size).toBe(1);
    for (const { AlarmActions, OKActions } of alarmsOf(stage)) {
      expect([AlarmActions, OKActions]).toEqual([[{ Ref: id }], [{ Ref: id }]]);
    }
    const keyId = z
      .object({ 'Fn::GetAtt': z.tuple([z.string(), z.string()]) })
      .parse(topic?.['KmsMasterKeyId']);
    const key = resourcesOf(stage, 'AWS::KMS::Key').get(keyId['Fn::GetAtt'][0]);
    expect(key?.['KeyPolicy']).toMatchObject({
      Statement: expect.arrayContaining([
        expect.objectContaining({
          Effect: 'Allow',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: expect.arrayContaining(['kms:Decrypt', 'kms:GenerateDataKey']),
        }),
      ]),
    });
  });

  it('look back over no more than CloudWatch evaluates: a day, or a week for hourly periods', () => {
    for (const { AlarmName, Period, EvaluationPeriods } of alarmsOf(stage)) {
      expect(Period * EvaluationPeriods, AlarmName).toBeLessThanOrEqual(Period < 3600 ? 86_400 : 604_800);
    }
  });
});
