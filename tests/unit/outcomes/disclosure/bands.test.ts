import { describe, expect, it, test } from 'vitest';
import {
  bandFor,
  bandOf,
  bands,
  responseRateShown,
} from '../../../../shared/outcomes/disclosure/disclosure.ts';

describe('the bands of numbers of answers', () => {
  it('follow each other without a gap; the open one ends at twice its start', () => {
    expect(bands.map(({ label, low, high }) => `${label}: ${low} to ${high}`)).toEqual([
      '30-49: 30 to 49',
      '50-99: 50 to 99',
      '100-199: 100 to 199',
      '200-499: 200 to 499',
      '500-999: 500 to 999',
      '1000-1999: 1000 to 1999',
      '2000-4999: 2000 to 4999',
      '5000-9999: 5000 to 9999',
      '10000+: 10000 to 20000',
    ]);
  });

  test.each([
    [0, undefined],
    [29, undefined],
    [30, '30-49'],
    [49, '30-49'],
    [50, '50-99'],
    [9999, '5000-9999'],
    [10_000, '10000+'],
    [1_000_000, '10000+'],
  ])('put %i into %s', (count, label) => {
    expect(bandFor(count)?.label).toBe(label);
  });

  it('are found by their label', () => {
    for (const band of bands) expect(bandOf(band.label)).toBe(band);
    expect(bandOf('30-50')).toBeUndefined();
  });
});

describe('the response rate shown', () => {
  test.each([
    [50, 100, 50],
    [54, 100, 50],
    [55, 100, 55],
    [30, 1000, 0],
    [89, 100, 85],
    [90, 101, 85],
    // As if at least 11 had not answered: 100 of 111, 995 of 1006.
    [100, 100, 90],
    [995, 1000, 95],
    [1000, 1000, 95],
    [0, 0, 0],
  ])('%i of %i is %i percent', (answered, eligible, percent) => {
    expect(responseRateShown(answered, eligible)).toBe(percent);
  });
});
