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
 * Takes x of n (integers), gives the largest whole percentage that x/n is strictly over: 54 of 60 is over 89%,
 * not over 90%. Null when there is none, for x or n of 0.
 */
export const overThreshold = (x: number, n: number): number | null =>
  x === 0 || n === 0 ? null : wholeQuotient(100 * x - 1, n);

/** Takes x of n (integers), gives x/n in whole percent, rounded down; null when n is 0. */
export const floorPercent = (x: number, n: number): number | null =>
  n === 0 ? null : wholeQuotient(100 * x, n);

/**
 * Takes x of n who answered, out of all who were eligible (integers), gives the bounds of the share that nobody
 * can argue with (Manski): none, or all, of those who did not answer had the outcome. Null when none is eligible.
 */
export const worstAndBestCase = (x: number, n: number, eligible: number): Interval | null =>
  eligible === 0 ? null : { low: x / eligible, high: (x + eligible - n) / eligible };
