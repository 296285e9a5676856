import { around, nest, overlap, quantitiesOf, type Range, type ShownGroup } from './audit-figures.ts';
import { smallest } from './disclosure.ts';

/** A count, or a difference of counts, that can only be one of 1 to 10. */
export type PinnedCount = { readonly claim: string; readonly quantity: string; readonly range: Range };

/** Takes a range, says whether all of it is in 1..10: then somebody could work out a small count. */
export const isPinned = ({ low, high }: Range): boolean => low >= 1 && high < smallest;

/** One of 1 to 10, more or fewer. */
const isPinnedEitherWay = ({ low, high }: Range): boolean =>
  isPinned({ low, high }) || isPinned({ low: -high, high: -low });

type Series = readonly { readonly n: number; readonly range: Range }[];

/** Somebody who reads the rules knows that nothing is shown with a small count: it narrows what is possible. */
const knowingTheRules = (group: ShownGroup): ShownGroup['columns'] => {
  const columns = group.columns.flatMap(({ n, ranges }) => {
    const allowed = ranges
      .map((range) => overlap(range, { low: smallest, high: n - smallest }))
      .filter((range) => range !== undefined);
    const nested = allowed.length < ranges.length ? undefined : nest(allowed, group.nested, smallest);
    return nested === undefined ? [] : [{ n, ranges: nested }];
  });
  return columns.length === 0 ? group.columns : columns;
};

/** What can have been added to a count when nobody left and at least `arrived` came, over all that is possible. */
const additions = (before: Series, after: Series, arrived: number): Range | undefined => {
  const latestFirst = after.toReversed();
  let found: Range | undefined;
  for (const earlier of before) {
    for (const later of latestFirst) {
      const more = later.n - earlier.n;
      if (more < arrived) break;
      const added = overlap(
        { low: 0, high: more },
        { low: later.range.low - earlier.range.high, high: later.range.high - earlier.range.low },
      );
      if (added === undefined) continue;
      found = around(found, added);
      if (!isPinned(found)) return found;
    }
  }
  return found;
};

const extremesOf = (series: Series): Range | undefined =>
  series.reduce<Range | undefined>((all, { range }) => around(all, range), undefined);

/** The difference of two counts when all that is known is the range of each. */
const difference = (before: Series, after: Series): Range | undefined => {
  const [earlier, later] = [extremesOf(before), extremesOf(after)];
  if (earlier === undefined || later === undefined) return undefined;
  return { low: later.low - earlier.high, high: later.high - earlier.low };
};

const pinned = (claim: string, quantity: string, range: Range | undefined): readonly PinnedCount[] =>
  range !== undefined && isPinnedEitherWay(range) ? [{ claim, quantity, range }] : [];

/**
 * Takes a group as an earlier release and a later one show it, and whether the later one has all the months of
 * the earlier one. Gives the counts of those who came in between (or, where months also left, the differences)
 * that can only be one of 1 to 10.
 *
 * The attacker knows the rules. He takes each count by itself (with the outcome, without it, in between two
 * nested claims), with every n and x that would have been shown so.
 */
export const pinnedBetween = (
  before: ShownGroup,
  after: ShownGroup,
  onlyGrew: boolean,
): readonly PinnedCount[] => {
  const [earlier, later] = [knowingTheRules(before), knowingTheRules(after)];
  const seriesOf = (columns: ShownGroup['columns'], range: (n: number, ranges: readonly Range[]) => Range) =>
    columns.map(({ n, ranges }) => ({ n, range: range(n, ranges) }));
  const earlierQuantities = quantitiesOf(before);
  const answered = (columns: ShownGroup['columns']): Series =>
    columns.map(({ n }) => ({ n, range: { low: n, high: n } }));
  return [
    ...pinned(
      after.claims[0]?.id ?? '',
      'answered, difference',
      difference(answered(earlier), answered(later)),
    ),
    ...quantitiesOf(after).flatMap(({ name, claim, range }) => {
      const same = earlierQuantities.find((other) => other.name === name && other.claim === claim);
      if (same === undefined) return [];
      const [first, second] = [seriesOf(earlier, same.range), seriesOf(later, range)];
      const apart = pinned(claim, `${name}, difference`, difference(first, second));
      if (apart.length > 0 || !onlyGrew) return apart;
      return pinned(claim, `${name}, added`, additions(first, second, smallest));
    }),
  ];
};
