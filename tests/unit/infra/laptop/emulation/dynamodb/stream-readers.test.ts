import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readersAsOne } from '../../../../../../infra/laptop/emulation/dynamodb/stream-readers.ts';

const record = (sk: string): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { Keys: { sk: { S: sk } } },
});
const skOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.['sk']?.S ?? '';

const reader = (prefix: string, result: unknown = undefined) => {
  const batches: string[][] = [];
  return {
    batches,
    accepts: (candidate: DynamoDBRecord) => skOf(candidate).startsWith(prefix),
    handler: async ({ Records }: { readonly Records: readonly DynamoDBRecord[] }) => {
      batches.push(Records.map(skOf));
      return result;
    },
  };
};

describe('combined readers of the stream', () => {
  it('each get their own records, and are not invoked without any', async () => {
    const [a, b] = [reader('a', 'of a'), reader('b', 'of b')];
    const combined = readersAsOne([a, b]);
    expect(await combined.handler({ Records: [record('a1'), record('b1'), record('a2')] })).toBe('of a');
    await combined.handler({ Records: [record('a3')] });
    expect([a.batches, b.batches]).toEqual([[['a1', 'a2'], ['a3']], [['b1']]]);
  });

  it('accept what any of them accepts', () => {
    const combined = readersAsOne([reader('a'), reader('b')]);
    expect(['a1', 'b1', 'c1'].map((sk) => combined.accepts(record(sk)))).toEqual([true, true, false]);
  });

  it('fail together, which repeats the batch', async () => {
    const failing = { ...reader('b'), handler: async () => Promise.reject(new Error('no')) };
    await expect(readersAsOne([reader('a'), failing]).handler({ Records: [record('b1')] })).rejects.toThrow(
      'no',
    );
  });
});
