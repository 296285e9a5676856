import { describe, expect, it } from 'vitest';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { approveRelease, proposeRelease } from '../../../../shared/outcomes/release/propose-release.ts';
import {
  type CandidateStore,
  publishRelease,
  type ReleaseStore,
} from '../../../../shared/outcomes/release/publish-release.ts';
import type { Release } from '../../../../shared/outcomes/release/release-schema.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import { cellsOf, facetMonths, type Month } from '../clinic.ts';

const facet = 'facet-joint-injection';

const options = {
  definitions: claimDefinitions,
  synthetic: true,
  codeVersion: '1.2.3+0123456789ab',
} as const;

type State = {
  months: readonly Month[];
  now: UtcInstant;
  stored: readonly Release[];
  waiting: readonly Release[];
};

/** A clinic whose months and clock can be changed, with its releases and its candidate. */
const clinic = (months: readonly Month[], now: UtcInstant = '2025-08-01T12:00:00Z') => {
  const state: State = { months, now, stored: [], waiting: [] };
  const releases: ReleaseStore = {
    latest: async () => state.stored.at(-1),
    get: async (number) => state.stored.find((release) => release.public.number === number),
    all: async () => state.stored,
    put: async (release) => {
      if (state.stored.some((other) => other.public.number === release.public.number)) return 'exists';
      state.stored = [...state.stored, release];
      return 'stored';
    },
  };
  const candidates: CandidateStore = {
    get: async () => state.waiting.at(-1),
    put: async (release) => {
      state.waiting = [release];
    },
  };
  const cells = { cells: async (scope: string) => (scope === facet ? cellsOf(facet, state.months) : []) };
  const ports = { releases, candidates, cells, clock: { now: () => state.now } };
  return {
    state,
    ports,
    propose: () => proposeRelease(ports, options),
    approve: (digest: string) => approveRelease(ports, options, digest),
  };
};

const proposed = async ({ propose }: ReturnType<typeof clinic>): Promise<Release> => {
  const result = await propose();
  if (!('release' in result)) throw new Error(result.outcome);
  return result.release;
};

describe('a candidate', () => {
  it('is published only when its digest is approved, and then exactly as proposed', async () => {
    const there = clinic(facetMonths(1, 3));
    const release = await proposed(there);
    expect(there.state.stored).toEqual([]);
    there.state.now = '2025-08-03T12:00:00Z';
    expect(await there.approve(release.digest)).toEqual({ outcome: 'published', release });
    expect(there.state.stored).toEqual([release]);
    expect(release.public.createdOn).toBe('2025-08-01');
  });

  it('keeps its digest from day to day until there is something new to say', async () => {
    const there = clinic(facetMonths(1, 4));
    const release = await proposed(there);
    there.state.now = '2025-08-02T12:00:00Z';
    expect(await there.propose()).toEqual({ outcome: 'waits', release });
    // April has closed by then.
    there.state.now = '2025-09-01T12:00:00Z';
    expect(await there.propose()).toMatchObject({ outcome: 'proposed' });
    expect(await there.approve(release.digest)).toEqual({
      outcome: 'not-proposed',
      waiting: there.state.waiting[0]?.digest,
    });
  });

  it('keeps its digest when another version of the code runs, and names the one that assembled it', async () => {
    const there = clinic(facetMonths(1, 3));
    const release = await proposed(there);
    const newer = { ...options, codeVersion: '1.2.4+ba9876543210' };
    expect(await proposeRelease(there.ports, newer)).toEqual({ outcome: 'waits', release });
    expect(await approveRelease(there.ports, newer, release.digest)).toEqual({
      outcome: 'published',
      release,
    });
    expect(release.basis.codeVersion).toBe(options.codeVersion);
  });

  it('does not exist while there is nothing new to say', async () => {
    const there = clinic([]);
    expect(await there.propose()).toEqual({ outcome: 'nothing-new' });
    expect(await there.approve('0'.repeat(64))).toEqual({ outcome: 'not-proposed' });
    const other = clinic(facetMonths(1, 3));
    await publishRelease(other.ports, options);
    expect(await other.propose()).toEqual({ outcome: 'nothing-new', latest: 1 });
  });

  it('is not published when it was altered in storage', async () => {
    const there = clinic(facetMonths(1, 3));
    const release = await proposed(there);
    const text = JSON.stringify(release).replace('"percent":74', '"percent":94');
    there.state.waiting = [JSON.parse(text)];
    expect(await there.approve(release.digest)).toEqual({ outcome: 'altered' });
    // The next run detects it too and proposes a new one.
    expect(await there.propose()).toMatchObject({ outcome: 'proposed' });
  });

  it('is not published after a newer release', async () => {
    const there = clinic(facetMonths(1, 3));
    const release = await proposed(there);
    await publishRelease(there.ports, options);
    expect(await there.approve(release.digest)).toEqual({ outcome: 'overtaken' });
    expect(there.state.stored).toHaveLength(1);
  });

  it('is not published when another run takes the number in the meantime', async () => {
    const there = clinic(facetMonths(1, 3));
    const release = await proposed(there);
    const releases: ReleaseStore = { ...there.ports.releases, put: async () => 'exists' };
    expect(await approveRelease({ ...there.ports, releases }, options, release.digest)).toEqual({
      outcome: 'overtaken',
    });
  });

  it('is not published when the counts no longer yield it', async () => {
    const there = clinic(facetMonths(1, 3));
    const release = await proposed(there);
    there.state.months = facetMonths(1, 3, { improved: 25 });
    expect(await there.approve(release.digest)).toEqual({ outcome: 'moved-on' });
    expect(there.state.stored).toEqual([]);
  });
});
