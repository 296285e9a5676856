import jstat from 'jstat';
import { type Interval, wilson, z } from '../../../shared/outcomes/claims/statistics.ts';

/**
 * The exact interval at 95% of x successes of n (integers, 0 <= x <= n), from quantiles of the Beta distribution; null
 * when n is 0. Clopper and Pearson 1934, Biometrika 26:404-13.
 */
export const clopperPearson = (x: number, n: number): Interval | null => {
  if (n === 0) return null;
  return {
    low: x === 0 ? 0 : jstat.beta.inv(0.025, x, n - x + 1),
    high: x === n ? 1 : jstat.beta.inv(0.975, x + 1, n - x),
  };
};

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/**
 * The Agresti-Coull interval at 95% of x successes of n (integers), cut to 0..1, which it can leave; null when n is 0.
 * Agresti and Coull 1998, Am Stat 52:119-26.
 */
export const agrestiCoull = (x: number, n: number): Interval | null => {
  if (n === 0) return null;
  const total = n + z * z;
  const share = (x + (z * z) / 2) / total;
  const half = z * Math.sqrt((share * (1 - share)) / total);
  return { low: clamp(share - half), high: clamp(share + half) };
};

/** True when x/n is strictly over a whole percentage. Integers only, so nothing is rounded. */
export const isOver = (percent: number, x: number, n: number): boolean => 100 * x > percent * n;

/**
 * The largest whole percentage that the lower Wilson bound of x of n (integers) is strictly over: what could be said of
 * patients in general rather than of those who answered. Null when there is none.
 */
export const overThresholdOfLowerBound = (x: number, n: number): number | null => {
  const bounds = wilson(x, n);
  return bounds === null || bounds.low === 0 ? null : Math.ceil(100 * bounds.low) - 1;
};
