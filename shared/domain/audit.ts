import { type ShownGroup, shownGroupOf } from './audit-figures.ts';
import { type PinnedCount, pinnedBetween } from './audit-periods.ts';
import { pinnedWithin } from './audit-release.ts';
import type { PublicRelease, ShownClaim } from './release-schema.ts';
import type { Period } from './reporting-window.ts';

/** What somebody with a pencil could find out, and from which releases. `group` is what must not move. */
export type Finding = PinnedCount & { readonly group: string; readonly releases: readonly number[] };

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

const overlaps = (left: Period, right: Period): boolean => left.from <= right.to && right.from <= left.to;

/**
 * Takes a release that may be published and all that were, gives every count of 1 to 10 that could be worked
 * out: from the release alone, or from it and any earlier one whose months of treatment it shares. None means
 * that it may go out. It uses nothing but what is public.
 *
 * Two releases are compared one pair at a time; three are not solved together.
 */
export const auditRelease = (
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
  const isRelated = (group: string, period: Period): boolean =>
    now.some((snapshot) => snapshot.group === group && overlaps(snapshot.period, period));
  const past = earlier.flatMap((release) => snapshotsOf(release, isRelated));
  const between = now.flatMap((later) =>
    past
      .filter(({ group }) => group === later.group)
      .flatMap((before) =>
        pinnedBetween(before, later, later.period.from <= before.period.from).map((count) => ({
          ...count,
          group: later.group,
          releases: [before.release, candidate.number],
        })),
      ),
  );
  return [...within, ...between];
};
