import { setTimeout as sleep } from 'node:timers/promises';
import type { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import type { DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from '../../host/atomic-file.ts';
import { oneAtATime } from '../../host/one-at-a-time.ts';
import type { PumpedRecord } from './stream-records.ts';
import { listShards, openShard, type Position, type ShardReader } from './stream-shard.ts';

/** A function that takes stream batches, as Lambda calls it with `ReportBatchItemFailures`. */
export type StreamHandler = (event: DynamoDBStreamEvent) => Promise<unknown>;

export type StreamPump = {
  /** Returns once every record written before the call has been dealt with. */
  readonly drain: () => Promise<void>;
  /** Ends the background loop after the batch in hand. */
  readonly stop: () => Promise<void>;
};

export type PumpOptions = {
  readonly client: DynamoDBStreamsClient;
  readonly streamArn: string;
  readonly handler: StreamHandler;
  /** Where it keeps how far it has got. */
  readonly checkpointFile: string;
  /** Lambda's event filter: records it says no to are never handed over. */
  readonly accepts?: (record: DynamoDBRecord) => boolean;
  readonly batchSize?: number;
  /** The pause between reads of an idle stream; 0 for no background loop at all, `drain` only. */
  readonly pollMs?: number;
  /** How often one record may fail alone before it is given up; 10, which takes about 15 seconds. */
  readonly maxAttempts?: number;
  /** Told of a record that was given up: the on-failure destination of the event source mapping. */
  readonly onGivenUp?: (sequenceNumber: string, error: unknown, attempts: number) => void;
  /** Told when the stream cannot be read or a batch fails; it is tried again. */
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

/** How long a retried batch waits: doubling from 50 ms to 2 s. */
const retryWait = (attempt: number): number => Math.min(2000, 50 * 2 ** attempt);

/** New shards are looked for this often. DynamoDB makes some every few hours; the embedded one never does. */
const shardsKnownForMs = 60_000;

/**
 * Reads the table's stream through DynamoDB Streams' own API and hands it to the handler as Lambda does: in
 * order, at least once, again from the first record that failed, a failing batch in halves until the record
 * that fails stands alone, which is given up after `maxAttempts`. The checkpoint is written after each batch,
 * so a crash repeats a batch and never skips one.
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

  /** Hands over one batch; gives how many records from its start are done with. */
  const handOver = async (batch: readonly PumpedRecord[]): Promise<{ done: number; error?: unknown }> => {
    try {
      const answer = await options.handler({ Records: batch.map(({ record }) => record) });
      const failures = batchResponse.parse(answer ?? {}).batchItemFailures.map((item) => item.itemIdentifier);
      if (failures.length === 0) return { done: batch.length };
      const first = batch.findIndex(({ sequenceNumber }) => failures.includes(sequenceNumber));
      return { done: Math.max(0, first), error: new Error('The handler reported failed records.') };
    } catch (error) {
      return { done: 0, error };
    }
  };

  /** Deals with all records, or, once stopping, with those before the first that fails. */
  const deal = async (shardId: string, records: readonly PumpedRecord[]): Promise<void> => {
    let rest = records;
    let size = rest.length;
    let failures = 0;
    let failuresAlone = 0;
    while (rest.length > 0) {
      const batch = rest.slice(0, size);
      const { done, error } = await handOver(batch);
      if (error !== undefined) options.onError?.(error);
      failures = done > 0 ? 0 : failures + 1;
      failuresAlone = done === 0 && batch.length === 1 ? failuresAlone + 1 : 0;
      const givenUp = failuresAlone >= maxAttempts;
      if (givenUp) {
        options.onGivenUp?.(batch[0]?.sequenceNumber ?? '', error, failuresAlone);
        failures = 0;
        failuresAlone = 0;
      }
      const past = givenUp ? 1 : done;
      advance(shardId, batch.slice(0, past).at(-1));
      rest = rest.slice(past);
      size = error === undefined || givenUp ? rest.length : Math.max(1, Math.ceil(batch.length / 2));
      if (error === undefined || givenUp) continue;
      if (stopping.signal.aborted) throw error;
      await sleep(retryWait(failures));
    }
  };

  const advance = (shardId: string, last: PumpedRecord | undefined): void => {
    if (last === undefined) return;
    positions.set(shardId, { sequenceNumber: last.sequenceNumber, createdAt: last.createdAt });
    save();
  };

  /** Reads one shard until it has no more for now. */
  const readOut = async (shardId: string): Promise<void> => {
    const reader =
      readers.get(shardId) ?? openShard(options.client, options.streamArn, shardId, positions.get(shardId));
    readers.set(shardId, reader);
    try {
      for (;;) {
        const { records, ended: hasEnded } = await reader.read(batchSize);
        const accepted = records.filter(({ record }) => options.accepts?.(record) ?? true);
        await deal(shardId, accepted);
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

  const readAll = async (): Promise<void> => {
    if (Date.now() - shardsListedAt > shardsKnownForMs) {
      shards = await listShards(options.client, options.streamArn);
      shardsListedAt = Date.now();
    }
    for (const shardId of shards) if (!ended.has(shardId)) await readOut(shardId);
  };

  const queue = oneAtATime();
  let waiting: Promise<void> | undefined;
  /** A call that waits for its turn serves all that come before its turn. */
  const drain = (): Promise<void> => {
    waiting ??= queue(() => {
      waiting = undefined;
      return readAll();
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
