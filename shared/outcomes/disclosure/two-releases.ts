import { minCount } from './disclosure.ts';
import {
  type Column,
  hull,
  nest,
  once,
  overlap,
  quantitiesOf,
  type Range,
  type ShownGroup,
} from './shown-group.ts';

/** A count `of` a claim or a group, or a difference of counts, that can only be a number from 1 to 10. */
export type PinnedCount = { readonly of: string; readonly quantity: string; readonly range: Range };

/** True when the whole range is within 1..10, which reveals a small count. */
export const isPinned = ({ low, high }: Range): boolean => low >= 1 && high < minCount;

/** True when a difference is within 1..10 in either direction. */
export const isPinnedEitherWay = ({ low, high }: Range): boolean =>
  isPinned({ low, high }) || isPinned({ low: -high, high: -low });

/** The range of one count for each possible number of answers. */
export type Series = { readonly numbers: Range; readonly at: (n: number) => Range | undefined };

/** The rules are public and say that nothing is shown with a small count, which narrows what is possible. */
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
 * Narrows a group by the publication rules, which the attacker knows. If that leaves nothing possible, the rules were
 * not kept, and the attacker does without them.
 */
export const knowingTheRules = (group: ShownGroup): ShownGroup => {
  const column = columnKnowingTheRules(group);
  for (let n = group.numbers.low; n <= group.numbers.high; n += 1) {
    if (column(n) !== undefined) return { ...group, column, minGap: minCount };
  }
  return group;
};

/**
 * The range of what was added to a count, over every possible state, if no patient left and at least `minNew` were
 * added. Stops early once the addition is not pinned.
 */
export const additions = (before: Series, after: Series, minNew: number): Range | undefined => {
  let found: Range | undefined;
  for (let first = before.numbers.low; first <= before.numbers.high; first += 1) {
    const earlier = before.at(first);
    if (earlier === undefined) continue;
    const minSecond = Math.max(after.numbers.low, first + minNew);
    for (let second = after.numbers.high; second >= minSecond; second -= 1) {
      const later = after.at(second);
      if (later === undefined) continue;
      const difference = { low: later.low - earlier.high, high: later.high - earlier.low };
      const added = overlap(difference, { low: 0, high: second - first });
      if (added === undefined) continue;
      found = hull(found, added);
      if (!isPinned(found)) return found;
    }
  }
  return found;
};

/** The range of all values a count can have. Stops early once no difference from it can be pinned. */
export const extremesOf = ({ numbers, at }: Series): Range | undefined => {
  let found: Range | undefined;
  for (let n = numbers.low; n <= numbers.high; n += 1) {
    const range = at(n);
    if (range !== undefined) found = hull(found, range);
    if (found !== undefined && found.high - found.low >= minCount) return found;
  }
  return found;
};

/** The range of the difference of two counts, from the range of each. */
const difference = (before: Series, after: Series): Range | undefined => {
  const [earlier, later] = [extremesOf(before), extremesOf(after)];
  if (earlier === undefined || later === undefined) return undefined;
  return { low: later.low - earlier.high, high: later.high - earlier.low };
};

const pinned = (of: string, quantity: string, range: Range | undefined): readonly PinnedCount[] =>
  range !== undefined && isPinnedEitherWay(range) ? [{ of, quantity, range }] : [];

/** The series of one quantity of a group. */
export const seriesOf = (
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
 * Returns what changed in a group between two releases and can only be a number from 1 to 10. `onlyGrew`: the later
 * release covers every month of the earlier one, so additions are checked as well as differences.
 *
 * The attacker knows the rules and takes each count on its own (with the outcome, without it, between nested claims),
 * over every n and x that would be shown the same way.
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
