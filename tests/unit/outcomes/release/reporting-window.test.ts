import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  addMonths,
  isWithin,
  lastDayOf,
  latestClosedMonth,
  reportingPeriod,
} from '../../../../shared/outcomes/release/release-counts.ts';
import { addDays } from '../../../../shared/platform/calendar.ts';
import { type CohortMonth, timepoints } from '../../../../shared/platform/time.ts';

describe('the reporting window', () => {
  it('closes with the survey windows', () => {
    expect(timepoints.map(lastDayOf)).toEqual([21, 45, 120, 225, 425]);
  });

  test.each([
    // 31 July plus 120 days is 28 November, which is still open that day.
    ['2026-11-28', '3m', '2026-06'],
    ['2026-11-29', '3m', '2026-07'],
    // 28 February plus 120 days is 28 June; so is 29 February in a leap year.
    ['2025-06-28', '3m', '2025-01'],
    ['2025-06-29', '3m', '2025-02'],
    ['2024-06-28', '3m', '2024-01'],
    ['2024-06-29', '3m', '2024-02'],
    ['2026-03-22', '2w', '2026-02'],
    ['2026-03-21', '2w', '2026-01'],
    ['2026-03-01', '12m', '2024-11'],
    ['2026-03-02', '12m', '2024-12'],
  ] as const)('on %s at %s ends with %s', (today, timepoint, expected) => {
    expect(latestClosedMonth(today, timepoint)).toBe(expected);
  });

  it('covers at most the latest 12 months, from the first with a patient', () => {
    expect(reportingPeriod('2026-11-29', '3m', 12, '2020-01')).toEqual({ from: '2025-08', to: '2026-07' });
    expect(reportingPeriod('2026-11-29', '3m', 12, '2026-05')).toEqual({ from: '2026-05', to: '2026-07' });
    expect(reportingPeriod('2026-11-29', '3m', 12, '2026-07')).toEqual({ from: '2026-07', to: '2026-07' });
    expect(reportingPeriod('2026-11-29', '3m', 12, '2026-08')).toBeUndefined();
    expect(reportingPeriod('2026-11-29', '3m', 12, undefined)).toBeUndefined();
  });

  it('includes both its ends', () => {
    const period = { from: '2025-08', to: '2026-07' } as const;
    const months = ['2025-07', '2025-08', '2026-07', '2026-08'] as const;
    expect(months.map((month) => isWithin(month, period))).toEqual([false, true, true, false]);
    expect(addMonths('2026-01', -1)).toBe('2025-12');
  });

  it('has no open survey window in its last month, but one in the month after', () => {
    const days = fc.tuple(fc.nat(1500), fc.constantFrom(...timepoints));
    fc.assert(
      fc.property(days, ([offset, timepoint]) => {
        const today = addDays('2024-01-01', offset);
        const month = latestClosedMonth(today, timepoint);
        const lastOf = (each: CohortMonth) => addDays(`${addMonths(each, 1)}-01`, -1);
        expect(addDays(lastOf(month), lastDayOf(timepoint)) < today).toBe(true);
        expect(addDays(lastOf(addMonths(month, 1)), lastDayOf(timepoint)) < today).toBe(false);
      }),
    );
  });
});
