import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  floorPercent,
  type Interval,
  overThreshold,
  wilson,
  worstAndBestCase,
} from '../../../../shared/outcomes/claims/statistics.ts';
import {
  agrestiCoull,
  clopperPearson,
  isOver,
  overThresholdOfLowerBound,
} from '../../../support/oracles/statistics.ts';

type Row = readonly [number, number, string, string, string];

/** Newcombe 1998 (81/263, 15/148) and values computed with two independent statistics packages. */
const rows: readonly Row[] = [
  [81, 263, '.2553-.3662', '.2527-.3676', '.2552-.3663'],
  [15, 148, '.0624-.1605', '.0578-.1617', '.0614-.1615'],
  [0, 20, '0-.1611', '0-.1684', '0-.1898'],
  [1, 29, '.0061-.1718', '.0009-.1776', '0-.1863'],
  [29, 29, '.8830-1', '.8806-1', '.8613-1'],
  [10, 10, '.7225-1', '.6915-1', '.6791-1'],
  [11, 11, '.7412-1', '.7151-1', '.6998-1'],
  [9, 10, '.5958-.9821', '.5550-.9975', '.5740-1'],
  [18, 20, '.6990-.9721', '.6830-.9877', '.6868-.9843'],
  [45, 50, '.7864-.9565', '.7819-.9667', '.7821-.9609'],
  [90, 100, '.8256-.9448', '.8238-.9510', '.8239-.9465'],
  [91, 100, '.8377-.9519', '.8360-.9580', '.8358-.9538'],
  [270, 300, '.8608-.9291', '.8603-.9315', '.8605-.9294'],
  [280, 300, '.8993-.9564', '.8989-.9588', '.8988-.9569'],
  [830, 1000, '.8055-.8520', '.8053-.8528', '.8054-.8520'],
  [930, 1000, '.9125-.9442', '.9124-.9450', '.9124-.9443'],
];

const expectBounds = (found: Interval | null, text: string): void => {
  const [low = '', high = ''] = text.split('-');
  expect(found?.low).toBeCloseTo(Number(low), 4);
  expect(found?.high).toBeCloseTo(Number(high), 4);
};

describe('intervals at 95%', () => {
  test.each(rows)('%i of %i', (x, n, byWilson, byClopperPearson, byAgrestiCoull) => {
    expectBounds(wilson(x, n), byWilson);
    expectBounds(clopperPearson(x, n), byClopperPearson);
    expectBounds(agrestiCoull(x, n), byAgrestiCoull);
  });

  it('are exactly 0 and 1 at the ends', () => {
    expect([wilson(0, 20)?.low, wilson(29, 29)?.high]).toEqual([0, 1]);
    expect([clopperPearson(0, 20)?.low, clopperPearson(29, 29)?.high]).toEqual([0, 1]);
    expect([agrestiCoull(1, 29)?.low, agrestiCoull(29, 29)?.high]).toEqual([0, 1]);
  });

  it('do not exist for n of 0', () => {
    expect([wilson(0, 0), clopperPearson(0, 0), agrestiCoull(0, 0)]).toEqual([null, null, null]);
    expect([floorPercent(0, 0), overThreshold(0, 0), overThresholdOfLowerBound(0, 0)]).toEqual([
      null,
      null,
      null,
    ]);
    expect(worstAndBestCase(0, 0, 0)).toBeNull();
  });

  test.each([
    ['Kwak 2019, 3 months', 26, 50, '.3851-.6520'],
    ['Manchikanti 2010, anaesthetic alone', 51, 60, '.7389-.9190'],
    ['Manchikanti 2010, with steroid', 54, 60, '.7985-.9534'],
    ['facet injections, to 3 months', 79, 86, '.8414-.9600'],
    ['ENCORE mild, ODI 6 months', 89, 143, '.5407-.6977'],
    ['ENCORE mild, ODI 1 year', 83, 143, '.4985-.6582'],
    ['ENCORE mild, ODI 2 years', 71, 98, '.6288-.8032'],
    ['ENCORE epidural, ODI 6 months', 46, 129, '.2792-.4423'],
    ['ENCORE epidural, ODI 1 year', 35, 129, '.2020-.3538'],
  ])('Wilson of %s', (_, x, n, text) => {
    expectBounds(wilson(x, n), text);
  });
});

describe('"over T%"', () => {
  const smallest = (n: number, holds: (x: number) => boolean): number | undefined =>
    Array.from({ length: n + 1 }, (_, x) => x).find(holds);

  test.each([
    [60, '31/37 61/70 121/134 181/197 301/322 601/631'],
    [75, '38/44 76/84 151/163 226/240 376/394 751/777'],
    [83, '42/47 84/91 167/177 250/262 416/432 831/854'],
    [90, '46/50 91/96 181/189 271/281 451/464 901/919'],
  ])('over %i percent: the smallest x for the point and for the lower bound', (percent, expected) => {
    const found = [50, 100, 200, 300, 500, 1000].map((n) => {
      const point = smallest(n, (x) => isOver(percent, x, n));
      const bound = smallest(n, (x) => (overThresholdOfLowerBound(x, n) ?? -1) >= percent);
      expect(smallest(n, (x) => (overThreshold(x, n) ?? -1) >= percent)).toBe(point);
      return `${point}/${bound}`;
    });
    expect(found.join(' ')).toBe(expected);
  });

  it('cannot be over 90% by the lower bound with fewer than 35 patients, all of them improved', () => {
    for (let n = 1; n <= 34; n += 1) expect(overThresholdOfLowerBound(n, n)).toBeLessThan(90);
    expect(isOver(90, 30, 30)).toBe(true);
    expect(clopperPearson(34, 34)?.low).toBeLessThan(0.9);
    expect(overThresholdOfLowerBound(35, 35)).toBe(90);
    expect(clopperPearson(35, 35)?.low).toBeLessThan(0.9);
    expect(clopperPearson(36, 36)?.low).toBeGreaterThan(0.9);
  });

  test.each([
    [26, 50, 51, 52],
    [54, 60, 89, 90],
    [91, 100, 90, 91],
    [79, 86, 91, 91],
    [66, 75, 87, 88],
    [89, 143, 62, 62],
    [60, 60, 99, 100],
    [1, 200, 0, 0],
    [10, 1000, 0, 1],
    [1, 1, 99, 100],
    [1, 3, 33, 33],
    [29, 99, 29, 29],
  ])('%i of %i is over %i percent, and %i rounded down', (x, n, over, floor) => {
    expect(overThreshold(x, n)).toBe(over);
    expect(floorPercent(x, n)).toBe(floor);
    expect(isOver(over, x, n)).toBe(true);
    expect(isOver(over + 1, x, n)).toBe(false);
  });

  it('has the lower bound of 79 of 86 over 84%', () => {
    expect(overThresholdOfLowerBound(79, 86)).toBe(84);
    expect(overThresholdOfLowerBound(0, 86)).toBeNull();
  });

  it('is over nothing when x is 0', () => {
    expect(overThreshold(0, 50)).toBeNull();
  });
});

const share = fc
  .integer({ min: 1, max: 2_000_000_000 })
  .chain((n) => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)));

describe('whatever x and n', () => {
  it('a floored percentage never exceeds the share, but one more does', () => {
    fc.assert(
      fc.property(share, ([x, n]) => {
        const percent = BigInt(floorPercent(x, n) ?? -1);
        expect(percent * BigInt(n) <= 100n * BigInt(x)).toBe(true);
        expect((percent + 1n) * BigInt(n) > 100n * BigInt(x)).toBe(true);
      }),
    );
  });

  it('"over" is strict and exact, in whole numbers of any size', () => {
    fc.assert(
      fc.property(share, fc.integer({ min: 0, max: 100 }), ([x, n], percent) => {
        expect(isOver(percent, x, n)).toBe(100n * BigInt(x) > BigInt(percent) * BigInt(n));
        const over = overThreshold(x, n);
        expect(over === null).toBe(x === 0);
        if (over === null) return;
        expect(100n * BigInt(x) > BigInt(over) * BigInt(n)).toBe(true);
        expect(100n * BigInt(x) > BigInt(over + 1) * BigInt(n)).toBe(false);
      }),
    );
  });

  it('the lower bound never clears more than the share itself does', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, seed) => {
        const x = seed % (n + 1);
        expect(overThresholdOfLowerBound(x, n) ?? -1).toBeLessThanOrEqual(overThreshold(x, n) ?? -1);
      }),
    );
  });

  test.each([
    [29, 100, 29],
    [57, 100, 57],
    [58, 100, 58],
    [7, 25, 28],
    [14, 25, 56],
  ])('%i of %i is not over %i percent, though floating-point division may say so', (x, n, percent) => {
    expect(isOver(percent, x, n)).toBe(false);
    expect(overThreshold(x, n)).toBe(percent - 1);
    expect(floorPercent(x, n)).toBe(percent);
  });

  it('exact multiples are never "over" themselves', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 100 }), fc.integer({ min: 1, max: 1_000_000 }), (percent, k) => {
        expect(overThreshold(percent * k, 100 * k)).toBe(percent - 1);
      }),
    );
  });

  it('one more patient with the outcome raises every bound', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 5000 }), fc.nat(), (n, seed) => {
        const x = seed % n;
        for (const bounds of [wilson, agrestiCoull]) {
          const [less, more] = [bounds(x, n), bounds(x + 1, n)];
          expect(more?.low ?? -1).toBeGreaterThanOrEqual(less?.low ?? 2);
          expect(more?.high ?? -1).toBeGreaterThanOrEqual(less?.high ?? 2);
        }
        for (const percentOf of [overThreshold, floorPercent, overThresholdOfLowerBound]) {
          const [less, more] = [percentOf(x, n) ?? -1, percentOf(x + 1, n) ?? -1];
          expect(more).toBeGreaterThanOrEqual(less);
          expect(percentOf(x + 1, n + 1) ?? -1).toBeGreaterThanOrEqual(less);
          expect(percentOf(x, n + 1) ?? -1).toBeLessThanOrEqual(less);
        }
      }),
    );
  });

  it('the interval is around the share', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(), (n, seed) => {
        const x = seed % (n + 1);
        for (const bounds of [wilson(x, n), clopperPearson(x, n)]) {
          expect(bounds?.low).toBeLessThanOrEqual(x / n + 1e-9);
          expect(bounds?.high).toBeGreaterThanOrEqual(x / n - 1e-9);
        }
      }),
    );
  });

  it('the worst and best case are around the share', () => {
    expect(worstAndBestCase(91, 100, 250)).toEqual({ low: 0.364, high: 0.964 });
    expect(worstAndBestCase(71, 98, 149)?.low).toBeCloseTo(0.4765, 4);
    fc.assert(
      fc.property(fc.nat(2000), fc.nat(2000), fc.integer({ min: 1, max: 5000 }), (x, without, silent) => {
        const n = x + without;
        const bounds = worstAndBestCase(x, n, n + silent);
        expect(bounds?.low).toBeGreaterThanOrEqual(0);
        expect(bounds?.high).toBeLessThanOrEqual(1);
        if (n === 0) return;
        expect(bounds?.low).toBeLessThanOrEqual(x / n);
        expect(bounds?.high).toBeGreaterThanOrEqual(x / n);
      }),
    );
  });
});
