import { quantitiesOf, type Range, type ShownGroup } from './audit-figures.ts';
import {
  additions,
  extremesOf,
  isPinned,
  knowingTheRules,
  type PinnedCount,
  type Series,
} from './audit-periods.ts';

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
