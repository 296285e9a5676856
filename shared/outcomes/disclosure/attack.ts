import type { Period } from '../release/release-counts.ts';
import type { PublicRelease, ShownClaim } from '../release/release-schema.ts';
import { pinnedAlong } from './many-releases.ts';
import { pinnedOutside, pinnedWithin } from './one-release.ts';
import { type ShownGroup, shownGroupOf } from './shown-group.ts';
import { type PinnedCount, pinnedBetween } from './two-releases.ts';

/**
 * What somebody with a pencil could find out, and from which releases; `since` which of them it is counted, where that
 * is from one to the next. `group` is what must not move.
 */
export type Finding = PinnedCount & {
  readonly group: string;
  readonly releases: readonly number[];
  readonly since?: number;
};

type Snapshot = ShownGroup & {
  readonly release: number;
  readonly period: Period;
  readonly population: string;
};

/** Held claims show what an earlier release shows, and so add nothing to it. */
const isFresh = (claim: PublicRelease['claims'][number]): claim is ShownClaim => claim.status === 'published';

const populationOf = ({ scope, timepoint, period }: ShownClaim): string =>
  `${scope}|${timepoint}|${period.from}|${period.to}`;

const snapshotsOf = (
  { number, claims }: PublicRelease,
  isWanted: (group: string, period: Period) => boolean,
): readonly Snapshot[] =>
  [...Map.groupBy(claims.filter(isFresh), ({ group }) => group)].flatMap(([group, members]) => {
    const [first] = members;
    return first === undefined || !isWanted(group, first.period)
      ? []
      : [
          {
            ...shownGroupOf(group, members),
            release: number,
            period: first.period,
            population: populationOf(first),
          },
        ];
  });

const isTotal = ({ group }: Snapshot): boolean => group.startsWith('overall|');

/** Who was asked what, whatever was done to them. */
const questionOf = ({ group, period }: Snapshot): string =>
  `${group.split('|').slice(1).join('|')}|${period.from}|${period.to}`;

/** The later one has all the months of the earlier one. */
const onlyGrew = (before: Snapshot, later: Snapshot): boolean => later.period.from <= before.period.from;

const overlaps = (left: Period, right: Period): boolean => left.from <= right.to && right.from <= left.to;

/** The counts that two releases give away, each count by itself. */
const foundInPairs = (past: readonly Snapshot[], later: Snapshot): readonly Finding[] =>
  past.flatMap((before) =>
    pinnedBetween(before, later, onlyGrew(before, later)).map((count) => ({
      ...count,
      group: later.group,
      releases: [before.release, later.release],
      since: before.release,
    })),
  );

/** The counts that several releases give away, all counts of all of them taken together. */
const foundTogether = (past: readonly Snapshot[], later: Snapshot): readonly Finding[] => {
  const chain = [...past, later].map((shown, index, all) => {
    const before = all[index - 1];
    return { shown, grew: before !== undefined && onlyGrew(before, shown) };
  });
  const releases = chain.map(({ shown }) => shown.release);
  return pinnedAlong(chain).map(({ since, ...count }) => ({
    ...count,
    group: later.group,
    releases,
    since: releases[since] ?? later.release,
  }));
};

/** `with, added` and `with, difference` are the same count. */
const isOfSameCount = (left: Finding, right: Finding): boolean =>
  left.of === right.of &&
  left.since === right.since &&
  left.quantity.split(',')[0] === right.quantity.split(',')[0];

/**
 * Takes a release that may be published and all that were, gives every count of 1 to 10 that could be worked
 * out: from the release alone, or from it and all earlier ones whose months of treatment it shares. None means
 * that it may go out. It uses nothing but what is public.
 */
export const attackRelease = (
  candidate: PublicRelease,
  earlier: readonly PublicRelease[],
): readonly Finding[] => {
  const now = snapshotsOf(candidate, () => true);
  const within = now.flatMap((snapshot) =>
    pinnedWithin(
      snapshot,
      now.filter(({ population }) => population === snapshot.population),
    ).map((count) => ({ ...count, group: snapshot.group, releases: [candidate.number] })),
  );
  const outside = now.filter(isTotal).flatMap((total) =>
    pinnedOutside(
      total,
      now.filter((part) => !isTotal(part) && questionOf(part) === questionOf(total)),
    ).map((count) => ({ ...count, group: total.group, releases: [candidate.number] })),
  );
  const isRelated = (group: string, period: Period): boolean =>
    now.some((snapshot) => snapshot.group === group && overlaps(snapshot.period, period));
  const past = earlier.flatMap((release) => snapshotsOf(release, isRelated));
  const between = now.flatMap((later) => {
    const own = past.filter(({ group }) => group === later.group);
    const pairs = foundInPairs(own, later);
    // Pairs too: when somebody did leave on the way, no one story fits all releases, but it may fit two of them.
    const together = [own, ...own.slice(0, -1).map((before) => [before])].flatMap((chain) =>
      foundTogether(chain, later),
    );
    return [...pairs, ...together].filter(
      (found, index, all) => all.findIndex((other) => isOfSameCount(other, found)) === index,
    );
  });
  return [...within, ...outside, ...between];
};
