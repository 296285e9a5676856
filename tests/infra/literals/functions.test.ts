import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { stageNames } from '../support/templates.ts';
import { nameIn, resourcesOf } from './resources.ts';

/**
 * What each function runs with, written down a second time on purpose: memory in MB, time-out in seconds, reserved
 * concurrency; for those called asynchronously also retries, the oldest event still tried, in seconds, and where the
 * event goes after that.
 */
const table = {
  'enroll-episode': '512 MB, 30 s, 5 at once; 2 retries, 21600 s, then events-not-enrolled',
  'receive-procedure': '512 MB, 20 s, 5 at once',
  'send-due-emails': '512 MB, 300 s, 1 at once; 0 retries, 21600 s, then ticks-not-run',
  'record-email-event': '512 MB, 30 s, 10 at once; 2 retries, 21600 s, then email-events-not-recorded',
  'serve-survey': '1024 MB, 10 s, 20 at once',
  'roll-up-responses': '512 MB, 60 s, 5 at once',
  'publish-release': '1024 MB, 300 s, 1 at once; 2 retries, 21600 s, then ticks-not-run',
  'serve-stats': '512 MB, 10 s, 10 at once',
  'tell-staff': '512 MB, 30 s, 1 at once',
  'check-drift': '1024 MB, 900 s, 1 at once; 1 retries, 21600 s, then ticks-not-run',
};

/** What a stage decides and a function reads, by stage. Approval in staging is how a clinic tries it. */
const decided = {
  dev: { SYNTHETIC: 'true', PUBLISH: 'automatic' },
  staging: { SYNTHETIC: 'true', PUBLISH: 'automatic' },
  production: { SYNTHETIC: 'false', PUBLISH: 'automatic' },
} as const;

const lambda = z.object({
  FunctionName: z.string(),
  MemorySize: z.number(),
  Timeout: z.number(),
  ReservedConcurrentExecutions: z.number(),
  Runtime: z.literal('nodejs24.x'),
  Architectures: z.tuple([z.literal('arm64')]),
  Handler: z.literal('index.handler'),
  Environment: z.object({ Variables: z.record(z.string(), z.unknown()) }),
});
const asynchronous = z.object({
  FunctionName: z.unknown(),
  MaximumRetryAttempts: z.number(),
  MaximumEventAgeInSeconds: z.number(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }),
});

const functionsOf = (stage: string) =>
  [...resourcesOf(stage, 'AWS::Lambda::Function').values()].map((raw) => lambda.parse(raw));

const queueOf = (stage: string) =>
  new Map(
    [...resourcesOf(stage, 'AWS::Lambda::EventInvokeConfig').values()].map((raw) => {
      const it = asynchronous.parse(raw);
      const queue = nameIn(stage, it.DestinationConfig.OnFailure.Destination);
      const text = `; ${it.MaximumRetryAttempts} retries, ${it.MaximumEventAgeInSeconds} s, then ${queue}`;
      return [nameIn(stage, it.FunctionName), text] as const;
    }),
  );

const stack = z.object({
  BatchSize: z.number(),
  MaximumBatchingWindowInSeconds: z.number(),
  MaximumRetryAttempts: z.number(),
  MaximumRecordAgeInSeconds: z.number(),
  BisectBatchOnFunctionError: z.boolean().default(false),
  FunctionResponseTypes: z.array(z.string()).default([]),
  StartingPosition: z.string(),
  FunctionName: z.unknown(),
  DestinationConfig: z.object({ OnFailure: z.object({ Destination: z.unknown() }) }),
  FilterCriteria: z.object({ Filters: z.tuple([z.object({ Pattern: z.string() })]) }),
});

const readersOf = (stage: string) =>
  Object.fromEntries(
    [...resourcesOf(stage, 'AWS::Lambda::EventSourceMapping').values()].map((raw) => {
      const { FunctionName, DestinationConfig, FilterCriteria, ...numbers } = stack.parse(raw);
      const ends = nameIn(stage, DestinationConfig.OnFailure.Destination);
      const filter = JSON.parse(FilterCriteria.Filters[0].Pattern);
      return [nameIn(stage, FunctionName), { ...numbers, ends, filter }];
    }),
  );

/** A stream of DynamoDB keeps a record for 24 hours: to try for longer would be to lose it unnoticed. */
const streamRetentionSeconds = 24 * 60 * 60;

describe.each(stageNames)('the functions of %s', (stage) => {
  it('run with what the table says', () => {
    const queues = queueOf(stage);
    const rows = functionsOf(stage).map((it) => {
      const name = nameIn(stage, it.FunctionName);
      const limits = `${it.MemorySize} MB, ${it.Timeout} s, ${it.ReservedConcurrentExecutions} at once`;
      return [name, `${limits}${queues.get(name) ?? ''}`];
    });
    expect(Object.fromEntries(rows)).toEqual(table);
  });

  it('write their metrics where the alarms of the stage look, and know what the stage decided', () => {
    for (const { FunctionName, Environment } of functionsOf(stage)) {
      const { METRICS_NAMESPACE, SYNTHETIC, PUBLISH } = Environment.Variables;
      expect(METRICS_NAMESPACE, FunctionName).toBe(`Aftercare-${stage}`);
      if (SYNTHETIC !== undefined) expect(SYNTHETIC, FunctionName).toBe(decided[stage].SYNTHETIC);
      if (nameIn(stage, FunctionName) === 'publish-release') expect(PUBLISH).toBe(decided[stage].PUBLISH);
    }
  });

  it('read the stream as the table says, and never for longer than it keeps a record', () => {
    const readers = readersOf(stage);
    const common = {
      BatchSize: 100,
      MaximumBatchingWindowInSeconds: 20,
      MaximumRetryAttempts: 20,
      MaximumRecordAgeInSeconds: 21_600,
    };
    expect(readers).toEqual({
      'roll-up-responses': {
        ...common,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        StartingPosition: 'TRIM_HORIZON',
        ends: 'changes-not-counted',
        filter: {
          dynamodb: { Keys: { sk: { S: [{ prefix: 'EPISODE#' }, { prefix: 'RESPONSE#' }, 'PROFILE'] } } },
        },
      },
      'tell-staff': {
        ...common,
        BisectBatchOnFunctionError: false,
        FunctionResponseTypes: [],
        StartingPosition: 'LATEST',
        ends: 'staff-not-told',
        filter: { eventName: ['INSERT'], dynamodb: { Keys: { sk: { S: [{ prefix: 'NOTICE#' }] } } } },
      },
    });
    expect(common.MaximumRecordAgeInSeconds).toBeLessThan(streamRetentionSeconds);
  });

  it('leave room in an account of 1,000 concurrent executions', () => {
    const reserved = functionsOf(stage).reduce((sum, it) => sum + it.ReservedConcurrentExecutions, 0);
    expect(reserved).toBe(59);
  });
});
