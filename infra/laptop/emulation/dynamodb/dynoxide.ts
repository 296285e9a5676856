import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  type BoundChild,
  endStale,
  forgetChild,
  rememberChild,
  startBound,
} from '../../host/child-process.ts';
import { freePort } from '../../host/ports-on-host.ts';
import { startupProblem } from '../../host/startup-problem.ts';
import { indexStream } from './stream-index.ts';

export type LocalDynamo = {
  /** What the SDK's `AWS_ENDPOINT_URL_DYNAMODB` is to be. DynamoDB Streams answers there too. */
  readonly endpoint: string;
  /** The process id of the one we started; undefined when an endpoint was given. */
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
};

export type DynamoOptions = {
  /** The folder that holds the database, made when missing. */
  readonly folder: string;
  /** A free one is taken when it is not given. */
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Finds the binary; given by tests. */
  readonly locate?: (packageName: string) => string | undefined;
};

const locateBinary = (packageName: string): string | undefined => {
  const file = process.platform === 'win32' ? 'dynoxide.exe' : 'dynoxide';
  try {
    return join(dirname(createRequire(import.meta.url).resolve(`${packageName}/package.json`)), file);
  } catch {
    return undefined;
  }
};

const isListening = async (endpoint: string): Promise<boolean> => {
  try {
    await (await fetch(endpoint, { signal: AbortSignal.timeout(1000) })).arrayBuffer();
    return true;
  } catch {
    return false;
  }
};

const startLimitMs = 15_000;

const untilListening = async (endpoint: string, child: BoundChild, folder: string): Promise<void> => {
  for (let waited = 0; waited < startLimitMs; waited += 20) {
    if (child.ended() !== undefined) throw startupProblem(whyEnded(child.output(), folder, child.ended()));
    if (child.output().includes('listening on') && (await isListening(endpoint))) return;
    await sleep(20);
  }
  await child.stop();
  throw startupProblem(`The local DynamoDB did not answer within ${startLimitMs / 1000} s. Start again.`);
};

const whyEnded = (output: string, folder: string, exit: string | undefined): string => {
  const said = output.split('\n').at(-1) || `it ended with ${exit}`;
  return /port \d+ is already in use/.test(said)
    ? `The local DynamoDB cannot start: ${said.replace(/^error: /, '')}. Give another port, or none.`
    : `The local DynamoDB cannot open its store: ${said.replace(/^error: /, '')} To start afresh, remove the folder ${folder}`;
};

/**
 * Starts the embedded DynamoDB on a file in `folder`, or uses the endpoint in `AWS_ENDPOINT_URL_DYNAMODB` and
 * starts nothing. The process ends with this one; one that was left over nevertheless is ended first, so that
 * no two write to one file. Throws a `StartupProblem` when the binary is missing or the store is unreadable.
 */
export const startDynamo = async (options: DynamoOptions): Promise<LocalDynamo> => {
  const { AWS_ENDPOINT_URL_DYNAMODB: given } = options.environment ?? process.env;
  if (given !== undefined && given !== '') {
    return { endpoint: given, pid: undefined, stop: async () => undefined };
  }
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  const binary = (options.locate ?? locateBinary)(packageName);
  if (binary === undefined) {
    throw startupProblem(
      `No local DynamoDB for this platform: run \`npm install --no-save ${packageName}\`, or set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB endpoint.`,
    );
  }
  mkdirSync(options.folder, { recursive: true });
  const pidFile = join(options.folder, 'dynoxide.pid');
  const stale = await endStale(pidFile, 'dynoxide');
  if (stale.found === 'in-use') {
    throw startupProblem(
      `The store in ${options.folder} is in use by process ${stale.runner}: stop that one first, or use another folder.`,
    );
  }
  const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
  const endpoint = `http://127.0.0.1:${port}`;
  const file = join(options.folder, 'dynamo.db');
  const child = startBound(binary, ['serve', '--port', `${port}`, '--db-path', file]);
  rememberChild(pidFile, child);
  await untilListening(endpoint, child, options.folder);
  indexStream(file);
  const stop = async (): Promise<void> => {
    await child.stop();
    forgetChild(pidFile);
  };
  return { endpoint, pid: child.process.pid, stop };
};
