import { describe, expect, it } from 'vitest';
import { dueShardCount } from '../../../shared/platform/tables.ts';

describe('the due index', () => {
  it('keeps its number of shards: entries of a shard that is no longer read would never be emailed', () => {
    expect(dueShardCount).toBe(2);
  });
});
