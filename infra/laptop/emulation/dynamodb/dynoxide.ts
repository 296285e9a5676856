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

export type EmbeddedDynamo = {
  /** Value for the SDK's `AWS_ENDPOINT_URL_DYNAMODB`. Serves DynamoDB Streams too. */
  readonly endpoint: string;
  /** Process id of dynoxide; undefined when the endpoint came from the environment. */
  readonly pid: number | undefined;
  readonly stop: () => Promise<void>;
};

export type DynamoOptions = {
  /** Holds the database; created when missing. Without it the database is in memory and ends with the process. */
  readonly folder?: string;
  /** Defaults to a free port. */
  readonly port?: number;
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** Resolves a package to its binary. Replaced in tests only. */
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

const maxStartMs = 15_000;

const untilListening = async (
  endpoint: string,
  child: BoundChild,
  folder: string | undefined,
): Promise<void> => {
  for (let waited = 0; waited < maxStartMs; waited += 20) {
    if (child.ended() !== undefined) throw startupProblem(whyEnded(child.output(), folder, child.ended()));
    if (child.output().includes('listening on') && (await isListening(endpoint))) return;
    await sleep(20);
  }
  await child.stop();
  throw startupProblem(`The local DynamoDB did not respond within ${maxStartMs / 1000} s. Start again.`);
};

const whyEnded = (output: string, folder: string | undefined, exit: string | undefined): string => {
  const reason = (output.split('\n').at(-1) || `it ended with ${exit}`).replace(/^error: /, '');
  return folder === undefined || /port \d+ is already in use/.test(reason)
    ? `The local DynamoDB cannot start: ${reason}. Choose another port, or none.`
    : `The local DynamoDB cannot open its store: ${reason} To start afresh, remove the folder ${folder}`;
};

/**
 * Starts the embedded DynamoDB on a file in `folder` or in memory, or starts nothing and uses the endpoint in
 * `AWS_ENDPOINT_URL_DYNAMODB`. The child process ends with this one; a survivor of an earlier run is killed first,
 * because two processes must not write to one file. Throws a `StartupProblem` when the binary is missing, the
 * store is unreadable, or another run is using it.
 */
export const startDynamo = async (options: DynamoOptions): Promise<EmbeddedDynamo> => {
  const { AWS_ENDPOINT_URL_DYNAMODB: existing } = options.environment ?? process.env;
  if (existing !== undefined && existing !== '') {
    return { endpoint: existing, pid: undefined, stop: async () => undefined };
  }
  const packageName = `@dynoxide/${process.platform}-${process.arch}`;
  const binary = (options.locate ?? locateBinary)(packageName);
  if (binary === undefined) {
    throw startupProblem(
      `No local DynamoDB for this platform: run \`npm install --no-save ${packageName}\`, or set AWS_ENDPOINT_URL_DYNAMODB to any DynamoDB endpoint.`,
    );
  }
  const { folder } = options;
  const port = options.port === undefined || options.port === 0 ? await freePort() : options.port;
  const endpoint = `http://127.0.0.1:${port}`;
  if (folder === undefined) {
    const child = startBound(binary, ['serve', '--port', `${port}`]);
    await untilListening(endpoint, child, folder);
    return { endpoint, pid: child.process.pid, stop: child.stop };
  }
  mkdirSync(folder, { recursive: true });
  const pidFile = join(folder, 'dynoxide.pid');
  const stale = await endStale(pidFile, 'dynoxide');
  if (stale.outcome === 'in-use') {
    throw startupProblem(
      `The store in ${folder} is in use by process ${stale.runner}: stop that process first, or use another folder.`,
    );
  }
  const file = join(folder, 'dynamo.db');
  const child = startBound(binary, ['serve', '--port', `${port}`, '--db-path', file]);
  rememberChild(pidFile, child);
  await untilListening(endpoint, child, folder);
  indexStream(file);
  const stop = async (): Promise<void> => {
    await child.stop();
    forgetChild(pidFile);
  };
  return { endpoint, pid: child.process.pid, stop };
};
