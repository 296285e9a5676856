import { minCount } from './disclosure.ts';
import { hull, quantitiesOf, type Range, type ShownGroup } from './shown-group.ts';
import { isPinnedEitherWay, knowingTheRules, type PinnedCount } from './two-releases.ts';

/** A group as one release shows it. `grew`: the release covers every month of the previous one. */
export type SeriesStep = { readonly shown: ShownGroup; readonly grew: boolean };

/** A count pinned by a series of releases. `since` is the index of the release that the change is counted from. */
export type PinnedInSeries = PinnedCount & { readonly since: number };

/** Maximum number of states followed per release. With more, the figures are too coarse to pin any count. */
const maxStates = 600;

/** One possible set of counts: the number of answers first, then the counts in the order of `names`. */
type State = readonly number[];
type Possible = {
  readonly names: readonly { readonly of: string; readonly name: string }[];
  readonly states: readonly State[];
};

/** Every combination of one number from each range. */
const choicesOf = (ranges: readonly Range[]): readonly State[] =>
  ranges.reduce<readonly State[]>(
    (choices, { low, high }) =>
      choices.flatMap((choice) =>
        Array.from({ length: high - low + 1 }, (_, index) => [...choice, low + index]),
      ),
    [[]],
  );

const sizeOf = (ranges: readonly Range[]): number =>
  ranges.reduce((product, { low, high }) => product * (high - low + 1), 1);

const statesOf = (group: ShownGroup): Possible | undefined => {
  const narrowed = knowingTheRules(group);
  const { numbers, column, nested, minGap } = narrowed;
  const quantities = quantitiesOf(narrowed);
  const isNested = (choice: State): boolean =>
    nested.every(({ inner, outer }) => (choice[outer] ?? 0) - (choice[inner] ?? 0) >= minGap);
  const states: State[] = [];
  for (let n = numbers.low; n <= numbers.high; n += 1) {
    const ranges = column(n);
    if (ranges === undefined) continue;
    if (states.length + sizeOf(ranges) > maxStates) return undefined;
    for (const choice of choicesOf(ranges).filter(isNested)) {
      const exact = choice.map((x) => ({ low: x, high: x }));
      states.push([n, ...quantities.map(({ range }) => range(n, exact).low)]);
    }
  }
  const names = quantities.map(({ of, name }) => ({ of, name }));
  return { names: [{ of: group.group, name: 'answered' }, ...names], states };
};

const statesByGroup = new WeakMap<ShownGroup, { readonly possible: Possible | undefined }>();

/** Every state that would be shown the same way under the rules; undefined when there are too many to follow. */
const possibleOf = (group: ShownGroup): Possible | undefined => {
  const known = statesByGroup.get(group) ?? { possible: statesOf(group) };
  statesByGroup.set(group, known);
  return known.possible;
};

/** Pairs of indices of the counts that both releases have. */
type Common = readonly (readonly [number, number])[];

const commonOf = (before: Possible, after: Possible): Common =>
  after.names.flatMap(({ of, name }, later) => {
    const earlier = before.names.findIndex((other) => other.of === of && other.name === name);
    return earlier === -1 ? [] : [[earlier, later] as const];
  });

const changeAt = (before: State, after: State, [earlier, later]: Common[number]): number =>
  (after[later] ?? 0) - (before[earlier] ?? 0);

type Step = { readonly common: Common; readonly grew: boolean; readonly states: readonly State[] };

/** If no patient left and at least 11 were added, no count can have fallen. */
const canFollow = (before: State, after: State, { common, grew }: Step): boolean =>
  !grew ||
  ((after[0] ?? 0) - (before[0] ?? 0) >= minCount &&
    common.every((places) => changeAt(before, after, places) >= 0));

const after = (step: Step, before: readonly State[]): readonly State[] =>
  step.states.filter((state) => before.some((earlier) => canFollow(earlier, state, step)));

/** The range of change of each count from the first states to the last. Stops early once no change is pinned. */
const changes = (
  first: readonly State[],
  steps: readonly Step[],
  common: Common,
): readonly (Range | undefined)[] => {
  let found: readonly (Range | undefined)[] = common.map(() => undefined);
  for (const state of first) {
    const ends = steps.reduce<readonly State[]>((reached, step) => after(step, reached), [state]);
    for (const end of ends) {
      found = found.map((range, index) => {
        const places = common[index];
        if (places === undefined) return range;
        const change = changeAt(state, end, places);
        return hull(range, { low: change, high: change });
      });
    }
    if (found.every((range) => range !== undefined && !isPinnedEitherWay(range))) return [];
  }
  return found;
};

/**
 * Returns the additions between an earlier release and the last one (or the differences, where months were dropped)
 * that can only be a number from 1 to 10. The series holds a group as each release shows it, the candidate last. All
 * counts of all releases are solved together, state by state, which finds what neither a pair of releases nor a single
 * count reveals. A release with too many states to follow, and those before it, are skipped.
 */
export const pinnedAcross = (series: readonly SeriesStep[]): readonly PinnedInSeries[] => {
  const solved = series.map(({ shown, grew }) => ({ possible: possibleOf(shown), grew }));
  const start = solved.findLastIndex(({ possible }) => possible === undefined) + 1;
  const usable = solved
    .slice(start)
    .flatMap(({ possible, grew }) => (possible === undefined ? [] : [{ possible, grew }]));
  const last = usable.at(-1);
  if (last === undefined) return [];
  const steps = usable.slice(1).map(({ possible, grew }, index): Step => {
    const before = usable[index]?.possible ?? possible;
    return { common: commonOf(before, possible), grew, states: possible.states };
  });
  let first = usable[0]?.possible.states ?? [];
  return usable.slice(0, -1).flatMap(({ possible }, index) => {
    if (index > 0) first = steps.slice(index - 1, index).reduce((states, step) => after(step, states), first);
    const ahead = steps.slice(index);
    const common = commonOf(possible, last.possible);
    const word = ahead.every(({ grew }) => grew) ? 'added' : 'difference';
    return changes(first, ahead, common).flatMap((range, place): readonly PinnedInSeries[] => {
      const name = last.possible.names[common[place]?.[1] ?? 0];
      if (name === undefined || range === undefined || !isPinnedEitherWay(range)) return [];
      return [{ of: name.of, quantity: `${name.name}, ${word}`, range, since: start + index }];
    });
  });
};
