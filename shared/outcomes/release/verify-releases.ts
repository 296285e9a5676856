import { present } from '../../platform/present.ts';
import type { CellStore } from '../cells/ports.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { figuresOf } from '../claims/figures.ts';
import { bandFor } from '../disclosure/disclosure.ts';
import { cellsFor, type ReleaseStore } from './publish-release.ts';
import { assembleRelease, isIntact } from './release.ts';
import type { Release } from './release-schema.ts';

/**
 * What is wrong with a release. `altered`: the public part does not match the digest it was published with.
 * `chain-broken`: it does not name the digest of the previous release, or a number is missing. `not-from-its-counts`: a
 * figure of `claim` does not follow from the counts stored with it.
 */
export type ReleaseFault = { readonly number: number } & (
  | { readonly kind: 'altered' | 'chain-broken' }
  | { readonly kind: 'not-from-its-counts'; readonly claim: string }
);

/**
 * The latest of the verified releases, reassembled from today's counts. `moved-on`: patients were added, answered or
 * were corrected since, so it would come out differently now. That alone is not a fault.
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

/** Held claims are skipped: their figures were computed in an earlier release. */
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
    return isRight ? [] : [{ number: content.number, kind: 'not-from-its-counts', claim: claim.id }];
  });

const faultsOf = (release: Release, before: Release | undefined): readonly ReleaseFault[] => {
  const { number, previousDigest } = release.public;
  const isChained =
    number === (before?.public.number ?? 0) + 1 && previousDigest === (before?.digest ?? null);
  return [
    ...(isIntact(release) ? [] : [{ number, kind: 'altered' as const }]),
    ...(isChained ? [] : [{ number, kind: 'chain-broken' as const }]),
    ...claimFaults(release),
  ];
};

const remake = async (
  { cells, definitions }: VerifyParts,
  release: Release,
  history: readonly Release[],
): Promise<Remade> => {
  const { number, createdOn: today, synthetic } = release.public;
  const again = assembleRelease({
    definitions,
    cells: await cellsFor(cells, definitions),
    history,
    today,
    synthetic,
    // The digest does not cover it: another version of the code can confirm a release.
    codeVersion: release.basis.codeVersion ?? 'unknown',
  });
  return { number, outcome: again.release.digest === release.digest ? 'same-digest' : 'moved-on' };
};

/**
 * Creates the use case that verifies all releases, or the one with the given number. Resolves to undefined when that
 * number was never published.
 */
export const verifyReleasesWith =
  (parts: VerifyParts) =>
  async (wanted?: number): Promise<Verification | undefined> => {
    const all = await parts.releases.all();
    const isWanted = ({ public: { number } }: Release): boolean => wanted === undefined || number === wanted;
    const chosen = all.filter(isWanted);
    if (wanted !== undefined && chosen.length === 0) return undefined;
    const last = chosen.at(-1);
    const isBefore = ({ public: { number } }: Release): boolean => number < (last?.public.number ?? 0);
    return {
      releases: chosen.length,
      faults: all.flatMap((release, index) => (isWanted(release) ? faultsOf(release, all[index - 1]) : [])),
      ...present({ remade: last && (await remake(parts, last, all.filter(isBefore))) }),
    };
  };
