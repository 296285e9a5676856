import { describe, expect, it } from 'vitest';
import { contradictionsIn } from '../../../infra/guards/contradictions.ts';
import { stageNames, templates } from '../support/templates.ts';
import {
  alarm,
  dashboard,
  type Fault,
  idOf,
  lambda,
  mapping,
  planted,
  rule,
  withResource,
} from './planted.ts';

const prefix = 'aftercare-production';
const queue = idOf('AWS::SQS::Queue', '"aftercare-production-changes-not-counted"');
const checkDrift = idOf('AWS::Lambda::Function', '"aftercare-production-check-drift"');
const pages = idOf('AWS::ApiGatewayV2::Api', '"aftercare-production-pages"');
const tick = { MaximumEventAgeInSeconds: 3600, MaximumRetryAttempts: 5 };

/** What is planted, and the sentence by which it is refused. */
const faults: readonly (readonly [string, readonly Fault[], string])[] = [
  [
    'a function that may never run',
    [lambda('tell-staff', { ReservedConcurrentExecutions: 0 })],
    `${prefix}-tell-staff never runs: it has no concurrency`,
  ],
  [
    'more concurrency than an account has',
    [lambda('serve-survey', { ReservedConcurrentExecutions: 880 })],
    'the functions reserve 919 concurrent executions, of 900 that an account has to give',
  ],
  [
    'a page that takes longer than its API waits',
    [lambda('serve-stats', { Timeout: 30 })],
    `${prefix}-serve-stats may take 30 s, and its API gives up after 30 s`,
  ],
  [
    'a sweep that takes longer than until the next one',
    [lambda('send-due-emails', { Timeout: 301 })],
    `${prefix}-send-due-emails may take 301 s, and runs every 300 s`,
  ],
  [
    'a tick that is retried past the next one',
    [
      rule('send-due-emails', ({ Targets, ...rest }) => ({
        ...rest,
        Targets: [Targets].flat().map((target) => Object.assign({}, target, { RetryPolicy: tick })),
      })),
    ],
    `a tick of ${prefix}-send-due-emails is retried for 3600 s, past the next one`,
  ],
  [
    'a record that is tried for longer than the stream keeps it',
    [mapping('tell-staff', { MaximumRecordAgeInSeconds: 86_400 })],
    `${prefix}-tell-staff tries a record for 86400 s, and the stream keeps it for 86400 s`,
  ],
  [
    'a record that is tried for as long as it is there',
    [mapping('tell-staff', { MaximumRecordAgeInSeconds: undefined })],
    `${prefix}-tell-staff tries a record for 86400 s, and the stream keeps it for 86400 s`,
  ],
  [
    'a reader that reads more at once than it may run',
    [mapping('roll-up-responses', { ParallelizationFactor: 10 })],
    `${prefix}-roll-up-responses reads 10 batches at once with 5 executions`,
  ],
  [
    'a queue that shows a message again while it is being handled',
    [
      mapping('tell-staff', {
        EventSourceArn: { 'Fn::GetAtt': [queue, 'Arn'] },
      }),
      lambda('tell-staff', { Timeout: 31 }),
    ],
    `${prefix}-changes-not-counted shows a message again after 30 s, while ${prefix}-tell-staff may take 31 s`,
  ],
  [
    'an alarm on the age of records that comes after they are gone',
    [alarm('counting-behind', { Threshold: 108_000_000 })],
    `${prefix}-counting-behind goes off after 108900 s, and a record is given up after 21600 s`,
  ],
  [
    'an alarm on the age of records that comes as they are given up',
    [alarm('counting-behind', { EvaluationPeriods: 60 })],
    `${prefix}-counting-behind goes off after 21600 s, and a record is given up after 21600 s`,
  ],
  [
    'an alarm on the age of records of a function that reads none',
    [
      alarm('counting-behind', {
        Dimensions: [{ Name: 'FunctionName', Value: { Ref: checkDrift } }],
      }),
    ],
    `${prefix}-counting-behind watches the records of a function that reads none`,
  ],
  [
    'an alarm that looks back further than CloudWatch does',
    [alarm('email-failed', { EvaluationPeriods: 289 })],
    `${prefix}-email-failed looks back 86700 s, and CloudWatch at most 86400 s`,
  ],
  [
    'an alarm on a metric that AWS does not write',
    [alarm('pages-failing', { MetricName: '5XXError' })],
    `${prefix}-pages-failing watches AWS/ApiGateway 5XXError: AWS writes no such metric`,
  ],
  [
    'an alarm with the dimension of another service',
    [alarm('pages-throttled', { Dimensions: [{ Name: 'ApiId', Value: { Ref: pages } }] })],
    `${prefix}-pages-throttled watches AWS/Lambda Throttles: AWS writes no such metric`,
  ],
  [
    'an alarm on a function that is not there',
    [alarm('sender-silent', { Dimensions: [{ Name: 'FunctionName', Value: 'aftercare-send' }] })],
    `${prefix}-sender-silent watches AWS/Lambda Invocations: nothing of this stage has that name`,
  ],
  [
    'an alarm on the reputation with a dimension, which SES does not write',
    [alarm('bounce-rate', { Dimensions: [{ Name: 'ses:configuration-set', Value: 'x' }] })],
    `${prefix}-bounce-rate watches AWS/SES Reputation.BounceRate: SES writes no such metric`,
  ],
  [
    'an alarm in the namespace of another stage',
    [alarm('email-failed', { Namespace: 'Aftercare-dev' })],
    `${prefix}-email-failed watches Aftercare-dev EmailFailed: no function writes into that namespace`,
  ],
  [
    'an alarm with a dimension that no function writes',
    [alarm('email-failed', { Dimensions: [{ Name: 'function', Value: 'send-due-emails' }] })],
    `${prefix}-email-failed watches Aftercare-production EmailFailed: no function writes with those dimensions`,
  ],
  [
    'an alarm of a service that is no function',
    [alarm('email-failed', { Dimensions: [{ Name: 'service', Value: 'send-due-mail' }] })],
    `${prefix}-email-failed watches Aftercare-production EmailFailed: no function writes with those dimensions`,
  ],
  [
    'an alarm with one dimension too many',
    [
      alarm('email-failed', {
        Dimensions: [
          { Name: 'service', Value: 'send-due-emails' },
          { Name: 'stage', Value: 'production' },
        ],
      }),
    ],
    `${prefix}-email-failed watches Aftercare-production EmailFailed: nothing is written with so many dimensions`,
  ],
  [
    'a graph of a metric that AWS does not write',
    [dashboard('"AWS/Lambda","Duration"', '"AWS/Lambda","Time"')],
    `the graph "Slowest, milliseconds" of ${prefix} watches AWS/Lambda Time: AWS writes no such metric`,
  ],
  [
    'a graph with a dimension that no function writes',
    [dashboard('"PatientsCounted","service"', '"PatientsCounted","function"')],
    `the graph "Counted and told" of ${prefix} watches Aftercare-production PatientsCounted: no function writes with those dimensions`,
  ],
  [
    'a function that writes its metrics elsewhere',
    ['enroll-episode', 'send-due-emails'].map((name) => ({
      ...lambda(name, {}),
      properties: (before) => ({ ...before, Environment: { Variables: { METRICS_NAMESPACE: 'aftercare' } } }),
    })),
    `${prefix}-email-failed watches Aftercare-production EmailFailed: no function writes with those dimensions`,
  ],
];

describe('two settings that cannot both be meant', () => {
  it.each(stageNames)('are not in the stacks of %s', (stage) => {
    const { service, stateful } = templates(stage);
    expect(contradictionsIn(service.toJSON())).toEqual([]);
    expect(contradictionsIn(stateful.toJSON())).toEqual([]);
  });

  it.each(faults)('are refused: %s', (_, plant, sentence) => {
    expect(contradictionsIn(planted(...plant))).toContain(sentence);
  });

  it('are refused in a resource that is new', () => {
    const silent = withResource('Silent', 'AWS::CloudWatch::Alarm', {
      AlarmName: 'silent',
      Namespace: 'AWS/SQS',
      MetricName: 'ApproximateAgeOfOldestMessage',
      Dimensions: [],
      Threshold: 1,
      Period: 300,
      EvaluationPeriods: 1,
    });
    expect(contradictionsIn(silent)).toEqual([
      'silent watches AWS/SQS ApproximateAgeOfOldestMessage: AWS writes no such metric',
    ]);
  });
});
