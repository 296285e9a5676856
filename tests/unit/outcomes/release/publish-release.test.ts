import { describe, expect, it } from 'vitest';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { publishRelease, type ReleaseStore } from '../../../../shared/outcomes/release/publish-release.ts';
import type { Release } from '../../../../shared/outcomes/release/release-schema.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import { cellsOf, facetMonths, type Month } from '../clinic.ts';

const facet = 'facet-joint-injection';

const storeOf = (stored: Release[]): ReleaseStore => ({
  latest: async () => stored.at(-1),
  get: async (number) => stored.find((release) => release.public.number === number),
  all: async () => [...stored],
  put: async (release) => {
    if (stored.some((other) => other.public.number === release.public.number)) return 'exists';
    stored.push(release);
    return 'stored';
  },
});

const portsOf = (releases: ReleaseStore, months: readonly Month[], now: UtcInstant) => ({
  releases,
  cells: { cells: async (scope: string) => (scope === facet ? cellsOf(facet, months) : []) },
  clock: { now: () => now },
});

const options = {
  definitions: claimDefinitions,
  synthetic: true,
  codeVersion: '1.2.3+0123456789ab',
} as const;

const now = '2025-08-01T12:00:00Z';

describe('publishing', () => {
  it('stores what is new, and nothing on a second run', async () => {
    const stored: Release[] = [];
    const ports = portsOf(storeOf(stored), facetMonths(1, 3), now);
    expect(await publishRelease(ports, options)).toMatchObject({
      outcome: 'published',
      news: ['facet-improved', 'facet-over-half'],
    });
    expect(await publishRelease(ports, options)).toEqual({ outcome: 'nothing-new', latest: 1, findings: [] });
    expect(stored.map((release) => release.public.number)).toEqual([1]);
    expect(stored[0]?.public.createdOn).toBe('2025-08-01');
  });

  it('stores nothing while there is nothing to say', async () => {
    const stored: Release[] = [];
    const outcome = await publishRelease(portsOf(storeOf(stored), [], now), options);
    expect(outcome).toEqual({ outcome: 'nothing-new', findings: [] });
    expect(stored).toEqual([]);
  });

  it('treats a day as over once it is over everywhere', async () => {
    // March is closed from 30 July on: 31 March plus 120 days is 29 July.
    const published = async (at: UtcInstant) => {
      const stored: Release[] = [];
      await publishRelease(portsOf(storeOf(stored), facetMonths(3, 1), at), options);
      return stored.length;
    };
    expect(await published('2025-07-30T11:59:59Z')).toBe(0);
    expect(await published('2025-07-30T12:00:00Z')).toBe(1);
  });

  it('starts over when another run took the number, and then finds nothing new', async () => {
    const stored: Release[] = [];
    const winner = storeOf(stored);
    const ports = portsOf(winner, facetMonths(1, 3), now);
    const loser: ReleaseStore = {
      ...winner,
      put: async (release) => {
        await winner.put(release);
        return 'exists';
      },
    };
    expect(await publishRelease({ ...ports, releases: loser }, options)).toMatchObject({
      outcome: 'nothing-new',
      latest: 1,
    });
    expect(stored).toHaveLength(1);
  });

  it('publishes nothing from a contradictory definition, however many patients answered', async () => {
    const stored: Release[] = [];
    const ports = portsOf(storeOf(stored), facetMonths(1, 3), now);
    const [first, ...others] = claimDefinitions;
    const definitions = [{ ...first, minimums: { answered: 1, smallCell: 1 } }, ...others];
    await expect(publishRelease(ports, { ...options, definitions })).rejects.toThrow(
      'Contradicting claim definition: facet-improved version 1, minimums.answered: 1 is fewer',
    );
    expect(stored).toEqual([]);
  });

  it('gives up when other runs keep taking the number', async () => {
    const never: ReleaseStore = { ...storeOf([]), put: async () => 'exists' };
    expect(await publishRelease(portsOf(never, facetMonths(1, 3), now), options)).toEqual({
      outcome: 'lost-race',
    });
  });
});
