import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DeleteTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { startDynamo } from '../../../infra/laptop/emulation/dynamodb/dynoxide.ts';
import { makeTables } from '../../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localClientConfig } from '../../../infra/laptop/emulation/functions/laptop-aws.ts';
import { localTables } from '../../../infra/laptop/emulation/functions/laptop-functions.ts';
import { runOps } from '../../../infra/ops/run-ops.ts';
import { careStoreOn } from '../../../shared/care/patient/aws/care-store.ts';
import type { CareStore } from '../../../shared/care/patient/ports.ts';

/** A command's exit code and output. */
export type Ran = { readonly code: number; readonly out: string; readonly err: string };

/** A laptop store for commands to work on, with a frozen clock. The laptop itself does not run. */
export type OpsLab = {
  readonly folder: string;
  readonly document: DynamoDBDocumentClient;
  readonly store: CareStore;
  /** Runs a command as `npm run ops --` does. `answer` is typed at its prompt; without it there is no terminal. */
  readonly ops: (args: readonly string[], answer?: string) => Promise<Ran>;
  /** Writes a file in the folder and returns its path. */
  readonly file: (name: string, content: string | Uint8Array) => Promise<string>;
  /** Sets the clock. */
  readonly at: (now: string) => Promise<void>;
  /** Empties both tables. */
  readonly empty: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** Starts a lab. Tests call it through `sharedLab`, which stops it too. */
export const startOpsLab = async (): Promise<OpsLab> => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-ops-'));
  const dynamo = await startDynamo({ environment: {} });
  const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
  const document = DynamoDBDocumentClient.from(client);
  const file = async (name: string, content: string | Uint8Array): Promise<string> => {
    const path = join(folder, name);
    await writeFile(path, content);
    return path;
  };
  const at = async (now: string): Promise<void> => {
    const shown = Date.parse(now);
    await file('clock.json', JSON.stringify({ mode: 'frozen', shown, setAt: shown }));
  };
  await makeTables(client, localTables);
  await file(
    'running.json',
    JSON.stringify({ origin: 'http://127.0.0.1:9', dynamoEndpoint: dynamo.endpoint, pid: process.pid }),
  );
  return {
    folder,
    document,
    store: careStoreOn(document, localTables.care),
    ops: async (args, answer) => {
      const out: string[] = [];
      const err: string[] = [];
      const code = await runOps(['--folder', folder, ...args], {
        say: (line) => void out.push(line),
        complain: (line) => void err.push(line),
        ask: async () => answer,
        environment: {},
      });
      return { code, out: out.join('\n'), err: err.join('\n') };
    },
    file,
    at,
    empty: async () => {
      for (const TableName of Object.values(localTables)) {
        await client.send(new DeleteTableCommand({ TableName }));
      }
      await makeTables(client, localTables);
    },
    stop: async () => {
      client.destroy();
      await dynamo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
