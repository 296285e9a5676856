import jstat from 'jstat';
import type { Interval } from '../../../shared/outcomes/claims/statistics.ts';

/**
 * Takes x successes of n (integers, 0 <= x <= n), gives the exact interval at 95% from quantiles of the Beta
 * distribution, or null when n is 0. Clopper and Pearson 1934, Biometrika 26:404-13. Apart from `statistics.ts`
 * so that only who needs it carries the library.
 */
export const clopperPearson = (x: number, n: number): Interval | null => {
  if (n === 0) return null;
  return {
    low: x === 0 ? 0 : jstat.beta.inv(0.025, x, n - x + 1),
    high: x === n ? 1 : jstat.beta.inv(0.975, x + 1, n - x),
  };
};
