import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { figuresOf, intervalShown, worstCaseShown } from '../../../../shared/outcomes/claims/figures.ts';
import { wilson } from '../../../../shared/outcomes/claims/statistics.ts';
import { bandFor, bands, responseRateShown } from '../../../../shared/outcomes/disclosure/disclosure.ts';

describe('the figures shown for a percentage', () => {
  test.each([
    [90, 100, 82, 96],
    [90, 50, 78, 97],
    [83, 1000, 80, 87],
    [52, 50, 38, 67],
    [99, 30, 86, 100],
    [100, 30, 88, 100],
    [0, 30, 0, 14],
  ])(
    '%i%% of at least %i: the interval covers it and the next percentage, %i%% to %i%%',
    (percent, minAnswers, low, high) => {
      expect(intervalShown(percent, minAnswers)).toEqual({ low, high });
    },
  );

  test.each([
    [91, 40, 36],
    [90, 50, 45],
    [100, 100, 100],
    [99, 5, 4],
    [60, 0, 0],
  ])('%i%% of the %i%% who answered is at least %i%% of all', (percent, rate, expected) => {
    expect(worstCaseShown(percent, rate)).toBe(expected);
  });

  test.each([
    [30, 30, 70],
    [100, 100, 90],
    [50, 100, 50],
    [49, 100, 45],
    [89, 100, 85],
    [90, 100, 85],
    [989, 1000, 95],
  ])('%i of %i answered: at least %i%%, as if 11 had not', (answered, eligible, expected) => {
    expect(responseRateShown(answered, eligible)).toBe(expected);
  });
});

const shares = fc
  .integer({ min: 30, max: 6000 })
  .chain((n) => fc.tuple(fc.integer({ min: 1, max: n }), fc.constant(n)));

describe('the figures shown for any x and n', () => {
  it('have an interval that contains the Wilson interval and depends on percentage and band only', () => {
    fc.assert(
      fc.property(shares, fc.constantFrom('over', 'floor'), ([x, n], rule) => {
        const percent = figuresOf(rule, x, n)?.percent ?? -1;
        const shown = intervalShown(percent, bandFor(n)?.low ?? 0);
        const exact = wilson(x, n);
        expect(shown.low / 100).toBeLessThanOrEqual(exact?.low ?? -1);
        expect(shown.high / 100).toBeGreaterThanOrEqual(exact?.high ?? 2);
      }),
    );
  });

  it('have a response rate and a worst case that are never too high', () => {
    fc.assert(
      fc.property(shares, fc.nat(9000), ([x, n], silent) => {
        const rate = responseRateShown(n, n + silent);
        expect(rate * (n + silent)).toBeLessThanOrEqual(100 * n);
        expect(rate % 5).toBe(0);
        const percent = figuresOf('over', x, n)?.percent ?? 0;
        expect(worstCaseShown(percent, rate) * (n + silent)).toBeLessThanOrEqual(100 * x);
      }),
    );
  });

  it('have a response rate that rules out no number of answers', () => {
    const rates = Array.from({ length: 19 }, (_, index) => 5 * (index + 1));
    for (const rate of rates) {
      for (let n = 30; n <= 2000; n += 1) {
        const maxEligible = Math.floor((100 * n) / rate);
        const isPossible = responseRateShown(n, maxEligible) === rate;
        if (!isPossible) expect(rate * (n + 11)).toBeGreaterThan(100 * n);
      }
    }
  });

  it('have bands without gaps', () => {
    expect(bands.slice(1).every((band, index) => band.low === (bands[index]?.high ?? 0) + 1)).toBe(true);
    expect(bands.map(({ label }) => label)).toEqual([
      '30-49',
      '50-99',
      '100-199',
      '200-499',
      '500-999',
      '1000-1999',
      '2000-4999',
      '5000-9999',
      '10000+',
    ]);
    for (const { low, high, label } of bands) {
      expect([bandFor(low)?.label, bandFor(high)?.label]).toEqual([label, label]);
    }
    expect(bands.at(-1)).toEqual({ label: '10000+', low: 10_000, high: 20_000 });
    expect([bandFor(29), bandFor(123_456)?.label]).toEqual([undefined, '10000+']);
  });
});
