import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { allStages, stageNames, templates } from '../support/templates.ts';
import { nameIn, plain, resourcesOf } from './resources.ts';

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

/** What a stage decides and a function reads, by stage. `asked-for.test.ts` has a stage that asks for approval. */
const decided = {
  dev: { SYNTHETIC: 'true', PUBLISH: 'automatic' },
  staging: { SYNTHETIC: 'true', PUBLISH: 'automatic' },
  production: { SYNTHETIC: 'false', PUBLISH: 'automatic' },
} as const;

/** The names of the variables that each function reads, besides the namespace of its metrics. */
const reads = {
  'enroll-episode': 'CARE_TABLE DEFAULT_ZONE DEFAULT_LOCALE',
  'receive-procedure': 'CARE_TABLE PATIENT_SYSTEMS DEFAULT_ZONE DEFAULT_LOCALE',
  'send-due-emails':
    'CARE_TABLE BASE_URL CLINIC_NAME CLINIC_PHONE CLINIC_SENDER_NAME CLINIC_REPLY_TO EMAIL_FROM CONFIGURATION_SET',
  'record-email-event': 'CARE_TABLE',
  'serve-survey': 'CARE_TABLE DEFAULT_LOCALE CLINIC_NAME CLINIC_PHONE SYNTHETIC ORIGIN_SECRETS',
  'roll-up-responses': 'CARE_TABLE OUTCOMES_TABLE',
  'publish-release': 'OUTCOMES_TABLE SYNTHETIC CODE_VERSION PUBLISH',
  'serve-stats': 'OUTCOMES_TABLE BASE_URL CLINIC_NAME DEFAULT_LOCALE ORIGIN_SECRETS',
  'tell-staff':
    'DEFAULT_LOCALE CLINIC_NAME CLINIC_SENDER_NAME CLINIC_REPLY_TO EMAIL_FROM CONFIGURATION_SET STAFF_ADDRESS WORKLIST_COMMAND',
  'check-drift': 'CARE_TABLE OUTCOMES_TABLE',
} as const satisfies Record<keyof typeof table, string>;

/** What the variables of a stage are set to. The clinic's own texts come from the settings file. */
const valuesOf = (stage: (typeof stageNames)[number]): Readonly<Record<string, unknown>> => {
  const settings = allStages().find(({ name }) => name === stage)?.settings;
  return {
    CARE_TABLE: `aftercare-${stage}-care`,
    OUTCOMES_TABLE: `aftercare-${stage}-outcomes`,
    DEFAULT_ZONE: settings?.clinic.zone,
    DEFAULT_LOCALE: settings?.clinic.locale,
    PATIENT_SYSTEMS: 'urn:lakeside:patient,https://ehr.lakeside.example/fhir',
    BASE_URL: `https://${settings?.domain?.name ?? 'EdgeDistribution.DomainName'}`,
    CLINIC_NAME: settings?.clinic.name,
    CLINIC_PHONE: settings?.clinic.phone,
    CLINIC_SENDER_NAME: settings?.clinic.senderName,
    CLINIC_REPLY_TO: settings?.clinic.replyTo,
    EMAIL_FROM: settings?.emailFrom,
    CONFIGURATION_SET: `aftercare-${stage}`,
    STAFF_ADDRESS: settings?.staffAddress,
    WORKLIST_COMMAND: `npm run ops -- worklist --stage ${stage}`,
    CODE_VERSION: expect.stringMatching(/^\d+\.\d+\.\d+\+[\w.-]+$/),
    ORIGIN_SECRETS: '{{resolve:secretsmanager:OriginSecretGeneration1:SecretString:::}}',
    ...decided[stage],
  };
};

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
const deployed = z.object({
  DependsOn: z.array(z.string()),
  Properties: z.object({ Role: z.string(), LoggingConfig: z.unknown() }),
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

  it('have exactly these variables, and write their metrics where the alarms of the stage look', () => {
    const values = valuesOf(stage);
    const expected = Object.entries(reads).map(([name, variables]) => {
      const own = variables.split(' ').map((variable) => [variable, values[variable]]);
      return [name, { ...Object.fromEntries(own), METRICS_NAMESPACE: `Aftercare-${stage}` }];
    });
    const found = functionsOf(stage).map(({ FunctionName, Environment }) => [
      nameIn(stage, FunctionName),
      plain(Environment.Variables),
    ]);
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });

  it('exist only once they may do what they must, and log as JSON into a group of their own', () => {
    for (const [id, raw] of Object.entries(templates(stage).service.findResources('AWS::Lambda::Function'))) {
      const made = id.replace(/Function[0-9A-F]{8}$/, '');
      const { DependsOn, Properties } = deployed.parse(plain(raw));
      expect(DependsOn.map((each) => each.replace(/[0-9A-F]{8}$/, ''))).toEqual([
        `${made}Access`,
        `${made}Role`,
      ]);
      expect(Properties.Role).toBe(`${made}Role.Arn`);
      expect(Properties.LoggingConfig).toEqual({
        LogFormat: 'JSON',
        ApplicationLogLevel: 'INFO',
        SystemLogLevel: 'WARN',
        LogGroup: `${made}Log`,
      });
    }
  });

  it('keep their log, and the APIs and the firewall theirs, for as long as the settings say', () => {
    const days = { dev: 30, staging: 90, production: 365 }[stage];
    const groups = [...resourcesOf(stage, 'AWS::Logs::LogGroup').values()];
    expect(groups.map((one) => [one['LogGroupName'], one['RetentionInDays']]).toSorted()).toEqual(
      [
        ...[...Object.keys(table), 'api/pages', 'api/intake'].map((name) => `/aftercare/${stage}/${name}`),
        `aws-waf-logs-aftercare-${stage}`,
      ]
        .map((name) => [name, days])
        .toSorted(),
    );
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
