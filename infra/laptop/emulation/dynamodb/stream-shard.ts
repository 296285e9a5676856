import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { type PumpedRecord, toLambdaRecord } from './stream-records.ts';

/** A place in a shard: the last record processed. `createdAt` is in epoch seconds. */
export type Position = { readonly sequenceNumber: string; readonly createdAt: number };

/** Records in order. `ended` means that the shard is closed and fully read. */
export type ShardRead = { readonly records: readonly PumpedRecord[]; readonly ended: boolean };

export type ShardReader = {
  readonly read: (limit: number) => Promise<ShardRead>;
  /** Makes the next read start after `position`, or at the oldest record. */
  readonly rewind: (position: Position | undefined) => void;
};

/** Returns the ids of a stream's shards, parents before their children. */
export const listShards = async (
  client: DynamoDBStreamsClient,
  streamArn: string,
): Promise<readonly string[]> => {
  const parents = new Map<string, string | undefined>();
  let from: string | undefined;
  do {
    const page = await client.send(
      new DescribeStreamCommand({
        StreamArn: streamArn,
        ...(from !== undefined && { ExclusiveStartShardId: from }),
      }),
    );
    for (const shard of page.StreamDescription?.Shards ?? []) {
      if (shard.ShardId !== undefined) parents.set(shard.ShardId, shard.ParentShardId);
    }
    from = page.StreamDescription?.LastEvaluatedShardId;
  } while (from !== undefined);
  const depth = (id: string | undefined): number =>
    id !== undefined && parents.has(id) ? 1 + depth(parents.get(id)) : 0;
  return [...parents.keys()].sort((a, b) => depth(a) - depth(b) || (a < b ? -1 : 1));
};

const isGone = (error: unknown): boolean =>
  error instanceof TrimmedDataAccessException || error instanceof ExpiredIteratorException;

/** Opens a shard after `start`, or at its oldest record when there is no start or its record is gone. */
export const openShard = (
  client: DynamoDBStreamsClient,
  streamArn: string,
  shardId: string,
  start: Position | undefined,
): ShardReader => {
  let position = start;
  let iterator: string | undefined;
  const shard = { StreamArn: streamArn, ShardId: shardId };

  const oldest = async (): Promise<string | undefined> =>
    (await client.send(new GetShardIteratorCommand({ ...shard, ShardIteratorType: 'TRIM_HORIZON' })))
      .ShardIterator;

  /**
   * Streams keep records for a day. dynoxide restarts at number 1 once all records are gone, so a position counts
   * only when its record still exists with the same creation time.
   */
  const after = async (known: Position): Promise<string | undefined> => {
    const at = await client.send(
      new GetShardIteratorCommand({
        ...shard,
        ShardIteratorType: 'AT_SEQUENCE_NUMBER',
        SequenceNumber: known.sequenceNumber,
      }),
    );
    const found = await client.send(new GetRecordsCommand({ ShardIterator: at.ShardIterator, Limit: 1 }));
    const [first] = (found.Records ?? []).map((raw) => toLambdaRecord(raw, streamArn));
    const isThere = first?.sequenceNumber === known.sequenceNumber && first.createdAt === known.createdAt;
    return isThere ? found.NextShardIterator : oldest();
  };

  const open = async (): Promise<string | undefined> => {
    try {
      return await (position === undefined ? oldest() : after(position));
    } catch (error) {
      if (isGone(error)) return oldest();
      throw error;
    }
  };
  const read = async (limit: number): Promise<ShardRead> => {
    iterator ??= await open();
    if (iterator === undefined) return { records: [], ended: true };
    try {
      const page = await client.send(new GetRecordsCommand({ ShardIterator: iterator, Limit: limit }));
      const records = (page.Records ?? []).map((raw) => toLambdaRecord(raw, streamArn));
      const last = records.at(-1);
      if (last !== undefined) position = { sequenceNumber: last.sequenceNumber, createdAt: last.createdAt };
      iterator = page.NextShardIterator;
      return { records, ended: iterator === undefined };
    } catch (error) {
      if (!isGone(error)) throw error;
      iterator = undefined;
      return read(limit);
    }
  };
  return {
    read,
    rewind: (to) => {
      position = to;
      iterator = undefined;
    },
  };
};
