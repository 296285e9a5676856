import { describe, expect, it } from 'vitest';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { assembleRelease } from '../../../../shared/outcomes/release/release.ts';
import type { Release } from '../../../../shared/outcomes/release/release-schema.ts';
import type { LocalDate } from '../../../../shared/platform/time.ts';
import { cellsOf, facetMonths, type Month } from '../clinic.ts';

const facet = 'facet-joint-injection';

const releaseOf = (
  months: readonly Month[],
  today: LocalDate,
  { history = [], definitions = claimDefinitions }: Partial<Parameters<typeof assembleRelease>[0]> = {},
): Release =>
  assembleRelease({
    definitions,
    cells: new Map([[facet, cellsOf(facet, months)]]),
    history,
    today,
    synthetic: false,
    codeVersion: '1.2.3+0123456789ab',
  }).release;

const statusOf = ({ public: { claims } }: Release, id: string) =>
  claims.find((claim) => claim.id === id)?.status;

describe('a release', () => {
  it('lists the claims in the order of the definitions, although groups are assembled one by one', () => {
    const [improved, overHalf, epidural] = claimDefinitions;
    const definitions = [improved, epidural, overHalf];
    const { claims } = releaseOf(facetMonths(1, 3), '2025-08-01', { definitions }).public;
    expect(claims.map(({ id }) => id)).toEqual(definitions.map(({ id }) => id));
  });

  it('starts its period with the first month in which a patient was treated, even a single one', () => {
    const [january, ...others] = facetMonths(1, 3);
    if (january === undefined) throw new Error('no months');
    const periodFrom = (eligible: number): string | undefined => {
      const changed = { ...january, eligible, answered: eligible, held: {} };
      const claim = releaseOf([changed, ...others], '2025-08-01').public.claims[0];
      return claim?.status === 'published' ? claim.period.from : claim?.status;
    };
    expect([periodFrom(0), periodFrom(1)]).toEqual(['2025-02', '2025-01']);
  });

  it('records that a group was shown when one of its claims was, and keeps the other withheld', () => {
    const tooClose = { answered: 40, improved: 29, overHalf: 26 };
    const first = releaseOf(facetMonths(1, 3, tooClose), '2025-08-01');
    expect([statusOf(first, 'facet-improved'), statusOf(first, 'facet-over-half')]).toEqual([
      'published',
      'withheld',
    ]);
    expect(first.basis.groups[0]?.everShown).toBe(true);
    const next = releaseOf(facetMonths(1, 3, tooClose), '2025-08-02', { history: [first] });
    expect([statusOf(next, 'facet-improved'), statusOf(next, 'facet-over-half')]).toEqual([
      'held',
      'withheld',
    ]);
  });
});
