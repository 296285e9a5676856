import { hull, quantitiesOf, type Range, type ShownGroup } from './shown-group.ts';
import {
  additions,
  extremesOf,
  isPinned,
  knowingTheRules,
  type PinnedCount,
  type Series,
  seriesOf,
} from './two-releases.ts';

/** The counts of a group, keyed the same way in a total and in its parts. */
type Counts = ReadonlyMap<string, Series>;

const countsOf = (shown: ShownGroup): Counts => {
  const group = knowingTheRules(shown);
  const measureOf = (id: string): string => group.claims.find((claim) => claim.id === id)?.measure ?? id;
  const named = quantitiesOf(group)
    .filter(({ name }) => name !== 'between')
    .map(({ name, of, range }): readonly [string, Series] => [
      `${measureOf(of)}, ${name}`,
      seriesOf(group, range),
    ]);
  return new Map([['answered', seriesOf(group, (n) => ({ low: n, high: n }))], ...named]);
};

/** Every non-empty subset. */
const subsetsOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** all.length - 1 }, (_, choice) =>
    all.filter((_item, bit) => Math.floor((choice + 1) / 2 ** bit) % 2 === 1),
  );

/** A total minus some of its parts. A single part is enumerated number by number, several go by their ranges. */
const restOf = (total: Series, parts: readonly Series[]): Range | undefined => {
  const [only, ...others] = parts;
  if (only !== undefined && others.length === 0) return additions(only, total, 0);
  const whole = extremesOf(total);
  const ranges = parts.map(extremesOf).filter((range) => range !== undefined);
  if (whole === undefined || ranges.length < parts.length) return undefined;
  return {
    low: whole.low - ranges.reduce((sum, { high }) => sum + high, 0),
    high: whole.high - ranges.reduce((sum, { low }) => sum + low, 0),
  };
};

/**
 * Returns the counts of patients outside some of the families that can only be a number from 1 to 10: a total minus its
 * parts. `parts` are the groups of single families with the same question and months as the total. A patient treated
 * in two families counts in both parts but once in the total; the attacker takes the parts as disjoint, which they
 * nearly are.
 */
export const pinnedOutside = (total: ShownGroup, parts: readonly ShownGroup[]): readonly PinnedCount[] => {
  const own = countsOf(total);
  const theirs = parts.map((part) => ({ group: part.group, counts: countsOf(part) }));
  return [...own].flatMap(([name, series]) => {
    const having = theirs.flatMap(({ group, counts }) => {
      const count = counts.get(name);
      return count === undefined ? [] : [{ group, count }];
    });
    return subsetsOf(having).flatMap((set): readonly PinnedCount[] => {
      const range = restOf(
        series,
        set.map(({ count }) => count),
      );
      const outside = set.map(({ group }) => group).join(' and ');
      return range === undefined || !isPinned(range)
        ? []
        : [{ of: total.group, quantity: `${name}, outside ${outside}`, range }];
    });
  });
};

/**
 * The range of a quantity over every possible state of a group; undefined when no state is possible. Stops early once
 * the quantity is not pinned.
 */
const rangeOver = (
  { numbers, column }: ShownGroup,
  range: (n: number, ranges: readonly Range[]) => Range,
): Range | undefined => {
  let found: Range | undefined;
  for (let n = numbers.low; n <= numbers.high; n += 1) {
    const ranges = column(n);
    if (ranges === undefined) continue;
    found = hull(found, range(n, ranges));
    if (!isPinned(found)) return found;
  }
  return found;
};

const pinnedQuantities = (group: ShownGroup): readonly PinnedCount[] =>
  quantitiesOf(group).flatMap(({ name, of, range }) => {
    const found = rangeOver(group, range);
    return found === undefined ? [] : [{ of, quantity: name, range: found }];
  });

/** The minimum and maximum number of patients who can have answered. */
const answersRange = ({ numbers, column }: ShownGroup): Range | undefined => {
  let { low, high } = numbers;
  while (low <= high && column(low) === undefined) low += 1;
  while (high > low && column(high) === undefined) high -= 1;
  return low <= high ? { low, high } : undefined;
};

/** How many more patients answered one question than another, so skipped the other. */
const skipped = (group: ShownGroup, others: readonly ShownGroup[]): readonly PinnedCount[] =>
  others.flatMap((other) => {
    const [own, theirs] = [answersRange(group), answersRange(other)];
    if (other === group || own === undefined || theirs === undefined) return [];
    const range = { low: own.low - theirs.high, high: own.high - theirs.low };
    return [{ of: group.group, quantity: `answered, not ${other.group}`, range }];
  });

/**
 * Returns the counts of a group that can only be a number from 1 to 10, over every n and x that would be shown the same
 * way. `peers` are all groups of the same patients in that release. Nested claims are solved together. The attacker
 * does not assume that the rules were kept.
 */
export const pinnedWithin = (group: ShownGroup, peers: readonly ShownGroup[]): readonly PinnedCount[] =>
  [...pinnedQuantities(group), ...skipped(group, peers)].filter(({ range }) => isPinned(range));
