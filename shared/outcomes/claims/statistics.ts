/** Two-sided bounds of a proportion, each from 0 to 1. */
export type Interval = { readonly low: number; readonly high: number };

/** The 97.5% quantile of the standard normal distribution, for two-sided intervals at 95%. */
export const z = 1.959963984540054;

const clamp = (value: number): number => Math.min(1, Math.max(0, value));

/** Integer division, rounded down, for a non-negative dividend and a positive divisor. Exact: no fraction arises. */
export const wholeQuotient = (dividend: number, divisor: number): number =>
  (dividend - (dividend % divisor)) / divisor;

/** The Wilson interval as in `wilson`, for n of at least 1 and an x that need not be whole. */
export const wilsonOfSome = (x: number, n: number): Interval => {
  const centre = (x + (z * z) / 2) / (n + z * z);
  const half = (z / (n + z * z)) * Math.sqrt((x * (n - x)) / n + (z * z) / 4);
  return { low: x === 0 ? 0 : clamp(centre - half), high: x === n ? 1 : clamp(centre + half) };
};

/**
 * The 95% Wilson score interval of x of n (integers, 0 <= x <= n); null when n is 0.
 * Newcombe 1998, Stat Med 17:857-72, method 3.
 */
export const wilson = (x: number, n: number): Interval | null => (n === 0 ? null : wilsonOfSome(x, n));

/**
 * The largest whole percentage that x/n (integers) is strictly over: 54 of 60 is over 89%, not over 90%. Null when
 * x or n is 0, since there is none.
 */
export const overThreshold = (x: number, n: number): number | null =>
  x === 0 || n === 0 ? null : wholeQuotient(100 * x - 1, n);

/** x/n (integers) in whole percent, rounded down; null when n is 0. */
export const floorPercent = (x: number, n: number): number | null =>
  n === 0 ? null : wholeQuotient(100 * x, n);

/**
 * Manski's bounds on the share of all eligible patients with the outcome, given x of the n who answered (integers):
 * none, or all, of those who did not answer had it. Null when no patient is eligible.
 */
export const worstAndBestCase = (x: number, n: number, eligible: number): Interval | null =>
  eligible === 0 ? null : { low: x / eligible, high: (x + eligible - n) / eligible };
