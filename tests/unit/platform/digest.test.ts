import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { digestOf } from '../../../shared/platform/digest.ts';

describe('a digest', () => {
  it('is the SHA-256 of the canonical JSON: keys in order, no white space', () => {
    const canonical = '{"a":[1,"é"],"b":{"c":null,"d":0.5}}';
    const digest = createHash('sha256').update(canonical).digest('hex');
    expect(digestOf({ b: { d: 0.5, c: null }, a: [1, 'é'] })).toBe(digest);
  });

  it('changes with any value', () => {
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
    expect(digestOf({ a: [1, 2] })).not.toBe(digestOf({ a: [2, 1] }));
  });
});
