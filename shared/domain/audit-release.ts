import { around, quantitiesOf, type Range, type ShownGroup } from './audit-figures.ts';
import { isPinned, type PinnedCount } from './audit-periods.ts';

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
