import { addSeconds } from '../../platform/calendar.ts';
import type { Clock } from '../../platform/ports.ts';
import { type LocalDate, type UtcInstant, utcDateOf } from '../../platform/time.ts';
import type { Cell, Scope } from '../cells/contribution.ts';
import type { CellStore } from '../cells/ports.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { claimHashes } from '../claims/claim-hashes.ts';
import { contradictionsIn, contradictionText } from '../claims/contradictions/contradictions.ts';
import type { Finding } from '../disclosure/attack.ts';
import { type AssembledRelease, assembleRelease } from './release.ts';
import type { Release } from './release-schema.ts';

/** The numbered releases. A number, once stored, never changes. */
export type ReleaseStore = {
  /** The release with the highest number; undefined when there is none yet. */
  readonly latest: () => Promise<Release | undefined>;
  readonly get: (number: number) => Promise<Release | undefined>;
  /** All releases, by rising number. */
  readonly all: () => Promise<readonly Release[]>;
  /** Stores under `release.public.number`, unless that number is taken. */
  readonly put: (release: Release) => Promise<'stored' | 'exists'>;
};

/** The release that waits for approval: one at most, replaced by a newer one. */
export type CandidateStore = {
  readonly get: () => Promise<Release | undefined>;
  readonly put: (release: Release) => Promise<void>;
};

export type PublishPorts = {
  readonly releases: ReleaseStore;
  readonly cells: CellStore;
  readonly clock: Clock;
};

export type PublishOptions = {
  readonly definitions: readonly ClaimDefinition[];
  /** True where the patients are made up: the release says so. */
  readonly synthetic: boolean;
  /** Version and commit of the code, `0.2.0+f4435111c1e0`. */
  readonly codeVersion: string;
};

export type PublishOutcome =
  | {
      readonly outcome: 'published';
      readonly release: Release;
      readonly news: readonly string[];
      readonly findings: readonly Finding[];
    }
  /** Nobody new enough to say anything new; the latest release stands. */
  | { readonly outcome: 'nothing-new'; readonly latest?: number; readonly findings: readonly Finding[] }
  /** Others kept taking the number; the next run finds what they stored. */
  | { readonly outcome: 'lost-race' };

/** Seconds after which a date is over everywhere on Earth (UTC-12). */
const lastZone = 12 * 3600;

/** The date in the last time zone, so that a window has closed for every patient when it has by this date. */
const dateEverywhere = (now: UtcInstant): LocalDate => utcDateOf(addSeconds(now, -lastZone));

const attempts = 3;

const cellsOf = async (
  store: CellStore,
  definitions: readonly ClaimDefinition[],
): Promise<ReadonlyMap<Scope, readonly Cell[]>> => {
  const scopes = [...new Set(definitions.map(({ scope }) => scope))];
  return new Map(await Promise.all(scopes.map(async (scope) => [scope, await store.cells(scope)] as const)));
};

/** The build refuses these already (`npm run claims`); nothing is published by what got past it. */
const refuseContradictions = (definitions: readonly ClaimDefinition[]): void => {
  const [first] = contradictionsIn(definitions, claimHashes);
  if (first !== undefined) throw new Error(`Contradicting claim definition: ${contradictionText(first)}`);
};

/**
 * Takes the ports and options, gives every release so far and the one that today's counts would make. Throws when
 * a definition contradicts itself or another one.
 */
export const assembleCandidate = async (
  { releases, cells, clock }: PublishPorts,
  { definitions, synthetic, codeVersion }: PublishOptions,
  today: LocalDate = dateEverywhere(clock.now()),
): Promise<{ readonly history: readonly Release[]; readonly candidate: AssembledRelease }> => {
  refuseContradictions(definitions);
  const history = await releases.all();
  const read = await cellsOf(cells, definitions);
  const input = { definitions, cells: read, history, today, synthetic, codeVersion };
  return { history, candidate: assembleRelease(input) };
};

const attempt = async (ports: PublishPorts, options: PublishOptions): Promise<PublishOutcome> => {
  const { history, candidate } = await assembleCandidate(ports, options);
  const { release, news, findings } = candidate;
  if (news.length === 0) {
    const latest = history.at(-1)?.public.number;
    return { outcome: 'nothing-new', findings, ...(latest === undefined ? {} : { latest }) };
  }
  const stored = await ports.releases.put(release);
  return stored === 'exists' ? { outcome: 'lost-race' } : { outcome: 'published', release, news, findings };
};

/**
 * Publishes the next numbered release, if the counts say something that the rules allow to be said. Numbers are
 * immutable: when another run took the number first, its release is read and decided upon again, which then
 * mostly finds nothing new.
 */
export const publishRelease = async (
  ports: PublishPorts,
  options: PublishOptions,
): Promise<PublishOutcome> => {
  for (let tries = 1; tries < attempts; tries += 1) {
    const result = await attempt(ports, options);
    if (result.outcome !== 'lost-race') return result;
  }
  return attempt(ports, options);
};
