import {
  DescribeStreamCommand,
  type DynamoDBStreamsClient,
  ExpiredIteratorException,
  GetRecordsCommand,
  GetShardIteratorCommand,
  TrimmedDataAccessException,
} from '@aws-sdk/client-dynamodb-streams';
import { type PumpedRecord, toLambdaRecord } from './stream-records.ts';

/** A place in a shard: the last record that was dealt with. */
export type Position = { readonly sequenceNumber: string; readonly createdAt: number };

/** What one read gave: records in order, and whether the shard can ever have more. */
export type ShardRead = { readonly records: readonly PumpedRecord[]; readonly ended: boolean };

export type ShardReader = {
  readonly read: (limit: number) => Promise<ShardRead>;
  /** Forgets how far it has read: the next read starts after `position`, or at the oldest record. */
  readonly rewind: (position: Position | undefined) => void;
};

/** Gives the ids of a stream's shards, a parent always before its children. */
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

/** Opens a shard after a position, or at its oldest record when there is none or it is no longer there. */
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
   * A stream keeps a day. The embedded DynamoDB numbers from 1 again once all records are gone, so a position
   * is used only if the record it names is still there, written when the position says.
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
