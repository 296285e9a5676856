import type { Period } from '../release/release-counts.ts';
import type { PublicRelease, ShownClaim } from '../release/release-schema.ts';
import { pinnedAcross } from './many-releases.ts';
import { pinnedOutside, pinnedWithin } from './one-release.ts';
import { type ShownGroup, shownGroupOf } from './shown-group.ts';
import { type PinnedCount, pinnedBetween } from './two-releases.ts';

/**
 * A small count that the public can work out, and the releases it takes. `since` is the release a change is counted
 * from, where the count is a change between releases. `group` is the group that must not be updated.
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

/** Held claims repeat an earlier release and reveal nothing new. */
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

/** The question, timepoint and period of a group, whatever the procedure. */
const questionOf = ({ group, period }: Snapshot): string =>
  `${group.split('|').slice(1).join('|')}|${period.from}|${period.to}`;

/** True when the later snapshot covers every month of the earlier one. */
const onlyGrew = (before: Snapshot, later: Snapshot): boolean => later.period.from <= before.period.from;

const overlaps = (left: Period, right: Period): boolean => left.from <= right.to && right.from <= left.to;

/** The counts that follow from two releases, each count taken on its own. */
const foundInPairs = (past: readonly Snapshot[], later: Snapshot): readonly Finding[] =>
  past.flatMap((before) =>
    pinnedBetween(before, later, onlyGrew(before, later)).map((count) => ({
      ...count,
      group: later.group,
      releases: [before.release, later.release],
      since: before.release,
    })),
  );

/** The counts that follow from several releases, all their counts solved together. */
const foundTogether = (past: readonly Snapshot[], later: Snapshot): readonly Finding[] => {
  const series = [...past, later].map((shown, index, all) => {
    const before = all[index - 1];
    return { shown, grew: before !== undefined && onlyGrew(before, shown) };
  });
  const releases = series.map(({ shown }) => shown.release);
  return pinnedAcross(series).map(({ since, ...count }) => ({
    ...count,
    group: later.group,
    releases,
    since: releases[since] ?? later.release,
  }));
};

/** `with, added` and `with, difference` name the same count. */
const isOfSameCount = (left: Finding, right: Finding): boolean =>
  left.of === right.of &&
  left.since === right.since &&
  left.quantity.split(',')[0] === right.quantity.split(',')[0];

/**
 * The disclosure attack: returns every count from 1 to 10 that anyone could work out from a candidate, on its own or
 * together with the earlier releases that share months of treatment with it. The candidate may be published when the
 * result is empty. Only public data is used.
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
    // Pairs too: if patients left in between, no assignment fits every release, but one may fit two of them.
    const together = [own, ...own.slice(0, -1).map((before) => [before])].flatMap((series) =>
      foundTogether(series, later),
    );
    return [...pairs, ...together].filter(
      (found, index, all) => all.findIndex((other) => isOfSameCount(other, found)) === index,
    );
  });
  return [...within, ...outside, ...between];
};
