import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { startDynamo } from '../../infra/laptop/emulation/dynamodb/dynoxide.ts';
import { createTableInput, type TableNames } from '../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { careTable, outcomesTable } from '../../shared/platform/tables.ts';

type Item = Readonly<Record<string, unknown>>;

/** Returns an item's line in a DynamoDB export. */
export const exportLine = (item: Item): string =>
  `${JSON.stringify({ Item: marshall(item, { removeUndefinedValues: true }) })}\n`;

/** A clinic to load: its tables, and the export lines of their items. */
export type BigClinic = {
  readonly tables: TableNames;
  readonly care: () => Iterable<string>;
  readonly outcomes: () => Iterable<string>;
};

/** A DynamoDB that holds the clinics. */
export type BigLab = {
  readonly document: DynamoDBDocumentClient;
  /** Seconds to write the export and load it. */
  readonly loadSeconds: number;
  readonly stop: () => Promise<void>;
};

const binary = (): string =>
  join(
    dirname(
      createRequire(import.meta.url).resolve(`@dynoxide/${process.platform}-${process.arch}/package.json`),
    ),
    'dynoxide',
  );

const writeExport = async (folder: string, table: string, items: Iterable<string>): Promise<void> => {
  await mkdir(join(folder, table, 'data'), { recursive: true });
  const file = createWriteStream(join(folder, table, 'data/items.json'));
  let lines: string[] = [];
  const flush = async (): Promise<void> => {
    if (!file.write(lines.join(''))) await once(file, 'drain');
    lines = [];
  };
  for (const line of items) {
    lines.push(line);
    if (lines.length >= 2000) await flush();
  }
  await flush();
  file.end();
  await once(file, 'finish');
};

const load = async (source: string, schema: string, database: string): Promise<void> => {
  const child = spawn(binary(), ['import', '--source', source, '--schema', schema, '--output', database]);
  let output = '';
  const keep = (chunk: Buffer): void => {
    output += chunk.toString();
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  const [code, signal] = await once(child, 'exit');
  if (code !== 0) throw new Error(`Loading failed (${code ?? signal}): ${output.slice(-500)}`);
};

/**
 * Loads clinics into one embedded DynamoDB through an export in DynamoDB's own format: PutItem would take hours for
 * millions of items. The tables have the definitions of `shared/platform/tables.ts`.
 */
export const startBigLab = async (clinics: readonly BigClinic[]): Promise<BigLab> => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-big-'));
  const startedAt = performance.now();
  const source = join(folder, 'export');
  const definitions = clinics.flatMap(({ tables }) => [
    { Table: createTableInput(tables.care, careTable) },
    { Table: createTableInput(tables.outcomes, outcomesTable) },
  ]);
  await writeFile(join(folder, 'schema.json'), JSON.stringify(definitions));
  for (const { tables, care, outcomes } of clinics) {
    await writeExport(source, tables.care, care());
    await writeExport(source, tables.outcomes, outcomes());
  }
  await mkdir(join(folder, 'db'));
  await load(source, join(folder, 'schema.json'), join(folder, 'db/dynamo.db'));
  await rm(source, { recursive: true, force: true });
  const loadSeconds = (performance.now() - startedAt) / 1000;
  const dynamo = await startDynamo({ folder: join(folder, 'db'), environment: {} });
  const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
  return {
    document: DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } }),
    loadSeconds,
    stop: async () => {
      client.destroy();
      await dynamo.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
};
