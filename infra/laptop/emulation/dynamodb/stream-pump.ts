import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from '../../host/atomic-file.ts';
import { oneAtATime } from '../../host/one-at-a-time.ts';
import type { PumpedRecord } from './stream-records.ts';
import { listShards, openShard, type Position, type ShardReader } from './stream-shard.ts';

/** A stream function, invoked as Lambda does with `ReportBatchItemFailures`. */
export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<unknown>;

export type StreamPump = {
  /** Resolves once every record written before the call is processed or given up. */
  readonly drain: () => Promise<void>;
  /** Ends the background loop after the current batch. */
  readonly stop: () => Promise<void>;
};

export type PumpOptions = {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly handler: StreamHandler;
  /** Stores the position of the last processed record. */
  readonly checkpointFile: string;
  /** Lambda's event filter: rejected records never reach the handler. */
  readonly accepts?: (record: DynamoDBRecord) => boolean;
  readonly batchSize?: number;
  /** Pause between reads of an idle stream, 200 by default; 0 runs no background loop, only `drain`. */
  readonly pollMs?: number;
  /** Failures of a record in a batch of its own before it is given up; 10 by default, about 15 seconds. */
  readonly maxAttempts?: number;
  /** Called with each record given up: the on-failure destination of the event source mapping. */
  readonly onGivenUp?: (sequenceNumber: string, error: unknown, attempts: number) => void;
  /** Called when reading the stream or a batch fails; both are retried. */
  readonly onError?: (error: unknown) => void;
};

const checkpointSchema = z.object({
  streamArn: z.string(),
  shards: z.record(z.string(), z.object({ sequenceNumber: z.string(), createdAt: z.number() })),
  ended: z.array(z.string()).default([]),
});

const batchResponse = z.object({
  batchItemFailures: z.array(z.object({ itemIdentifier: z.string() })).default([]),
});

/** Exponential backoff of a failing batch, from 50 ms to 2 s. */
const retryWaitMs = (attempt: number): number => Math.min(2000, 50 * 2 ** attempt);

/** The shard list is refreshed at this age. DynamoDB adds shards every few hours; dynoxide never does. */
const maxShardListAgeMs = 60_000;

/**
 * Reads the table's stream through the DynamoDB Streams API and invokes the handler as Lambda does: in order, at
 * least once, resuming at the first failed record. A failing batch is halved until the failing record is alone;
 * that one is given up after `maxAttempts`. The checkpoint follows each batch, so a crash repeats a batch and
 * never skips one.
 */
export const startStreamPump = (options: PumpOptions): StreamPump => {
  const batchSize = options.batchSize ?? 100;
  const maxAttempts = options.maxAttempts ?? 10;
  const stored = readJsonFile(options.checkpointFile, checkpointSchema);
  const known = stored?.streamArn === options.streamArn ? stored : undefined;
  const positions = new Map<string, Position>(Object.entries(known?.shards ?? {}));
  const ended = new Set<string>(known?.ended);
  const readers = new Map<string, ShardReader>();
  let shards: readonly string[] = [];
  let shardsListedAt = 0;
  const stopping = new AbortController();

  const save = (): void =>
    writeJsonFile(options.checkpointFile, {
      streamArn: options.streamArn,
      shards: Object.fromEntries(positions),
      ended: [...ended],
    });

  /** Invokes the handler with one batch. `done` is the number of leading records that succeeded. */
  const invoke = async (batch: readonly PumpedRecord[]): Promise<{ done: number; error?: unknown }> => {
    try {
      const result = await options.handler({ Records: batch.map(({ record }) => record) });
      const failures = batchResponse.parse(result ?? {}).batchItemFailures.map((item) => item.itemIdentifier);
      if (failures.length === 0) return { done: batch.length };
      const first = batch.findIndex(({ sequenceNumber }) => failures.includes(sequenceNumber));
      return { done: Math.max(0, first), error: new Error('The handler reported failed records.') };
    } catch (error) {
      return { done: 0, error };
    }
  };

  /** Processes all records with retries. Once stopping, the first failure throws instead of being retried. */
  const processAll = async (shardId: string, records: readonly PumpedRecord[]): Promise<void> => {
    let rest = records;
    let size = rest.length;
    let failures = 0;
    let failuresAlone = 0;
    while (rest.length > 0) {
      const batch = rest.slice(0, size);
      const { done, error } = await invoke(batch);
      if (error !== undefined) options.onError?.(error);
      failures = done > 0 ? 0 : failures + 1;
      failuresAlone = done === 0 && batch.length === 1 ? failuresAlone + 1 : 0;
      const givenUp = failuresAlone >= maxAttempts;
      if (givenUp) {
        options.onGivenUp?.(batch[0]?.sequenceNumber ?? '', error, failuresAlone);
        failures = 0;
        failuresAlone = 0;
      }
      const passed = givenUp ? 1 : done;
      advance(shardId, batch.slice(0, passed).at(-1));
      rest = rest.slice(passed);
      size = error === undefined || givenUp ? rest.length : Math.max(1, Math.ceil(batch.length / 2));
      if (error === undefined || givenUp) continue;
      if (stopping.signal.aborted) throw error;
      await sleep(retryWaitMs(failures));
    }
  };

  const advance = (shardId: string, last: PumpedRecord | undefined): void => {
    if (last === undefined) return;
    positions.set(shardId, { sequenceNumber: last.sequenceNumber, createdAt: last.createdAt });
    save();
  };

  /** Processes one shard up to its current end. */
  const drainShard = async (shardId: string): Promise<void> => {
    const reader =
      readers.get(shardId) ?? openShard(options.client, options.streamArn, shardId, positions.get(shardId));
    readers.set(shardId, reader);
    try {
      for (;;) {
        const { records, ended: hasEnded } = await reader.read(batchSize);
        const accepted = records.filter(({ record }) => options.accepts?.(record) ?? true);
        await processAll(shardId, accepted);
        if (accepted.length < records.length) advance(shardId, records.at(-1));
        if (hasEnded) {
          ended.add(shardId);
          save();
        }
        if (hasEnded || records.length === 0) return;
      }
    } catch (error) {
      reader.rewind(positions.get(shardId));
      throw error;
    }
  };

  const drainShards = async (): Promise<void> => {
    if (Date.now() - shardsListedAt > maxShardListAgeMs) {
      shards = await listShards(options.client, options.streamArn);
      shardsListedAt = Date.now();
    }
    for (const shardId of shards) if (!ended.has(shardId)) await drainShard(shardId);
  };

  const queue = oneAtATime();
  let waiting: Promise<void> | undefined;
  /** Calls made while one waits in the queue share it: it has not started reading yet. */
  const drain = (): Promise<void> => {
    waiting ??= queue(() => {
      waiting = undefined;
      return drainShards();
    });
    return waiting;
  };

  const pollMs = options.pollMs ?? 200;
  const loop = async (): Promise<void> => {
    while (!stopping.signal.aborted && pollMs > 0) {
      await drain().catch((error: unknown) => options.onError?.(error));
      await sleep(pollMs, undefined, { signal: stopping.signal }).catch(() => undefined);
    }
  };
  const looping = loop();
  return {
    drain,
    stop: async () => {
      stopping.abort();
      await looping;
      await queue(async () => undefined);
    },
  };
};
