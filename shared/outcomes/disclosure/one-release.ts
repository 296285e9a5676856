import { around, quantitiesOf, type Range, type ShownGroup } from './shown-group.ts';
import {
  additions,
  extremesOf,
  isPinned,
  knowingTheRules,
  type PinnedCount,
  type Series,
} from './two-releases.ts';

/** A count of a group by what it is a count of, the same in a total and in its parts. */
type Counts = ReadonlyMap<string, Series>;

const countsOf = (shown: ShownGroup): Counts => {
  const group = knowingTheRules(shown);
  const { numbers, column } = group;
  const measureOf = (id: string): string => group.claims.find((claim) => claim.id === id)?.measure ?? id;
  const named = quantitiesOf(group)
    .filter(({ name }) => name !== 'between')
    .map(({ name, of, range }): readonly [string, Series] => [
      `${measureOf(of)}, ${name}`,
      {
        numbers,
        at: (n) => {
          const ranges = column(n);
          return ranges === undefined ? undefined : range(n, ranges);
        },
      },
    ]);
  const answered: Series = {
    numbers,
    at: (n) => (column(n) === undefined ? undefined : { low: n, high: n }),
  };
  return new Map([['answered', answered], ...named]);
};

/** Every choice of one or more. */
const subsetsOf = <T>(all: readonly T[]): readonly (readonly T[])[] =>
  Array.from({ length: 2 ** all.length - 1 }, (_, choice) =>
    all.filter((_one, bit) => Math.floor((choice + 1) / 2 ** bit) % 2 === 1),
  );

/** A total without some of its parts, going by the range of each; one part is gone through number by number. */
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
 * Takes a group of all patients and the groups of single families that answered the same question in the same
 * months, gives the counts of those outside some of the families that can only be one of 1 to 10: the total minus
 * its parts. Somebody treated in two families is counted in both and once in the total; the attacker takes the parts
 * for separate, which they nearly are.
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
 * The range of a number over all that is possible in a group, as far as it takes to see that it is not pinned;
 * undefined when nothing is possible.
 */
const over = (
  { numbers, column }: ShownGroup,
  range: (n: number, ranges: readonly Range[]) => Range,
): Range | undefined => {
  let found: Range | undefined;
  for (let n = numbers.low; n <= numbers.high; n += 1) {
    const ranges = column(n);
    if (ranges === undefined) continue;
    found = around(found, range(n, ranges));
    if (!isPinned(found)) return found;
  }
  return found;
};

const counted = (group: ShownGroup): readonly PinnedCount[] =>
  quantitiesOf(group).flatMap(({ name, of, range }) => {
    const found = over(group, range);
    return found === undefined ? [] : [{ of, quantity: name, range: found }];
  });

/** The fewest and most who can have answered. */
const answered = ({ numbers, column }: ShownGroup): Range | undefined => {
  let { low, high } = numbers;
  while (low <= high && column(low) === undefined) low += 1;
  while (high > low && column(high) === undefined) high -= 1;
  return low <= high ? { low, high } : undefined;
};

/** How many more answered one question than another: who skipped one. */
const skipped = (group: ShownGroup, others: readonly ShownGroup[]): readonly PinnedCount[] =>
  others.flatMap((other) => {
    const [own, theirs] = [answered(group), answered(other)];
    if (other === group || own === undefined || theirs === undefined) return [];
    const range = { low: own.low - theirs.high, high: own.high - theirs.low };
    return [{ of: group.group, quantity: `answered, not ${other.group}`, range }];
  });

/**
 * Takes a group as a release shows it, and all groups of the same patients in that release, gives the counts that
 * can only be one of 1 to 10, over every n and x that would have been shown just so. Claims nested in each other
 * are taken together. The attacker does not rely on the rules having been kept.
 */
export const pinnedWithin = (group: ShownGroup, peers: readonly ShownGroup[]): readonly PinnedCount[] =>
  [...counted(group), ...skipped(group, peers)].filter(({ range }) => isPinned(range));
