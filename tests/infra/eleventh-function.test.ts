import { cpSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Match, type Template } from 'aws-cdk-lib/assertions';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { functions } from '../../infra/functions.ts';
import { type Laptop, startLaptop } from '../../infra/laptop/laptop.ts';
import { functionTable } from '../../infra/tools/function-table.ts';
import type { FunctionManifest } from '../../shared/platform/function-manifest.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { received } from './eleventh/create-handler.ts';
import { manifest as noteVisit } from './eleventh/function.ts';
import { allowedTo } from './support/policies.ts';
import { allStages, templatesOf } from './support/templates.ts';

const newFolder = temporaryFolders();

/** Its folder, and one line in the list. */
const eleven: readonly FunctionManifest[] = [...functions, noteVisit];

const runbooks = ['note-visit-errors', 'visits-not-noted', 'visits-refused'];
let runbookFolder: string;
beforeAll(async () => {
  runbookFolder = await newFolder();
  cpSync(join(import.meta.dirname, '../../docs/runbooks'), runbookFolder, { recursive: true });
  for (const name of runbooks) writeFileSync(join(runbookFolder, `${name}.md`), `# ${name}\n`);
});

const dev = allStages().filter(({ name }) => name === 'dev');

const synthesized = (list: readonly FunctionManifest[]): Template => {
  const found = templatesOf(dev, { functions: list, runbookFolder }).get('dev')?.service;
  if (found === undefined) throw new Error('There is no stage dev.');
  return found;
};

describe('a function that is added to the list', () => {
  let service: Template;
  beforeAll(() => {
    service = synthesized(eleven);
  });

  const alarm = (name: string, impact: string, properties: object) =>
    service.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: `aftercare-dev-${name}`,
      AlarmDescription: `${impact} Runbook: docs/runbooks/${name}.md`,
      AlarmActions: Match.anyValue(),
      ...properties,
    });

  it('runs as its manifest says, with the variables it names and a log group', () => {
    service.resourceCountIs('AWS::Lambda::Function', 11);
    service.hasResourceProperties('AWS::Lambda::Function', {
      FunctionName: 'aftercare-dev-note-visit',
      MemorySize: 256,
      Timeout: 15,
      ReservedConcurrentExecutions: 2,
      Environment: {
        Variables: { CLINIC_NAME: 'Lakeside Clinic (test)', METRICS_NAMESPACE: 'Aftercare-dev' },
      },
    });
    service.hasResourceProperties('AWS::Logs::LogGroup', { LogGroupName: '/aftercare/dev/note-visit' });
  });

  it('may do what its manifest grants, and use the key that this needs', () => {
    expect(allowedTo(service, 'note-visit').map(({ actions, on }) => [...on, ...actions])).toEqual([
      ['own log', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      ['care', 'dynamodb:PutItem'],
      ['care key', 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey'],
      ['dead letters', 'sqs:SendMessage'],
      ['transit key', 'kms:Decrypt', 'kms:GenerateDataKey'],
    ]);
  });

  it('has a rule on the bus, a dead-letter queue and retries', () => {
    service.hasResourceProperties('AWS::Events::Rule', {
      Name: 'aftercare-dev-visits',
      EventPattern: { source: ['lakeside.procedures'], 'detail-type': ['Visit Noted'] },
      Targets: [Match.objectLike({ DeadLetterConfig: { Arn: Match.anyValue() } })],
    });
    service.hasResourceProperties('AWS::SQS::Queue', { QueueName: 'aftercare-dev-visits-not-noted' });
    service.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      FunctionName: { Ref: Match.stringLikeRegexp('notevisit') },
      MaximumRetryAttempts: 1,
      DestinationConfig: { OnFailure: { Destination: Match.anyValue() } },
    });
  });

  it('has alarms on its errors, on its dead letters and of its own, each with impact and runbook', () => {
    const { errorImpact, trigger, alarms } = noteVisit;
    alarm('note-visit-errors', errorImpact, { MetricName: 'Errors' });
    alarm('visits-not-noted', trigger.deadLetters.impact, {
      MetricName: 'ApproximateNumberOfMessagesVisible',
    });
    alarm('visits-refused', alarms[0].impact, {
      MetricName: 'VisitRefused',
      Dimensions: [{ Name: 'service', Value: 'note-visit' }],
    });
  });

  it('has a graph of its own on the dashboard, and appears in those of all functions', () => {
    const [dashboard] = Object.values(service.findResources('AWS::CloudWatch::Dashboard'));
    const body = JSON.stringify(dashboard?.['Properties'].DashboardBody);
    expect(body).toMatch(/title[\\":]+Visits/);
    expect(body).toContain('VisitNoted');
    expect(body.match(/Functionsnotevisit/g)).toHaveLength(2);
    expect(body.match(/DeadLettersvisitsnotnoted/g)).toHaveLength(1);
  });

  it('is in the table of the docs', () => {
    const row = functionTable(eleven)
      .split('\n')
      .find((line) => line.includes('note-visit'));
    for (const cell of [
      noteVisit.purpose,
      '`Visit Noted`',
      '256 MB, 15 s, 2 at once',
      '`visits-not-noted`',
    ]) {
      expect(row).toContain(cell);
    }
  });
});

describe('the same function on the laptop', () => {
  let laptop: Laptop;
  beforeAll(async () => {
    laptop = await startLaptop({
      folder: await newFolder(),
      port: 0,
      clockMode: 'frozen',
      functions: eleven,
    });
  });
  afterAll(() => laptop?.stop());

  it('receives its events from the bus, and gets the variables it names only', async () => {
    await laptop.bus.put({ source: 'clinic.ehr', 'detail-type': 'Visit Noted', detail: {} });
    await laptop.bus.put({ source: 'clinic.ehr', 'detail-type': 'Visit Cancelled', detail: {} });
    expect(laptop.deadLetters.list()).toEqual([]);
    expect(received).toEqual([{ clinic: 'Example Clinic', detailType: 'Visit Noted' }]);
  });
});

describe('synth refuses a function', () => {
  it.each(runbooks)('without the runbook of %s', (name) => {
    rmSync(join(runbookFolder, `${name}.md`));
    expect(() => synthesized(eleven)).toThrow(`write docs/runbooks/${name}.md`);
    writeFileSync(join(runbookFolder, `${name}.md`), `# ${name}\n`);
  });

  it('that reads a variable nothing provides, and names it', () => {
    const demanding = { ...noteVisit, environment: z.object({ VISITS_TABLE: z.string() }) };
    expect(() => synthesized([...functions, demanding])).toThrow(
      'note-visit reads VISITS_TABLE, which infra/settings/variables.ts does not provide.',
    );
  });

  it('whose variable has a value that its schema does not accept, and says no value', () => {
    const picky = {
      ...noteVisit,
      environment: z.object({ CLINIC_NAME: z.enum(['Other'], 'must be Other') }),
    };
    expect(() => synthesized([...functions, picky])).toThrow(
      'The environment of note-visit is not what it expects: CLINIC_NAME must be Other.',
    );
  });

  it('that would start something new as it times out', () => {
    const busy = { ...noteVisit, timeoutSeconds: 60, timeBudgetSeconds: 31 };
    expect(() => synthesized([...functions, busy])).toThrow(
      'note-visit starts something new for 31 s, and times out after 60 s.',
    );
  });

  it('with settings that contradict those of the others', () => {
    const greedy = { ...noteVisit, maxConcurrency: 900 };
    expect(() => synthesized([...functions, greedy])).toThrow(
      'the functions reserve 959 concurrent executions, of 900 that an account has to give',
    );
  });

  it('that would be a third reader of the stream', () => {
    const reader: FunctionManifest = {
      ...noteVisit,
      trigger: {
        kind: 'stream',
        startingPosition: 'LATEST',
        filter: { sortKeys: ['VISIT#*'] },
        bisectBatchOnError: false,
        reportBatchItemFailures: false,
        deadLetters: noteVisit.trigger.deadLetters,
        recovery: noteVisit.trigger.recovery,
      },
    };
    expect(() => synthesized([...functions, reader])).toThrow('The stream has 3 readers');
  });
});
