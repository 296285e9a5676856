import jstat from 'jstat';
import type { Interval } from '../../../shared/outcomes/claims/statistics.ts';

/**
 * Returns the exact 95% interval for x successes of n (integers, 0 <= x <= n) from quantiles of the Beta distribution;
 * null when n is 0. Clopper and Pearson 1934, Biometrika 26:404-13. Separate from the product's statistics, which do
 * without the library.
 */
export const clopperPearson = (x: number, n: number): Interval | null => {
  if (n === 0) return null;
  return {
    low: x === 0 ? 0 : jstat.beta.inv(0.025, x, n - x + 1),
    high: x === n ? 1 : jstat.beta.inv(0.975, x + 1, n - x),
  };
};
