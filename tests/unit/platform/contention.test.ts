import { describe, expect, it } from 'vitest';
import { busy, isBusy, tryRepeatedly, waitAfter } from '../../../shared/platform/contention.ts';
import { reasonOf } from '../../../shared/platform/logging/errors.ts';

const limits = { firstMs: 10, maxMs: 100 };

const atMost = () => 0.999_999;

describe('the wait between tries', () => {
  it.each([
    [0, 0],
    [1, 0],
    [2, 9],
    [3, 19],
    [5, 79],
    [6, 99],
    [60, 99],
  ])('after %i failed tries is at most %i ms: none at first, doubling, bounded', (failed, ms) => {
    expect(waitAfter(failed, limits, atMost)).toBe(ms);
  });

  it('is random from nothing on, so writers that collided do not meet again in step', () => {
    expect(waitAfter(6, limits, () => 0)).toBe(0);
    expect(waitAfter(6, limits, () => 0.5)).toBe(50);
    const waits = Array.from({ length: 50 }, () => waitAfter(6, limits));
    expect(new Set(waits).size).toBeGreaterThan(5);
  });
});

describe('trying repeatedly', () => {
  const tries = { max: 4, firstMs: 0, maxMs: 0 };

  it('ends with the first try that is done', async () => {
    let count = 0;
    const result = await tryRepeatedly(
      async () => {
        count += 1;
        return count === 3 ? { outcome: 'done', result: 'stored' } : { outcome: 'again' };
      },
      tries,
      'never',
    );
    expect([result, count]).toEqual(['stored', 3]);
  });

  it('takes a busy store for a failed try, and ends busy with a message that may be logged', async () => {
    let count = 0;
    const error: unknown = await tryRepeatedly(
      async () => {
        count += 1;
        throw busy('The table cannot take a write now.');
      },
      tries,
      'It was always busy.',
    ).catch((thrown: unknown) => thrown);
    expect(count).toBe(4);
    expect(isBusy(error)).toBe(true);
    expect(reasonOf(error)).toBe('It was always busy.');
  });

  it('passes any other error on at once', async () => {
    let count = 0;
    const failing = tryRepeatedly(
      async () => {
        count += 1;
        throw new Error('broken');
      },
      tries,
      'never',
    );
    await expect(failing).rejects.toThrow('broken');
    expect(count).toBe(1);
  });
});
