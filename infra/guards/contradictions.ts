import * as z from 'zod';
import { metricContradictions } from './metric-contradictions.ts';
import { readTemplate, resourcesOf, type Template, target } from './template.ts';

const lambda = z.object({
  FunctionName: z.string(),
  Timeout: z.number(),
  ReservedConcurrentExecutions: z.number(),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});

const mapping = z.object({
  FunctionName: target,
  EventSourceArn: target,
  MaximumRecordAgeInSeconds: z.number().exactOptional(),
  ParallelizationFactor: z.number().default(1),
});

const integration = z.object({ IntegrationUri: target, TimeoutInMillis: z.number().default(30_000) });

const rule = z.object({
  Name: z.string(),
  ScheduleExpression: z.string().exactOptional(),
  Targets: z.array(
    z.object({ Arn: target, RetryPolicy: z.object({ MaximumEventAgeInSeconds: z.number() }) }),
  ),
});

const queue = z.object({ QueueName: z.string(), VisibilityTimeout: z.number().default(30) });

const alarm = z.object({
  AlarmName: z.string(),
  MetricName: z.string(),
  Dimensions: z.array(z.object({ Value: target })).default([]),
  Threshold: z.number(),
  Period: z.number(),
  EvaluationPeriods: z.number(),
});

/** Seconds for which a stream of DynamoDB keeps a record. */
const streamRetention = 24 * 3600;

/** Concurrent executions of an account, and those that Lambda keeps for functions without a reservation. */
const account = { executions: 1000, unreserved: 100 };

const lambdasOf = (template: Template) => resourcesOf(template, 'AWS::Lambda::Function', lambda);
const mappingsOf = (template: Template) => [
  ...resourcesOf(template, 'AWS::Lambda::EventSourceMapping', mapping).values(),
];

const minutesBetween = (schedule: string | undefined): number | undefined => {
  const minutes = /^rate\((\d+) minutes?\)$/.exec(schedule ?? '')?.[1];
  return minutes === undefined ? undefined : Number(minutes);
};

const whatCannotRun = (template: Template): readonly string[] => {
  const lambdas = [...lambdasOf(template).values()];
  const reserved = lambdas.reduce((sum, each) => sum + each.ReservedConcurrentExecutions, 0);
  const room = account.executions - account.unreserved;
  return [
    ...lambdas.flatMap(({ FunctionName, ReservedConcurrentExecutions }) =>
      ReservedConcurrentExecutions < 1 ? [`${FunctionName} never runs: it has no concurrency`] : [],
    ),
    ...(reserved > room
      ? [`the functions reserve ${reserved} concurrent executions, of ${room} that an account has to give`]
      : []),
  ];
};

const whoeverWaitsGivesUp = (template: Template): readonly string[] => {
  const lambdas = lambdasOf(template);
  const integrations = [...resourcesOf(template, 'AWS::ApiGatewayV2::Integration', integration).values()];
  return integrations.flatMap(({ IntegrationUri, TimeoutInMillis }) => {
    const called = lambdas.get(IntegrationUri ?? '');
    return called !== undefined && called.Timeout * 1000 >= TimeoutInMillis
      ? [
          `${called.FunctionName} may take ${called.Timeout} s, and its API gives up after ${TimeoutInMillis / 1000} s`,
        ]
      : [];
  });
};

const ticksPileUp = (template: Template): readonly string[] => {
  const lambdas = lambdasOf(template);
  return [...resourcesOf(template, 'AWS::Events::Rule', rule).values()].flatMap((each) => {
    const minutes = minutesBetween(each.ScheduleExpression);
    if (minutes === undefined) return [];
    return each.Targets.flatMap(({ Arn, RetryPolicy }) => {
      const called = lambdas.get(Arn ?? '');
      const age = RetryPolicy.MaximumEventAgeInSeconds;
      return [
        ...(called !== undefined && called.Timeout > minutes * 60
          ? [`${called.FunctionName} may take ${called.Timeout} s, and runs every ${minutes * 60} s`]
          : []),
        ...(age > minutes * 60 ? [`a tick of ${each.Name} is retried for ${age} s, past the next one`] : []),
      ];
    });
  });
};

const recordsAreLost = (template: Template): readonly string[] => {
  const lambdas = lambdasOf(template);
  const queues = resourcesOf(template, 'AWS::SQS::Queue', queue);
  return mappingsOf(template).flatMap((each) => {
    const reader = lambdas.get(each.FunctionName ?? '');
    if (reader === undefined) return [];
    const { FunctionName, Timeout, ReservedConcurrentExecutions } = reader;
    const source = queues.get(each.EventSourceArn ?? '');
    if (source !== undefined) {
      return source.VisibilityTimeout < Timeout
        ? [
            `${source.QueueName} shows a message again after ${source.VisibilityTimeout} s, while ${FunctionName} may take ${Timeout} s`,
          ]
        : [];
    }
    const age = each.MaximumRecordAgeInSeconds ?? streamRetention;
    return [
      ...(age >= streamRetention
        ? [`${FunctionName} tries a record for ${age} s, and the stream keeps it for ${streamRetention} s`]
        : []),
      ...(each.ParallelizationFactor > ReservedConcurrentExecutions
        ? [
            `${FunctionName} reads ${each.ParallelizationFactor} batches at once with ${ReservedConcurrentExecutions} executions`,
          ]
        : []),
    ];
  });
};

/** An alarm on the age of records has to go off before the oldest is given up. */
const alarmsComeTooLate = (template: Template): readonly string[] => {
  const mappings = mappingsOf(template);
  return [...resourcesOf(template, 'AWS::CloudWatch::Alarm', alarm).values()].flatMap((each) => {
    if (each.MetricName !== 'IteratorAge') return [];
    const read = mappings.find(({ FunctionName }) => FunctionName === each.Dimensions[0]?.Value);
    if (read === undefined) return [`${each.AlarmName} watches the records of a function that reads none`];
    const goesOff = each.Threshold / 1000 + each.Period * each.EvaluationPeriods;
    const age = read.MaximumRecordAgeInSeconds ?? streamRetention;
    return goesOff >= age
      ? [`${each.AlarmName} goes off after ${goesOff} s, and a record is given up after ${age} s`]
      : [];
  });
};

/** CloudWatch looks back a day at most, or a week where a period is an hour or more. */
const alarmsLookTooFarBack = (template: Template): readonly string[] =>
  [...resourcesOf(template, 'AWS::CloudWatch::Alarm', alarm).values()].flatMap(
    ({ AlarmName, Period, EvaluationPeriods }) => {
      const most = Period < 3600 ? 24 * 3600 : 7 * 24 * 3600;
      return Period * EvaluationPeriods > most
        ? [`${AlarmName} looks back ${Period * EvaluationPeriods} s, and CloudWatch at most ${most} s`]
        : [];
    },
  );

/** Returns a sentence for each pair of settings in a synthesized template that cannot both be meant. */
export const contradictionsIn = (synthesized: unknown): readonly string[] => {
  const template = readTemplate(synthesized);
  return [
    whatCannotRun,
    whoeverWaitsGivesUp,
    ticksPileUp,
    recordsAreLost,
    alarmsComeTooLate,
    alarmsLookTooFarBack,
    metricContradictions,
  ].flatMap((rule) => rule(template));
};
