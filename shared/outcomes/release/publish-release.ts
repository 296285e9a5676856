import { addSeconds } from '../../platform/calendar.ts';
import type { Clock } from '../../platform/ports.ts';
import { present } from '../../platform/present.ts';
import { type LocalDate, type UtcInstant, utcDateOf } from '../../platform/time.ts';
import type { Cell, Scope } from '../cells/contribution.ts';
import type { CellStore } from '../cells/ports.ts';
import type { ClaimDefinition } from '../claims/claim-definitions.ts';
import { claimHashes } from '../claims/claim-hashes.ts';
import { contradictionsIn, contradictionText } from '../claims/contradictions/contradictions.ts';
import type { Finding } from '../disclosure/attack.ts';
import { type AssembledRelease, assembleRelease } from './release.ts';
import type { Release } from './release-schema.ts';

/** The numbered releases. They are immutable. */
export type ReleaseStore = {
  /** The release with the highest number; undefined before the first. */
  readonly latest: () => Promise<Release | undefined>;
  readonly get: (number: number) => Promise<Release | undefined>;
  /** All releases, in ascending order of number. */
  readonly all: () => Promise<readonly Release[]>;
  /** Stores a release under its number unless that number is taken. */
  readonly put: (release: Release) => Promise<'stored' | 'exists'>;
};

/** The candidate waiting for approval. There is at most one; a newer one replaces it. */
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
  /** True when the patients are synthetic; the release then says so. */
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
  /** There is nothing new to say, so `latest` remains the current release. */
  | { readonly outcome: 'nothing-new'; readonly latest?: number; readonly findings: readonly Finding[] }
  /** Other runs kept taking the number. The next run reads what they stored. */
  | { readonly outcome: 'lost-race' };

/** Seconds by which the last time zone on Earth (UTC-12) is behind UTC. */
const lastZoneDelay = 12 * 3600;

/** The date in the last time zone. A window closed by this date is closed for every patient. */
const dateEverywhere = (now: UtcInstant): LocalDate => utcDateOf(addSeconds(now, -lastZoneDelay));

const maxAttempts = 3;

/** Reads the cells of every scope that the definitions use. */
export const cellsFor = async (
  store: CellStore,
  definitions: readonly ClaimDefinition[],
): Promise<ReadonlyMap<Scope, readonly Cell[]>> => {
  const scopes = [...new Set(definitions.map(({ scope }) => scope))];
  return new Map(await Promise.all(scopes.map(async (scope) => [scope, await store.cells(scope)] as const)));
};

/** The build already rejects contradictions (`npm run claims`). This guards publishing against any that slip through. */
const refuseContradictions = (definitions: readonly ClaimDefinition[]): void => {
  const [first] = contradictionsIn(definitions, claimHashes);
  if (first !== undefined) throw new Error(`Contradicting claim definition: ${contradictionText(first)}`);
};

/**
 * Reads every release so far and assembles the candidate from today's counts. Throws when a definition contradicts
 * itself or another definition.
 */
export const assembleCandidate = async (
  { releases, cells, clock }: PublishPorts,
  { definitions, synthetic, codeVersion }: PublishOptions,
  today: LocalDate = dateEverywhere(clock.now()),
): Promise<{ readonly history: readonly Release[]; readonly candidate: AssembledRelease }> => {
  refuseContradictions(definitions);
  const history = await releases.all();
  const counts = await cellsFor(cells, definitions);
  const input = { definitions, cells: counts, history, today, synthetic, codeVersion };
  return { history, candidate: assembleRelease(input) };
};

const attempt = async (ports: PublishPorts, options: PublishOptions): Promise<PublishOutcome> => {
  const { history, candidate } = await assembleCandidate(ports, options);
  const { release, news, findings } = candidate;
  if (news.length === 0) {
    const latest = history.at(-1)?.public.number;
    return { outcome: 'nothing-new', findings, ...present({ latest }) };
  }
  const stored = await ports.releases.put(release);
  return stored === 'exists' ? { outcome: 'lost-race' } : { outcome: 'published', release, news, findings };
};

/**
 * Publishes the next numbered release if the counts support anything new that may be shown. Releases are immutable: if
 * another run takes the number first, this one starts over from that release, which usually leaves nothing new.
 */
export const publishRelease = async (
  ports: PublishPorts,
  options: PublishOptions,
): Promise<PublishOutcome> => {
  for (let attempts = 1; attempts < maxAttempts; attempts += 1) {
    const result = await attempt(ports, options);
    if (result.outcome !== 'lost-race') return result;
  }
  return attempt(ports, options);
};
