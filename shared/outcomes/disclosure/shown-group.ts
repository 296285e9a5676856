import type { ClaimRule } from '../claims/claim-definitions.ts';
import { type Figures, figuresOf } from '../claims/figures.ts';
import type { ShownClaim } from '../release/release-schema.ts';
import { bandOf } from './disclosure.ts';

/** Whole numbers from `low` to `high`, both included. */
export type Range = { readonly low: number; readonly high: number };

/** Takes two ranges, gives what both contain, or undefined when that is nothing. */
export const overlap = (left: Range, right: Range): Range | undefined => {
  const low = Math.max(left.low, right.low);
  const high = Math.min(left.high, right.high);
  return low <= high ? { low, high } : undefined;
};

/** Takes two ranges, one of them possibly undefined, gives the smallest range around both. */
export const around = (left: Range | undefined, right: Range): Range =>
  left === undefined ? right : { low: Math.min(left.low, right.low), high: Math.max(left.high, right.high) };

/** The x for which a rule gives `percent` of n: `over` T < 100x/n <= T + 1, `floor` T <= 100x/n < T + 1. */
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
 * Takes a claim as shown and a number who answered, gives the x that would have been shown just so, or undefined.
 * The figures rise with x, so those x are all the whole numbers of a range. Percentage, tier and band are all
 * there is to go by: interval and worst case are worked out from what is shown, and a response rate in steps of
 * 5 goes with any n.
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

/** A claim and the one that it is nested in, by their places; `id` is the inner one's. */
type Nested = readonly { readonly inner: number; readonly outer: number; readonly id: string }[];

/** The ranges of x of every claim, where n answered; undefined when n cannot have. */
export type Column = (n: number) => readonly Range[] | undefined;

/** Claims with the same patients below the line, as one release shows them. */
export type ShownGroup = {
  readonly group: string;
  readonly claims: readonly ShownClaim[];
  readonly nested: Nested;
  /** The numbers who may have answered, going by the band. */
  readonly numbers: Range;
  readonly column: Column;
  /** The least that nested claims can be apart, as far as the attacker knows. */
  readonly least: number;
};

/** The range at a place; a group has one for each of its claims. */
const at = (ranges: readonly Range[], place: number): Range => ranges[place] ?? { low: 0, high: 0 };

/** Takes the x of claims, and which are nested; gives them without what nesting rules out, or undefined. */
export const nest = (
  ranges: readonly Range[],
  nested: Nested,
  least: number,
): readonly Range[] | undefined => {
  const tightened = [...ranges];
  for (const { inner, outer } of nested) {
    const [within, containing] = [at(tightened, inner), at(tightened, outer)];
    const high = Math.min(within.high, containing.high - least);
    const low = Math.max(containing.low, within.low + least);
    if (within.low > high || low > containing.high) return undefined;
    tightened[inner] = { low: within.low, high };
    tightened[outer] = { low, high: containing.high };
  }
  return tightened;
};

/** Takes a function of n, gives one that works each n out once. */
export const once = (column: Column): Column => {
  const known = new Map<number, readonly Range[] | undefined>();
  return (n) => {
    if (!known.has(n)) known.set(n, column(n));
    return known.get(n);
  };
};

/** Takes the claims that one release shows of one group, gives every n and x that would have been shown so. */
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
    least: 0,
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

/** A count that somebody may be after, and how to find its range where n and the ranges of x are given. */
export type Quantity = {
  readonly name: 'with' | 'without' | 'between';
  readonly of: string;
  readonly range: (n: number, ranges: readonly Range[]) => Range;
};

/** Takes a group, gives the counts in it that must stay hidden: with the outcome, without it, in between. */
export const quantitiesOf = ({ claims, nested, least }: ShownGroup): readonly Quantity[] => [
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
        return { low: Math.max(least, containing.low - within.high), high: containing.high - within.low };
      },
    }),
  ),
];
