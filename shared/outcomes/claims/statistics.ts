/** Two-sided bounds of a proportion, 0 to 1. */
export type Interval = { readonly low: number; readonly high: number };

/** The 97.5% quantile of the standard normal distribution: intervals are at 95%. */
export const z = 1.959963984540054;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Takes integers, the divisor over 0, gives their quotient rounded down; exact, with no fraction on the way. */
export const wholeQuotient = (dividend: number, divisor: number): number =>
  (dividend - (dividend % divisor)) / divisor;

/** Takes x of n as `wilson` does, with n of 1 or more and x not necessarily whole, gives the interval. */
export const wilsonOfSome = (x: number, n: number): Interval => {
  const centre = (x + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((x * (n - x)) / n + (z * z) / 4);
  return { low: x === 0 ? 0 : clamp(centre - half), high: x === n ? 1 : clamp(centre + half) };
};

/**
 * Takes x successes of n (integers, 0 <= x <= n), gives the Wilson score interval at 95%, or null when n is 0.
 * Newcombe 1998, Stat Med 17:857-72, method 3.
 */
export const wilson = (x: number, n: number): Interval | null => (n === 0 ? null : wilsonOfSome(x, n));

/**
 * Takes x successes of n (integers), gives the Agresti-Coull interval at 95%, cut to 0..1, which it can leave,
 * or null when n is 0. Agresti and Coull 1998, Am Stat 52:119-26.
 */
export const agrestiCoull = (x: number, n: number): Interval | null => {
  if (n === 0) return null;
  const total = n + z * z;
  const share = (x + (z * z) / 2) / total;
  const half = z * Math.sqrt((share * (1 - share)) / total);
  return { low: clamp(share - half), high: clamp(share + half) };
};

/** Takes x of n and a whole percentage, says whether x/n is strictly over it. Integers only, so never a rounding. */
export const isOver = (percent: number, x: number, n: number): boolean => 100 * x > percent * n;

/**
 * Takes x of n (integers), gives the largest whole percentage that x/n is strictly over: 54 of 60 is over 89%,
 * not over 90%. Null when there is none, for x or n of 0.
 */
export const overThreshold = (x: number, n: number): number | null =>
  x === 0 || n === 0 ? null : wholeQuotient(100 * x - 1, n);

/** Takes x of n (integers), gives x/n in whole percent, rounded down; null when n is 0. */
export const floorPercent = (x: number, n: number): number | null =>
  n === 0 ? null : wholeQuotient(100 * x, n);

/**
 * Takes x of n (integers), gives the largest whole percentage that the lower Wilson bound is strictly over: what
 * can be said of patients in general rather than of those who answered. Null when there is none.
 */
export const overThresholdOfLowerBound = (x: number, n: number): number | null => {
  const bounds = wilson(x, n);
  return bounds === null || bounds.low === 0 ? null : Math.ceil(100 * bounds.low) - 1;
};

/**
 * Takes x of n who answered, out of all who were eligible (integers), gives the bounds of the share that nobody
 * can argue with (Manski): none, or all, of those who did not answer had the outcome. Null when none is eligible.
 */
export const worstAndBestCase = (x: number, n: number, eligible: number): Interval | null =>
  eligible === 0 ? null : { low: x / eligible, high: (x + eligible - n) / eligible };
