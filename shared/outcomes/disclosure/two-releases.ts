import { minCount } from './disclosure.ts';
import {
  around,
  type Column,
  nest,
  once,
  overlap,
  quantitiesOf,
  type Range,
  type ShownGroup,
} from './shown-group.ts';

/** A count, or a difference of counts, `of` a claim or a group, that can only be one of 1 to 10. */
export type PinnedCount = { readonly of: string; readonly quantity: string; readonly range: Range };

/** Takes a range, says whether all of it is in 1..10: then somebody could work out a small count. */
export const isPinned = ({ low, high }: Range): boolean => low >= 1 && high < minCount;

/** Takes a range of a difference, says whether all of it is in 1..10, more or fewer. */
export const isPinnedEitherWay = ({ low, high }: Range): boolean =>
  isPinned({ low, high }) || isPinned({ low: -high, high: -low });

/** One count for every number who may have answered. */
export type Series = { readonly numbers: Range; readonly at: (n: number) => Range | undefined };

/** Somebody who reads the rules knows that nothing is shown with a small count: it narrows what is possible. */
const columnKnowingTheRules = ({ column, nested }: ShownGroup): Column =>
  once((n) => {
    const ranges = column(n);
    if (ranges === undefined) return undefined;
    const allowed = ranges
      .map((range) => overlap(range, { low: minCount, high: n - minCount }))
      .filter((range) => range !== undefined);
    return allowed.length < ranges.length ? undefined : nest(allowed, nested, minCount);
  });

/**
 * Takes a group as shown, gives what is possible for somebody who knows the rules. When they leave nothing possible
 * they were not kept, and the attacker does without them.
 */
export const knowingTheRules = (group: ShownGroup): ShownGroup => {
  const column = columnKnowingTheRules(group);
  for (let n = group.numbers.low; n <= group.numbers.high; n += 1) {
    if (column(n) !== undefined) return { ...group, column, least: minCount };
  }
  return group;
};

/**
 * What can have been added to a count when nobody left and at least `arrived` came, over all that is possible,
 * as far as it takes to see that it is not pinned.
 */
export const additions = (before: Series, after: Series, arrived: number): Range | undefined => {
  let found: Range | undefined;
  for (let first = before.numbers.low; first <= before.numbers.high; first += 1) {
    const earlier = before.at(first);
    if (earlier === undefined) continue;
    const least = Math.max(after.numbers.low, first + arrived);
    for (let second = after.numbers.high; second >= least; second -= 1) {
      const later = after.at(second);
      if (later === undefined) continue;
      const difference = { low: later.low - earlier.high, high: later.high - earlier.low };
      const added = overlap(difference, { low: 0, high: second - first });
      if (added === undefined) continue;
      found = around(found, added);
      if (!isPinned(found)) return found;
    }
  }
  return found;
};

/** Takes a count, gives the range around all it can be, as far as it takes to see that it is not pinned. */
export const extremesOf = ({ numbers, at }: Series): Range | undefined => {
  let found: Range | undefined;
  for (let n = numbers.low; n <= numbers.high; n += 1) {
    const range = at(n);
    if (range !== undefined) found = around(found, range);
    // So wide already that no difference from it can be pinned.
    if (found !== undefined && found.high - found.low >= minCount) return found;
  }
  return found;
};

/** The difference of two counts when all that is known is the range of each. */
const difference = (before: Series, after: Series): Range | undefined => {
  const [earlier, later] = [extremesOf(before), extremesOf(after)];
  if (earlier === undefined || later === undefined) return undefined;
  return { low: later.low - earlier.high, high: later.high - earlier.low };
};

const pinned = (of: string, quantity: string, range: Range | undefined): readonly PinnedCount[] =>
  range !== undefined && isPinnedEitherWay(range) ? [{ of, quantity, range }] : [];

const seriesOf = (
  { numbers, column }: ShownGroup,
  range: (n: number, ranges: readonly Range[]) => Range,
): Series => ({
  numbers,
  at: (n) => {
    const ranges = column(n);
    return ranges === undefined ? undefined : range(n, ranges);
  },
});

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
  const answered = (n: number): Range => ({ low: n, high: n });
  const known = quantitiesOf(earlier);
  return [
    ...pinned(
      after.group,
      'answered, difference',
      difference(seriesOf(earlier, answered), seriesOf(later, answered)),
    ),
    ...quantitiesOf(later).flatMap(({ name, of, range }) => {
      const same = known.find((other) => other.name === name && other.of === of);
      if (same === undefined) return [];
      const [first, second] = [seriesOf(earlier, same.range), seriesOf(later, range)];
      const apart = pinned(of, `${name}, difference`, difference(first, second));
      if (apart.length > 0 || !onlyGrew) return apart;
      return pinned(of, `${name}, added`, additions(first, second, minCount));
    }),
  ];
};
