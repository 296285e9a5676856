import {
  around,
  nest,
  overlap,
  quantitiesOf,
  type Range,
  rangeGivenEligible,
  type ShownGroup,
} from './audit-figures.ts';
import { isPinned, type PinnedCount } from './audit-periods.ts';

/**
 * The groups of one release that have the same eligible patients (one scope, timepoint and period), and the rate
 * at which those responded, in whole percent rounded down.
 */
export type View = { readonly responseRate: number; readonly groups: readonly ShownGroup[] };

/** A group at one number of eligible patients: the range of n, and of each count that must stay hidden. */
type Extremes = { readonly answered: Range; readonly counts: readonly Range[] };

/** The numbers of eligible patients that a group's worst cases leave possible; undefined when they say nothing. */
const eligibleGiven = ({ claims, columns }: ShownGroup): Range | undefined => {
  let soFar: Range | undefined;
  for (const [index, { worstCase }] of claims.entries()) {
    const own = columns.map(({ ranges }) => ranges[index]).filter((range) => range !== undefined);
    const x = own.reduce<Range | undefined>((all, range) => around(all, range), undefined);
    if (worstCase === null || x === undefined) continue;
    const range = {
      low: Math.floor((100 * x.low) / (worstCase + 1)),
      high: Math.ceil((100 * x.high) / worstCase),
    };
    soFar = soFar === undefined ? range : (overlap(soFar, range) ?? { low: 1, high: 0 });
  }
  return soFar;
};

/** The first place whose n is at least the one given. */
const placeOf = (columns: ShownGroup['columns'], n: number): number => {
  let [low, high] = [0, columns.length];
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if ((columns[middle]?.n ?? n) < n) low = middle + 1;
    else high = middle;
  }
  return low;
};

/** The columns that the worst case of one claim leaves possible, and perhaps a few more: the others need no look. */
const columnsNear = ({ claims, columns }: ShownGroup, eligible: number): ShownGroup['columns'] => {
  const claim = claims.find(({ worstCase, percent }) => worstCase !== null && percent > 0);
  if (claim === undefined || claim.worstCase === null) return columns;
  const x = rangeGivenEligible(claim.worstCase, eligible);
  return columns.slice(
    placeOf(columns, Math.floor((100 * x.low) / (claim.percent + 1))),
    placeOf(columns, Math.ceil((100 * x.high) / claim.percent) + 1),
  );
};

const rangesAt = (
  { claims, nested }: ShownGroup,
  ranges: readonly Range[],
  eligible: number,
): readonly Range[] | undefined => {
  const left = ranges.flatMap((range, index): readonly Range[] => {
    const worstCase = claims[index]?.worstCase ?? null;
    const allowed = worstCase === null ? range : overlap(range, rangeGivenEligible(worstCase, eligible));
    return allowed === undefined ? [] : [allowed];
  });
  return left.length < ranges.length ? undefined : nest(left, nested, 0);
};

/** How many can have responded at all, where a rate and a number of eligible patients are given. */
const respondedGiven = (rate: number, eligible: number): Range => ({
  low: Math.ceil((rate * eligible) / 100),
  high: Math.min(eligible, Math.ceil(((rate + 1) * eligible) / 100) - 1),
});

/** `eligible` undefined: nothing is known of it, and any number would do. */
const extremesAt = (group: ShownGroup, rate: number, eligible: number | undefined): Extremes | undefined => {
  const quantities = quantitiesOf(group);
  const most = eligible === undefined ? Number.POSITIVE_INFINITY : respondedGiven(rate, eligible).high;
  let answered: Range | undefined;
  let counts: readonly (Range | undefined)[] = quantities.map(() => undefined);
  for (const { n, ranges } of eligible === undefined ? group.columns : columnsNear(group, eligible)) {
    const possible = eligible === undefined ? ranges : rangesAt(group, ranges, eligible);
    if (n > most || possible === undefined) continue;
    answered = around(answered, { low: n, high: n });
    counts = quantities.map(({ range }, index) => around(counts[index], range(n, possible)));
  }
  if (answered === undefined) return undefined;
  return { answered, counts: counts.filter((range) => range !== undefined) };
};

type Named = { readonly claim: string; readonly quantity: string; readonly range: Range };

/** Differences between the numbers who answered two questions: who skipped one of them. */
const skips = (groups: readonly ShownGroup[], extremes: readonly Extremes[]): readonly Named[] =>
  groups.flatMap((group, index) =>
    extremes.flatMap((other, place): readonly Named[] => {
      const own = extremes[index];
      if (own === undefined || place === index) return [];
      const range = {
        low: own.answered.low - other.answered.high,
        high: own.answered.high - other.answered.low,
      };
      return [{ claim: group.claims[0]?.id ?? '', quantity: `answered, more than ${place}`, range }];
    }),
  );

/** Those who responded but did not answer a question, and those eligible who did not respond. */
const silences = (
  { responseRate, groups }: View,
  extremes: readonly Extremes[],
  eligible: number,
): readonly Named[] => {
  const responded = respondedGiven(responseRate, eligible);
  const least = Math.max(responded.low, ...extremes.map(({ answered }) => answered.low));
  return groups.flatMap((group, index) => {
    const own = extremes[index]?.answered;
    const claim = group.claims[0]?.id ?? '';
    if (own === undefined) return [];
    return [
      {
        claim,
        quantity: 'skipped',
        range: { low: Math.max(0, least - own.high), high: responded.high - own.low },
      },
      { claim, quantity: 'silent', range: { low: eligible - responded.high, high: eligible - least } },
    ];
  });
};

const countsOf = (groups: readonly ShownGroup[], extremes: readonly Extremes[]): readonly Named[] =>
  groups.flatMap((group, index) =>
    quantitiesOf(group).flatMap(({ name, claim }, place): readonly Named[] => {
      const range = extremes[index]?.counts[place];
      return range === undefined ? [] : [{ claim, quantity: name, range }];
    }),
  );

/** Everything of a view at one number of eligible patients; nothing when that number is impossible. */
const namedAt = (view: View, eligible: number | undefined): readonly Named[] => {
  const extremes: Extremes[] = [];
  for (const group of view.groups) {
    const found = extremesAt(group, view.responseRate, eligible);
    if (found === undefined) return [];
    extremes.push(found);
  }
  return [
    ...countsOf(view.groups, extremes),
    ...skips(view.groups, extremes),
    ...(eligible === undefined ? [] : silences(view, extremes, eligible)),
  ];
};

const numbersOfEligible = (groups: readonly ShownGroup[]): readonly (number | undefined)[] => {
  const ranges = groups.map(eligibleGiven).filter((range) => range !== undefined);
  if (ranges.length === 0) return [undefined];
  const low = Math.max(...ranges.map((range) => range.low));
  const high = Math.min(...ranges.map((range) => range.high));
  return Array.from({ length: Math.max(0, high - low + 1) }, (_, index) => low + index);
};

/**
 * Takes what one release shows of one set of patients, gives the counts that can only be one of 1 to 10, over
 * every number eligible, n and x that would have been shown just so. Claims with the same eligible patients, the
 * same n, or nested in each other are taken together. The attacker does not rely on the rules having been kept.
 */
export const pinnedWithin = (view: View): readonly PinnedCount[] => {
  const all = new Map<string, Named>();
  for (const eligible of numbersOfEligible(view.groups)) {
    for (const named of namedAt(view, eligible)) {
      const key = `${named.claim}|${named.quantity}`;
      all.set(key, { ...named, range: around(all.get(key)?.range, named.range) });
    }
  }
  return [...all.values()].filter(({ range }) => isPinned(range));
};
