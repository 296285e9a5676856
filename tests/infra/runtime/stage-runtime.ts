import { join } from 'node:path';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { vi } from 'vitest';
import * as z from 'zod';
import { makeTables } from '../../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localAwsEnvironment } from '../../../infra/laptop/emulation/functions/laptop-aws.ts';
import { type EmailServer, startEmailServer } from '../../../infra/laptop/emulation/ses/email-server.ts';
import { careStoreOn } from '../../../shared/care/patient/aws/care-store.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';
import type { LambdaHandler } from '../../../shared/platform/function-manifest.ts';
import { systemClock } from '../../../shared/platform/logging/runtime.ts';
import { startLab } from '../../support/labs/dynamo-lab.ts';
import { context } from '../../support/labs/function-lab.ts';
import { recordedLines } from '../../support/logs/recorded-lines.ts';
import { plain, resourcesOf } from '../literals/resources.ts';

/** The secrets that CloudFront may send while the secret is being changed, newest first. */
export const originSecrets = { current: 'n'.repeat(48), previous: 'p'.repeat(48) } as const;

/** What an invocation gave: its result or what it threw, and the lines that it printed. */
export type Invoked = {
  readonly result?: unknown;
  readonly thrown?: unknown;
  readonly lines: readonly string[];
};

export type StageRuntime = {
  readonly tables: { readonly care: string; readonly outcomes: string };
  readonly document: DynamoDBDocumentClient;
  readonly store: CareStore;
  readonly email: EmailServer;
  /** Invokes a function's `handler.ts`, loaded anew as at a cold start. */
  readonly invoke: (name: string, event: unknown) => Promise<Invoked>;
  readonly stop: () => Promise<void>;
};

const deployed = z.object({
  FunctionName: z.string(),
  Environment: z.object({ Variables: z.record(z.string(), z.string()) }),
});

const handlerModule = z.object({
  handler: z.custom<LambdaHandler>((value) => typeof value === 'function', 'There is no handler'),
});

/** The variables of a function in a stage's template. What AWS fills in on deployment is filled in here. */
const variablesOf = (stage: string, name: string): Readonly<Record<string, string>> => {
  const all = [...resourcesOf(stage, 'AWS::Lambda::Function').values()].map((raw) =>
    deployed.parse(plain(raw)),
  );
  const found = all.find(({ FunctionName }) => FunctionName === `aftercare-${stage}-${name}`);
  if (found === undefined) throw new Error(`${stage} has no function ${name}.`);
  const { Variables } = found.Environment;
  return 'ORIGIN_SECRETS' in Variables
    ? { ...Variables, ORIGIN_SECRETS: `${originSecrets.current},${originSecrets.previous}` }
    : Variables;
};

/**
 * Starts what a stage's functions need: its tables, by their names, and an SES. The handlers are those that Lambda
 * runs, with the environment of the template, the real clock and the real log.
 */
export const startStageRuntime = async (stage: string, folder: string): Promise<StageRuntime> => {
  const lab = await startLab();
  const email = await startEmailServer({ folder, clock: systemClock, onEvent: async () => undefined });
  const tables = { care: `aftercare-${stage}-care`, outcomes: `aftercare-${stage}-outcomes` };
  await makeTables(lab.client, tables);
  const document = DynamoDBDocumentClient.from(lab.client, {
    marshallOptions: { removeUndefinedValues: true },
  });
  const aws = localAwsEnvironment({ dynamo: lab.dynamoEndpoint, ses: email.endpoint });
  let starts = 0;

  const load = async (name: string): Promise<LambdaHandler> => {
    starts += 1;
    const file = join(import.meta.dirname, '../../../functions', name, 'handler.ts');
    return handlerModule.parse(await import(`${file}?${stage}-${starts}`)).handler;
  };

  const invoke: StageRuntime['invoke'] = async (name, event) => {
    const environment = { ...aws, ...variablesOf(stage, name), AWS_LAMBDA_FUNCTION_VERSION: '7' };
    for (const [variable, value] of Object.entries(environment)) vi.stubEnv(variable, value);
    let outcome: Omit<Invoked, 'lines'> = {};
    try {
      const handler = await load(name);
      const lines = await recordedLines(async () => {
        try {
          outcome = { result: await handler(event, context) };
        } catch (thrown) {
          outcome = { thrown };
        }
      });
      return { ...outcome, lines };
    } finally {
      vi.unstubAllEnvs();
    }
  };

  return {
    tables,
    document,
    store: careStoreOn(document, tables.care),
    email,
    invoke,
    stop: async () => {
      await email.stop();
      await lab.stop();
    },
  };
};
