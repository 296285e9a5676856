import type { DynamoDBRecord } from 'aws-lambda';
import { describe, expect, it } from 'vitest';
import { readersAsOne } from '../../../../../../infra/laptop/emulation/dynamodb/stream-readers.ts';

const record = (sk: string): DynamoDBRecord => ({
  eventName: 'INSERT',
  dynamodb: { Keys: { sk: { S: sk } } },
});
const skOf = ({ dynamodb }: DynamoDBRecord): string => dynamodb?.Keys?.['sk']?.S ?? '';

const reader = (prefix: string, answer: unknown = undefined) => {
  const got: string[][] = [];
  return {
    got,
    accepts: (each: DynamoDBRecord) => skOf(each).startsWith(prefix),
    handler: async ({ Records }: { readonly Records: readonly DynamoDBRecord[] }) => {
      got.push(Records.map(skOf));
      return answer;
    },
  };
};

describe('several readers of the stream as one', () => {
  it('get their own records each, and are not called without any', async () => {
    const [a, b] = [reader('a', 'of a'), reader('b', 'of b')];
    const one = readersAsOne([a, b]);
    expect(await one.handler({ Records: [record('a1'), record('b1'), record('a2')] })).toBe('of a');
    await one.handler({ Records: [record('a3')] });
    expect([a.got, b.got]).toEqual([[['a1', 'a2'], ['a3']], [['b1']]]);
  });

  it('let through what any of them takes', () => {
    const one = readersAsOne([reader('a'), reader('b')]);
    expect(['a1', 'b1', 'c1'].map((sk) => one.accepts(record(sk)))).toEqual([true, true, false]);
  });

  it('fail together, so that the batch comes again', async () => {
    const failing = { ...reader('b'), handler: async () => Promise.reject(new Error('no')) };
    await expect(readersAsOne([reader('a'), failing]).handler({ Records: [record('b1')] })).rejects.toThrow(
      'no',
    );
  });
});
