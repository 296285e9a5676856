import type { ClaimRule } from '../claims/claim-definitions.ts';
import { type Figures, figuresOf } from '../claims/figures.ts';
import type { ShownClaim } from '../release/release-schema.ts';
import { bandOf } from './disclosure.ts';

/** Whole numbers from `low` to `high`, both inclusive. */
export type Range = { readonly low: number; readonly high: number };

/** The intersection of two ranges; undefined when it is empty. */
export const overlap = (left: Range, right: Range): Range | undefined => {
  const low = Math.max(left.low, right.low);
  const high = Math.min(left.high, right.high);
  return low <= high ? { low, high } : undefined;
};

/** The smallest range that contains both. */
export const hull = (left: Range | undefined, right: Range): Range =>
  left === undefined ? right : { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) };

/** The x for which a rule yields `percent` T of n: `over` T < 100x/n <= T + 1, `floor` T <= 100x/n < T + 1. */
const rangeByRule: Readonly<Record<ClaimRule, (percent: number, n: number) => Range>> = {
  over: (percent, n) => ({
    low: Math.floor((percent * n) / 100) + 1,
    high: Math.min(n, Math.floor(((percent + 1) * n) / 100)),
  }),
  floor: (percent, n) => ({
    low: Math.ceil((percent * n) / 100),
    high: Math.min(n, Math.ceil(((percent + 1) * n) / 100) - 1),
  }),
};

const isSame = (left: Figures | null, right: Figures): boolean =>
  left !== null && left.percent === right.percent && left.tier === right.tier;

/**
 * The range of x for which n answers would be shown exactly as the claim is; undefined when there is no such x. The
 * figures rise with x, so these x are consecutive. Percentage, tier and band carry all the information: the interval
 * and the worst case derive from them, and a response rate in steps of 5 is consistent with any n.
 */
export const rangeGiven = (claim: ShownClaim, n: number): Range | undefined => {
  const { low, high } = rangeByRule[claim.rule](claim.percent, n);
  const fits = (x: number): boolean => isSame(figuresOf(claim.rule, x, n), claim);
  let first = low;
  while (first <= high && !fits(first)) first += 1;
  let last = high;
  while (last > first && !fits(last)) last -= 1;
  return first <= high ? { low: first, high: last } : undefined;
};

/** Pairs of nested claims by their indices. `id` is the inner claim's. */
type Nested = readonly { readonly inner: number; readonly outer: number; readonly id: string }[];

/** The range of x of every claim for n answers; undefined when n is impossible. */
export type Column = (n: number) => readonly Range[] | undefined;

/** Claims with the same denominator, as one release shows them. */
export type ShownGroup = {
  readonly group: string;
  readonly claims: readonly ShownClaim[];
  readonly nested: Nested;
  /** The possible numbers of answers, according to the bands. */
  readonly numbers: Range;
  readonly column: Column;
  /** Minimum difference between nested claims that the attacker may assume. */
  readonly minGap: number;
};

/** The range at an index. A group has one for each of its claims. */
const at = (ranges: readonly Range[], place: number): Range => ranges[place] ?? { low: 0, high: 0 };

/** Narrows the ranges of nested claims to pairs at least `minGap` apart; undefined when none are left. */
export const nest = (
  ranges: readonly Range[],
  nested: Nested,
  minGap: number,
): readonly Range[] | undefined => {
  const tightened = [...ranges];
  for (const { inner, outer } of nested) {
    const [within, containing] = [at(tightened, inner), at(tightened, outer)];
    const high = Math.min(within.high, containing.high - minGap);
    const low = Math.max(containing.low, within.low + minGap);
    if (within.low > high || low > containing.high) return undefined;
    tightened[inner] = { low: within.low, high };
    tightened[outer] = { low, high: containing.high };
  }
  return tightened;
};

/** Memoizes a column by n. */
export const once = (column: Column): Column => {
  const known = new Map<number, readonly Range[] | undefined>();
  return (n) => {
    if (!known.has(n)) known.set(n, column(n));
    return known.get(n);
  };
};

/** Builds the set of all n and x that would be shown the way one release shows the claims of a group. */
export const shownGroupOf = (group: string, claims: readonly ShownClaim[]): ShownGroup => {
  const nested = claims.flatMap(({ id, nestedIn }, inner) => {
    const outer = claims.findIndex((claim) => claim.id === nestedIn);
    return outer === -1 ? [] : [{ inner, outer, id }];
  });
  const all = claims.map(({ answered }) => bandOf(answered)).filter((band) => band !== undefined);
  return {
    group,
    claims,
    nested,
    minGap: 0,
    numbers: {
      low: Math.max(...all.map(({ low }) => low)),
      high: Math.min(...all.map(({ high }) => high)),
    },
    column: once((n) => {
      const ranges = claims.map((claim) => rangeGiven(claim, n)).filter((range) => range !== undefined);
      return ranges.length < claims.length ? undefined : nest(ranges, nested, 0);
    }),
  };
};

/** A count an attacker may be after, and its range for a given n and given ranges of x. */
export type Quantity = {
  readonly name: 'with' | 'without' | 'between';
  readonly of: string;
  readonly range: (n: number, ranges: readonly Range[]) => Range;
};

/** The counts of a group that must stay hidden: with the outcome, without it, between nested claims. */
export const quantitiesOf = ({ claims, nested, minGap }: ShownGroup): readonly Quantity[] => [
  ...claims.flatMap(({ id }, index): readonly Quantity[] => [
    { name: 'with', of: id, range: (_, ranges) => at(ranges, index) },
    {
      name: 'without',
      of: id,
      range: (n, ranges) => {
        const { low, high } = at(ranges, index);
        return { low: n - high, high: n - low };
      },
    },
  ]),
  ...nested.map(
    ({ inner, outer, id }): Quantity => ({
      name: 'between',
      of: id,
      range: (_, ranges) => {
        const [within, containing] = [at(ranges, inner), at(ranges, outer)];
        return { low: Math.max(minGap, containing.low - within.high), high: containing.high - within.low };
      },
    }),
  ),
];
