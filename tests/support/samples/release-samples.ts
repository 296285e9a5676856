import type { Cell, Counts, Scope } from '../../../shared/outcomes/cells/contribution.ts';
import { claimDefinitions } from '../../../shared/outcomes/claims/claim-definitions.ts';
import { assembleRelease } from '../../../shared/outcomes/release/release.ts';
import type { Release, ShownClaim } from '../../../shared/outcomes/release/release-schema.ts';
import type { CohortMonth, LocalDate } from '../../../shared/platform/time.ts';
import type { MeasureId } from '../../../shared/protocol/measures.ts';

/** Percentages of those who answered, by scope and measure. A measure left out has no answers. */
export type SampleShares = Readonly<Partial<Record<Scope, Readonly<Partial<Record<MeasureId, number>>>>>>;

/** The sample clinic's figures. Its mild® patients are too few to be published. */
export const sampleShares: SampleShares = {
  'facet-joint-injection': { improved: 92, 'improved-over-half': 77 },
  'epidural-steroid-injection': { improved: 90, 'improved-over-half': 63 },
  overall: { 'better-quality-of-life': 84, 'less-pain': 86, 'better-function': 81 },
};

const months: readonly CohortMonth[] = [
  '2025-07',
  '2025-08',
  '2025-09',
  '2025-10',
  '2025-11',
  '2025-12',
  '2026-01',
  '2026-02',
  '2026-03',
  '2026-04',
  '2026-05',
  '2026-06',
];

/** A day by which the three-month windows of all sample months have closed. */
export const sampleDay: LocalDate = '2026-11-16';

const answersOf = (
  shares: Readonly<Partial<Record<MeasureId, number>>>,
  answered: number,
): Readonly<Record<string, number>> =>
  Object.fromEntries(
    Object.entries(shares).flatMap(([measure, share]) => [
      [`${measure}:n`, answered],
      [`${measure}:x`, Math.round((answered * share) / 100)],
    ]),
  );

const cellsOf = (scope: Scope, shares: SampleShares, answered: number): readonly Cell[] =>
  months.flatMap((month) => {
    const counted: Counts = { counted: answered, ...answersOf(shares[scope] ?? {}, answered) };
    return [
      { scope, month, timepoint: 'enrolled' as const, counts: { eligible: answered * 2 } },
      { scope, month, timepoint: '3m' as const, counts: counted },
    ];
  });

/** Assembles the release after `history`, with `answeredMonthly` patients of each family who answer. */
export const sampleRelease = (
  shares: SampleShares = sampleShares,
  history: readonly Release[] = [],
  answeredMonthly = 50,
  today: LocalDate = sampleDay,
): Release =>
  assembleRelease({
    definitions: claimDefinitions,
    cells: new Map([
      ['facet-joint-injection', cellsOf('facet-joint-injection', shares, answeredMonthly)],
      ['epidural-steroid-injection', cellsOf('epidural-steroid-injection', shares, answeredMonthly)],
      ['mild', cellsOf('mild', shares, 1)],
      ['overall', cellsOf('overall', shares, answeredMonthly * 2)],
    ]),
    history,
    today,
    synthetic: true,
    codeVersion: '1.2.3+0123456789ab',
  }).release;

/** Returns a claim that the release shows. Throws when it is withheld. */
export const shownIn = ({ public: { claims } }: Release, id: string): ShownClaim => {
  const claim = claims.find((candidate) => candidate.id === id);
  if (claim === undefined || claim.status === 'withheld') throw new Error(`${id} is not shown`);
  return claim;
};
