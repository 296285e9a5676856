import { spawn } from 'node:child_process';
import { readdir, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { fileURLToPath } from 'node:url';
import {
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  ScanCommand,
} from '@aws-sdk/client-dynamodb';
import { describe, expect, test } from 'vitest';
import { startDynamo } from '../../infra/laptop/emulation/dynamodb/dynoxide.ts';
import { makeTables } from '../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { writeJsonFile } from '../../infra/laptop/host/atomic-file.ts';
import { portOf } from '../../infra/laptop/host/ports-on-host.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { startVictim, untilGone } from '../support/labs/victim.ts';

const newFolder = temporaryFolders();
const names = { care: 'care', outcomes: 'outcomes' };
const victim = fileURLToPath(new URL('../support/labs/victim-dynamo.ts', import.meta.url));

const put = (client: DynamoDBClient, pk: string) =>
  client.send(
    new PutItemCommand({
      TableName: names.care,
      Item: {
        pk: { S: pk },
        sk: { S: 'a' },
        dueShard: { S: 'D0' },
        nextDueAt: { S: '2026-03-02T15:00:00Z' },
      },
    }),
  );

describe('the embedded DynamoDB', () => {
  test('finds the next number of its stream through an index', async () => {
    const home = await newFolder();
    const dynamo = await startDynamo({ folder: home, environment: {} });
    const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
    await makeTables(client, names);
    for (const pk of ['P1', 'P2', 'P3']) await put(client, pk);
    await dynamo.stop();

    const database = new DatabaseSync(join(home, 'dynamo.db'), { readOnly: true });
    const numbers = database.prepare('SELECT sequence_number AS number FROM _stream_records').all();
    const highest = 'SELECT MAX(CAST(sequence_number AS INTEGER)) FROM _stream_records WHERE table_name = ?';
    const [plan] = database.prepare(`EXPLAIN QUERY PLAN ${highest}`).all(names.care);
    database.close();
    expect(numbers.map(({ number }) => Number(number))).toEqual([1, 2, 3]);
    expect(plan?.['detail']).toContain('INDEX _stream_records_by_number');
  });

  test('is in memory when no folder is given, and ends with nothing left', async () => {
    const dynamo = await startDynamo({ environment: {} });
    const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
    const { streamArn } = await makeTables(client, names);
    expect(await makeTables(client, names)).toEqual({ streamArn });
    await put(client, 'P1');
    const { Count } = await client.send(new ScanCommand({ TableName: names.care }));
    expect(Count).toBe(1);
    client.destroy();
    await dynamo.stop();
    await untilGone(dynamo.pid ?? 0);
  });

  test('has both tables as defined, created once', async () => {
    const dynamo = await startDynamo({ folder: await newFolder(), environment: {} });
    const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
    const first = await makeTables(client, names);
    await put(client, 'P1');
    expect(await makeTables(client, names)).toEqual(first);

    const { Table } = await client.send(new DescribeTableCommand({ TableName: names.care }));
    expect(Table?.StreamSpecification?.StreamViewType).toBe('KEYS_ONLY');
    const timeToLive = await client.send(new DescribeTimeToLiveCommand({ TableName: names.care }));
    expect(timeToLive.TimeToLiveDescription).toMatchObject({
      AttributeName: 'expiresOn',
      TimeToLiveStatus: 'ENABLED',
    });
    const due = await client.send(
      new QueryCommand({
        TableName: names.care,
        IndexName: 'due',
        KeyConditionExpression: 'dueShard = :shard',
        ExpressionAttributeValues: { ':shard': { S: 'D0' } },
      }),
    );
    expect(due.Items).toEqual([expect.objectContaining({ pk: { S: 'P1' } })]);
    await dynamo.stop();
  });

  test('ends when its runner is killed, and keeps its data for the next start', async () => {
    const where = await newFolder();
    const runner = await startVictim(victim, [where]);
    const [pid = '', endpoint = ''] = runner.details.split(' ');
    const before = new DynamoDBClient(localClientConfig(endpoint));
    await makeTables(before, names);
    await put(before, 'P1');
    await runner.kill();
    await untilGone(Number(pid));

    const dynamo = await startDynamo({ folder: where, environment: {} });
    const after = new DynamoDBClient(localClientConfig(dynamo.endpoint));
    await makeTables(after, names);
    expect((await after.send(new ScanCommand({ TableName: names.care }))).Count).toBe(1);
    await dynamo.stop();
  });

  test('is ended by the next start if it outlived its runner', async () => {
    const where = await newFolder();
    const stray = await startDynamo({ folder: where, environment: {} });
    const dead = spawn('true');
    await new Promise((resolve) => dead.once('exit', resolve));
    writeJsonFile(join(where, 'dynoxide.pid'), { pid: stray.pid, runner: dead.pid });

    const dynamo = await startDynamo({ folder: where, environment: {} });
    await untilGone(stray.pid ?? 0);
    expect(dynamo.pid).not.toBe(stray.pid);
    await dynamo.stop();
    expect(await readdir(where)).not.toContain('dynoxide.pid');
  });
});

describe('the embedded DynamoDB reports in one line', () => {
  test('a store in use by another runner', async () => {
    const where = await newFolder();
    const dynamo = await startDynamo({ folder: where, environment: {} });
    await expect(startDynamo({ folder: where, environment: {} })).rejects.toThrow(
      `The store in ${where} is in use by process ${process.pid}: stop that process first, or use another folder.`,
    );
    await dynamo.stop();
  });

  test('a missing binary, with the package to add', async () => {
    await expect(
      startDynamo({ folder: await newFolder(), environment: {}, locate: () => undefined }),
    ).rejects.toThrow(
      new RegExp(`@dynoxide/${process.platform}-${process.arch}\`, or set AWS_ENDPOINT_URL_DYNAMODB`),
    );
  });

  test('a corrupt store, with the folder to remove', async () => {
    const where = await newFolder();
    await writeFile(join(where, 'dynamo.db'), 'this is not a database'.repeat(400));
    await expect(startDynamo({ folder: where, environment: {} })).rejects.toThrow(
      new RegExp(`^The local DynamoDB cannot open its store: .* remove the folder ${where}$`),
    );
  });

  test('a port in use', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    await expect(
      startDynamo({ folder: await newFolder(), port: portOf(other), environment: {} }),
    ).rejects.toThrow(/^The local DynamoDB cannot start: port \d+ is already in use/);
    other.close();
  });
});

test('an endpoint in the environment is used, and nothing is started', async () => {
  const where = await newFolder();
  const dynamo = await startDynamo({
    folder: where,
    environment: { AWS_ENDPOINT_URL_DYNAMODB: 'http://elsewhere:8000' },
  });
  expect(dynamo).toMatchObject({ endpoint: 'http://elsewhere:8000', pid: undefined });
  expect(await readdir(where)).toEqual([]);
});
