import jstat from 'jstat';
import type { Interval } from '../../../shared/outcomes/claims/statistics.ts';

/** The 97.5% quantile of the standard normal distribution. */
const z = 1.959963984540054;

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
 * True when a score test at 95% rejects that the share behind x of n (integers) is `percent` or less. The lower Wilson
 * bound is the largest share so rejected: Wilson 1927, JASA 22:209-12. No interval is computed.
 */
export const isOverInGeneral = (percent: number, x: number, n: number): boolean => {
  const excess = 100 * x - percent * n;
  return excess > 0 && excess * excess > z * z * percent * (100 - percent) * n;
};

/**
 * The largest whole percentage that the lower Wilson bound of x of n (integers) is strictly over: what could be said of
 * patients in general rather than of those who answered. Null when there is none.
 */
export const overThresholdOfLowerBound = (x: number, n: number): number | null => {
  for (let percent = 99; percent >= 0; percent -= 1) if (isOverInGeneral(percent, x, n)) return percent;
  return null;
};
