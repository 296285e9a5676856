import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { DeleteItemCommand, DynamoDBClient, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBStreamEvent } from 'aws-lambda';
import { beforeAll, describe, expect, test } from 'vitest';
import * as z from 'zod';
import { startDynamo } from '../../infra/laptop/emulation/dynamodb/dynoxide.ts';
import { makeTables } from '../../infra/laptop/emulation/dynamodb/make-tables.ts';
import { type PumpOptions, startStreamPump } from '../../infra/laptop/emulation/dynamodb/stream-pump.ts';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { readJsonFile, writeJsonFile } from '../../infra/laptop/host/atomic-file.ts';
import { startLab } from '../support/labs/dynamo-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { untilGone } from '../support/labs/victim.ts';

const newFolder = temporaryFolders();

const write = (client: DynamoDBClient, table: string, pk: string) =>
  client.send(new PutItemCommand({ TableName: table, Item: { pk: { S: pk }, sk: { S: 'a' } } }));

const writeMany = async (client: DynamoDBClient, table: string, ids: readonly string[]) => {
  for (const id of ids) await write(client, table, id);
};

const keysOf = (event: DynamoDBStreamEvent): readonly string[] =>
  event.Records.map((record) => record.dynamodb?.Keys?.['pk']?.S ?? '');

const numbered = (from: number, to: number): readonly string[] =>
  Array.from({ length: to - from + 1 }, (_, index) => `P${String(from + index).padStart(3, '0')}`);

const lab = sharedLab(startLab);
let streams: DynamoDBStreamsClient;
beforeAll(() => {
  streams = new DynamoDBStreamsClient(localClientConfig(lab().dynamoEndpoint));
});

type Setting = Pick<PumpOptions, 'handler'> & Partial<PumpOptions>;

/** Creates a table with a stream, and returns a function that starts pumps on it, which read on `drain` only. */
const setUp = async () => {
  const { tables, streamArn } = await lab().freshTables();
  const checkpointFile = join(await newFolder(), 'stream.json');
  const pump = (setting: Setting) =>
    startStreamPump({ client: streams, streamArn, checkpointFile, pollMs: 0, ...setting });
  return { table: tables.care, checkpointFile, streamArn, pump };
};

describe('the stream', () => {
  test('arrives in order, in batches, in the shape of Lambda events', async () => {
    const { table, streamArn, pump } = await setUp();
    const ids = numbered(1, 25);
    await writeMany(lab().client, table, ids);
    await lab().client.send(
      new DeleteItemCommand({ TableName: table, Key: { pk: { S: 'P001' }, sk: { S: 'a' } } }),
    );
    const events: DynamoDBStreamEvent[] = [];
    const pumping = pump({ batchSize: 10, handler: async (event) => events.push(event) && undefined });
    await pumping.drain();

    expect(events.map((event) => event.Records.length)).toEqual([10, 10, 6]);
    expect(events.flatMap(keysOf)).toEqual([...ids, 'P001']);
    expect(events[0]?.Records[0]).toMatchObject({
      eventName: 'INSERT',
      eventSource: 'aws:dynamodb',
      eventSourceARN: streamArn,
      dynamodb: { Keys: { pk: { S: 'P001' }, sk: { S: 'a' } }, StreamViewType: 'KEYS_ONLY' },
    });
    const written = events[0]?.Records[0]?.dynamodb?.ApproximateCreationDateTime ?? 0;
    expect(Math.abs(written - Date.now() / 1000)).toBeLessThan(3600);
    expect(events[2]?.Records[5]?.eventName).toBe('REMOVE');
    await pumping.stop();
  });

  test('is processed up to each call of drain, concurrent ones included', async () => {
    const { table, pump } = await setUp();
    const seen: string[] = [];
    const pumping = pump({ handler: async (event) => seen.push(...keysOf(event)) && undefined, pollMs: 5 });
    for (const id of numbered(1, 40)) {
      await write(lab().client, table, id);
      await Promise.all([pumping.drain(), pumping.drain()]);
      expect(seen.at(-1)).toBe(id);
    }
    expect(seen).toEqual(numbered(1, 40));
    await pumping.stop();
  });

  test('skips records that the filter rejects for good', async () => {
    const { table, pump } = await setUp();
    await writeMany(lab().client, table, ['keep-1', 'drop-1', 'keep-2', 'drop-2']);
    const seen: string[] = [];
    const setting: Setting = {
      handler: async (event) => seen.push(...keysOf(event)) && undefined,
      accepts: (record) => record.dynamodb?.Keys?.['pk']?.S?.startsWith('keep') ?? false,
    };
    await pump(setting).drain();
    await pump({ ...setting, accepts: () => true }).drain();
    expect(seen).toEqual(['keep-1', 'keep-2']);
  });
});

describe('when the handler fails', () => {
  test('the batch is resumed at the first failed record', async () => {
    const { table, pump } = await setUp();
    await writeMany(lab().client, table, numbered(1, 5));
    const calls: (readonly string[])[] = [];
    const pumping = pump({
      handler: async (event) => {
        calls.push(keysOf(event));
        const third = event.Records.find((record) => record.dynamodb?.Keys?.['pk']?.S === 'P003');
        const fails = calls.length === 1 && third !== undefined;
        return {
          batchItemFailures: fails ? [{ itemIdentifier: third.dynamodb?.SequenceNumber ?? '' }] : [],
        };
      },
    });
    await pumping.drain();
    expect(calls[0]).toEqual(numbered(1, 5));
    expect(calls.slice(1).flat()).toEqual(numbered(3, 5));
  });

  test('a record that always fails is isolated, given up and reported, and all others are processed', async () => {
    const { table, pump } = await setUp();
    await writeMany(lab().client, table, numbered(1, 9));
    const processed: string[] = [];
    const givenUp: string[] = [];
    const pumping = pump({
      maxAttempts: 2,
      handler: async (event) => {
        if (keysOf(event).includes('P005')) throw new Error('poison');
        processed.push(...keysOf(event));
      },
      onGivenUp: (sequenceNumber) => givenUp.push(sequenceNumber),
    });
    await pumping.drain();
    expect(processed).toEqual(numbered(1, 9).filter((id) => id !== 'P005'));
    expect(givenUp).toHaveLength(1);
  });
});

test('a read that fails is repeated', async () => {
  const { table, pump } = await setUp();
  await writeMany(lab().client, table, numbered(1, 4));
  const seen: string[] = [];
  let breaks = true;
  const pumping = pump({
    handler: async (event) => seen.push(...keysOf(event)) && undefined,
    accepts: () => {
      if (breaks) throw new Error('broken off');
      return true;
    },
  });
  await expect(pumping.drain()).rejects.toThrow('broken off');
  breaks = false;
  await pumping.drain();
  expect(seen).toEqual(numbered(1, 4));
});

const checkpoint = z.object({
  streamArn: z.string(),
  shards: z.record(z.string(), z.object({ sequenceNumber: z.string(), createdAt: z.number() })),
});

describe('a restart', () => {
  test('resumes after the last processed record', async () => {
    const { table, pump } = await setUp();
    const seen: string[] = [];
    const setting: Setting = { handler: async (event) => seen.push(...keysOf(event)) && undefined };
    await writeMany(lab().client, table, numbered(1, 12));
    await pump(setting).drain();
    await writeMany(lab().client, table, numbered(13, 15));
    await pump(setting).drain();
    expect(seen).toEqual(numbered(1, 15));
  });

  test('begins at the oldest record when the checkpoint is no longer in the stream', async () => {
    const { table, checkpointFile, pump } = await setUp();
    const seen: string[] = [];
    const setting: Setting = { handler: async (event) => seen.push(...keysOf(event)) && undefined };
    await writeMany(lab().client, table, numbered(1, 3));
    await pump(setting).drain();
    const stored = readJsonFile(checkpointFile, checkpoint);
    const shards = Object.keys(stored?.shards ?? {});
    expect(shards).toHaveLength(1);
    writeJsonFile(checkpointFile, {
      ...stored,
      shards: Object.fromEntries(shards.map((id) => [id, { sequenceNumber: '900', createdAt: 1 }])),
    });
    await pump(setting).drain();
    expect(seen).toEqual([...numbered(1, 3), ...numbered(1, 3)]);
  });

  test('begins at the oldest record when the checkpoint cannot be read', async () => {
    const { table, checkpointFile, pump } = await setUp();
    await writeFile(checkpointFile, '{"streamArn": "cut sho');
    await write(lab().client, table, 'P001');
    const seen: string[] = [];
    await pump({ handler: async (event) => seen.push(...keysOf(event)) && undefined }).drain();
    expect(seen).toEqual(['P001']);
  });

  test('skips nothing after the database was killed between batches', async () => {
    const where = await newFolder();
    const names = { care: 'care', outcomes: 'outcomes' };
    const seen: string[] = [];
    const open = async () => {
      const dynamo = await startDynamo({ folder: join(where, 'db'), environment: {} });
      const client = new DynamoDBClient(localClientConfig(dynamo.endpoint));
      const { streamArn } = await makeTables(client, names);
      const pump = startStreamPump({
        client: new DynamoDBStreamsClient(localClientConfig(dynamo.endpoint)),
        streamArn,
        checkpointFile: join(where, 'stream.json'),
        pollMs: 0,
        batchSize: 4,
        handler: async (event) => seen.push(...keysOf(event)) && undefined,
      });
      return { dynamo, client, pump };
    };
    const first = await open();
    await writeMany(first.client, names.care, numbered(1, 10));
    await first.pump.drain();
    await writeMany(first.client, names.care, numbered(11, 20));
    const pid = first.dynamo.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    await untilGone(pid);

    const second = await open();
    await writeMany(second.client, names.care, numbered(21, 25));
    await second.pump.drain();
    expect(seen).toEqual(numbered(1, 25));
    await second.dynamo.stop();
  });
});
