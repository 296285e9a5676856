import { around, quantitiesOf, type Range, type ShownGroup } from './audit-figures.ts';
import { isPinned, type PinnedCount } from './audit-periods.ts';

/** The range of a number over every column of a group; undefined when none is possible. */
const over = (
  { columns }: ShownGroup,
  range: (n: number, ranges: readonly Range[]) => Range,
): Range | undefined =>
  columns.reduce<Range | undefined>((all, { n, ranges }) => around(all, range(n, ranges)), undefined);

const answeredIn = (group: ShownGroup): Range | undefined => over(group, (n) => ({ low: n, high: n }));

const counted = (group: ShownGroup): readonly PinnedCount[] =>
  quantitiesOf(group).flatMap(({ name, claim, range }) => {
    const found = over(group, range);
    return found === undefined ? [] : [{ claim, quantity: name, range: found }];
  });

/** How many more answered one question than another: who skipped one. */
const skipped = (group: ShownGroup, others: readonly ShownGroup[]): readonly PinnedCount[] =>
  others.flatMap((other) => {
    const [own, theirs] = [answeredIn(group), answeredIn(other)];
    if (other === group || own === undefined || theirs === undefined) return [];
    const range = { low: own.low - theirs.high, high: own.high - theirs.low };
    return [{ claim: group.claims[0]?.id ?? '', quantity: `answered, not ${other.group}`, range }];
  });

/**
 * Takes a group as a release shows it, and all groups of the same patients in that release, gives the counts that
 * can only be one of 1 to 10, over every n and x that would have been shown just so. Claims nested in each other
 * are taken together. The attacker does not rely on the rules having been kept.
 */
export const pinnedWithin = (group: ShownGroup, peers: readonly ShownGroup[]): readonly PinnedCount[] =>
  [...counted(group), ...skipped(group, peers)].filter(({ range }) => isPinned(range));
