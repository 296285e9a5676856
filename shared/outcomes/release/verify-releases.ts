import type { Cell, Scope } from '../cells/contribution.ts';
import type { CellStore } from '../cells/ports.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { figuresOf } from '../claims/figures.ts';
import { bandFor } from '../disclosure/disclosure.ts';
import type { ReleaseStore } from './publish-release.ts';
import { assembleRelease, isIntact } from './release.ts';
import type { Release } from './release-schema.ts';

/**
 * What is wrong with a release. `altered`: what is shown does not have the digest it was published with.
 * `chain-broken`: it does not name the digest of the release before, or a number is missing. `not-from-its-counts`:
 * a figure does not follow from the counts kept with it.
 */
export type ReleaseFault = {
  readonly number: number;
  readonly fault: 'altered' | 'chain-broken' | 'not-from-its-counts';
  readonly claim?: string;
};

/**
 * The latest release (or the one asked for) made again from today's counts. `moved-on`: patients came, answered or
 * were corrected since, so that it would come out differently now; that is no fault by itself.
 */
export type Remade = { readonly number: number; readonly outcome: 'same-digest' | 'moved-on' };

export type Verification = {
  readonly releases: number;
  readonly faults: readonly ReleaseFault[];
  readonly remade?: Remade;
};

export type VerifyParts = {
  readonly releases: Pick<ReleaseStore, 'all'>;
  readonly cells: CellStore;
  readonly definitions: readonly ClaimDefinition[];
};

/** Held claims show what an earlier release shows, and were worked out there. */
const claimFaults = ({ public: content, basis }: Release): readonly ReleaseFault[] =>
  content.claims.flatMap((claim): readonly ReleaseFault[] => {
    if (claim.status !== 'published') return [];
    const counts = basis.claims.find(({ id }) => id === claim.id);
    const figures = counts === undefined ? null : figuresOf(claim.rule, counts.x, counts.n);
    const isRight =
      counts !== undefined &&
      figures?.percent === claim.percent &&
      figures.tier === claim.tier &&
      bandFor(counts.n)?.label === claim.answered;
    return isRight ? [] : [{ number: content.number, fault: 'not-from-its-counts', claim: claim.id }];
  });

const faultsOf = (release: Release, before: Release | undefined): readonly ReleaseFault[] => {
  const { number, previousDigest } = release.public;
  const isChained =
    number === (before?.public.number ?? 0) + 1 && previousDigest === (before?.digest ?? null);
  return [
    ...(isIntact(release) ? [] : [{ number, fault: 'altered' as const }]),
    ...(isChained ? [] : [{ number, fault: 'chain-broken' as const }]),
    ...claimFaults(release),
  ];
};

const remake = async (
  { cells, definitions }: VerifyParts,
  release: Release,
  history: readonly Release[],
): Promise<Remade> => {
  const scopes = [...new Set(definitions.map(({ scope }) => scope))];
  const read = async (scope: Scope): Promise<readonly [Scope, readonly Cell[]]> => [
    scope,
    await cells.cells(scope),
  ];
  const { number, createdOn: today, synthetic } = release.public;
  const again = assembleRelease({
    definitions,
    cells: new Map(await Promise.all(scopes.map(read))),
    history,
    today,
    synthetic,
    // The digest does not cover it: another version of the code can confirm a release.
    codeVersion: release.basis.codeVersion ?? 'unknown',
  });
  return { number, outcome: again.release.digest === release.digest ? 'same-digest' : 'moved-on' };
};

/**
 * Makes the use case that verifies releases: all of them, or one by its number. Undefined when the number was never
 * published.
 */
export const verifyReleasesWith =
  (parts: VerifyParts) =>
  async (wanted?: number): Promise<Verification | undefined> => {
    const all = await parts.releases.all();
    const isWanted = ({ public: { number } }: Release): boolean => wanted === undefined || number === wanted;
    const chosen = all.filter(isWanted);
    if (wanted !== undefined && chosen.length === 0) return undefined;
    const last = chosen.at(-1);
    return {
      releases: chosen.length,
      faults: all.flatMap((release, index) => (isWanted(release) ? faultsOf(release, all[index - 1]) : [])),
      ...(last === undefined
        ? {}
        : {
            remade: await remake(
              parts,
              last,
              all.filter(({ public: { number } }) => number < last.public.number),
            ),
          }),
    };
  };
