import type { ClaimDefinition } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { figuresOf, intervalShown, worstCaseShown } from '../../../../shared/outcomes/claims/figures.ts';
import { bandFor } from '../../../../shared/outcomes/disclosure/disclosure.ts';
import { withheldClaimOf } from '../../../../shared/outcomes/release/release-claims.ts';
import type {
  PublicClaim,
  PublicRelease,
  ShownClaim,
} from '../../../../shared/outcomes/release/release-schema.ts';

const texts = { en: 'in English', es: 'en español' } as const;

export const definition = (id: string, change: Partial<ClaimDefinition> = {}): ClaimDefinition => ({
  id,
  version: 1,
  effectiveFrom: '2025-01-01',
  scope: 'overall',
  timepoint: '3m',
  measure: 'improved',
  rule: 'over',
  months: 12,
  minimums: { answered: 30, smallCell: 11 },
  sentence: { en: '{percent}%', es: '{percent} %' },
  population: texts,
  ...change,
});

/** A claim as a careless publisher would show it: never withheld, whatever the counts. */
export const carelesslyShown = (
  about: ClaimDefinition,
  x: number,
  n: number,
  period: ShownClaim['period'] = { from: '2025-01', to: '2025-12' },
): ShownClaim => {
  const figures = figuresOf(about.rule, x, n);
  const band = bandFor(n);
  const base = withheldClaimOf(about, 'not-yet-due');
  if (figures === null || band === undefined) throw new Error('nothing to show');
  const { reason: _, explanation: __, status: ___, ...identity } = base;
  return {
    ...identity,
    status: 'published',
    asOfRelease: 1,
    asOf: '2026-01-01',
    period,
    ...figures,
    answered: band.label,
    responseRate: 50,
    lowResponse: false,
    interval: intervalShown(figures.percent, band.low),
    worstCase: worstCaseShown(figures.percent, 50),
    sentence: texts,
    footnote: texts,
  };
};

export const releaseOf = (number: number, claims: readonly PublicClaim[]): PublicRelease => ({
  number,
  createdOn: '2026-01-01',
  synthetic: true,
  methodVersion: '1',
  previousDigest: null,
  claims,
});
