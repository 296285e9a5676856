import { describe, expect, it } from 'vitest';
import { cohortMonthOf, timepoints } from '../../../shared/platform/time.ts';

describe('a cohort month', () => {
  it.each([
    ['2026-03-08', '2026-03'],
    ['2025-12-31', '2025-12'],
  ] as const)('of %s is %s', (date, month) => {
    expect(cohortMonthOf(date)).toBe(month);
  });
});

describe('the timepoints', () => {
  it('are in order of time', () => {
    expect(timepoints).toEqual(['2w', '1m', '3m', '6m', '12m']);
  });
});
