import { describe, expect, it } from 'vitest';
import { certificateText } from '../../../../infra/ops/certificate-text.ts';
import type { Cell } from '../../../../shared/outcomes/cells/contribution.ts';
import {
  type ClaimDefinition,
  claimDefinitions,
} from '../../../../shared/outcomes/claims/claim-definitions.ts';
import {
  certificateOf,
  type InternalCertificate,
  publicCertificateOf,
} from '../../../../shared/outcomes/release/certificates.ts';
import { assembleRelease, type ReleaseInput } from '../../../../shared/outcomes/release/release.ts';
import { type Release, releaseSchema } from '../../../../shared/outcomes/release/release-schema.ts';
import { digestOf } from '../../../../shared/platform/digest.ts';
import { cohortMonth } from '../../../../shared/platform/time.ts';
import { cellsOf, facetMonths } from '../clinic.ts';

const facet = 'facet-joint-injection';

/** Three months of 40 answers each, with the funnel and every definition of improvement. */
const cells: readonly Cell[] = [1, 2, 3].flatMap((month): readonly Cell[] => {
  const key = { scope: facet, month: cohortMonth(`2025-0${month}`) } as const;
  return [
    { ...key, timepoint: 'enrolled', counts: { eligible: 60, reachable: 58 } },
    // Another timepoint, which must not be included.
    { ...key, timepoint: '1m', counts: { emailed: 60, answered: 59, 'improved:n': 59, 'improved:x': 59 } },
    {
      ...key,
      timepoint: '3m',
      counts: {
        emailed: 57,
        delivered: 55,
        answered: 42,
        counted: 40,
        'improved:n': 40,
        'improved:x': 30,
        'improved-at-least-30:n': 40,
        'improved-at-least-30:x': 28,
        'improved-at-least-half:n': 40,
        'improved-at-least-half:x': 20,
        'improved-over-half:n': 40,
        'improved-over-half:x': 15,
        'much-improved-pgic:n': 38,
        'much-improved-pgic:x': 25,
      },
    },
  ];
});

const inputOf = (change: Partial<ReleaseInput> = {}): ReleaseInput => ({
  definitions: claimDefinitions,
  cells: new Map([[facet, cells]]),
  history: [],
  today: '2025-08-01',
  synthetic: false,
  codeVersion: '1.2.3+0123456789ab',
  ...change,
});

const first = assembleRelease(inputOf()).release;

const certified = (release: Release, id: string): InternalCertificate => {
  const found = certificateOf(release, id, claimDefinitions);
  if (found.outcome !== 'certificate') throw new Error(found.outcome);
  return found.certificate;
};

const unmet = ({ rules }: InternalCertificate) => rules.filter(({ met }) => !met).map(({ rule }) => rule);

describe('the internal certificate', () => {
  const certificate = certified(first, 'facet-improved');

  it('has the funnel from treatment to being counted, at this timepoint and in these months', () => {
    expect(certificate.evidence).toEqual({
      period: { from: '2025-01', to: '2025-03' },
      funnel: [
        { stage: 'eligible', count: 180 },
        { stage: 'reachable', count: 174 },
        { stage: 'emailed', count: 171 },
        { stage: 'delivered', count: 165 },
        { stage: 'answered', count: 126 },
        { stage: 'counted', count: 120 },
      ],
    });
    expect(certificate.counts).toEqual({ x: 90, n: 120, eligible: 180 });
  });

  it('has the exact interval, and the bounds if none or all of the others had improved', () => {
    expect(certificate.interval?.low).toBeCloseTo(0.6657, 3);
    expect(certificate.interval?.high).toBeCloseTo(0.8189, 3);
    expect(certificate.bounds).toEqual({ low: 0.5, high: 150 / 180 });
  });

  it('shows improvement by each definition, and which counts must not be disclosed', () => {
    expect(certificate.strip).toEqual([
      { label: 'Condition better, by 1% or more', x: 90, n: 120, isDisclosable: true },
      // Six patients improved by less than 30%.
      { label: 'Condition better by at least 30%', x: 84, n: 120, isDisclosable: false },
      { label: 'Condition better by at least 50%', x: 60, n: 120, isDisclosable: true },
      { label: 'Condition better by more than 50%', x: 45, n: 120, isDisclosable: true },
      { label: 'Much or very much improved (PGIC 1 or 2)', x: 75, n: 114, isDisclosable: true },
    ]);
  });

  it.each([
    ['enough who have it and enough who do not', [[11, 22]], [true]],
    ['too few who have it', [[10, 22]], [false]],
    ['too few who do not', [[12, 22]], [false]],
    [
      'enough between it and the one before',
      [
        [41, 60],
        [30, 60],
      ],
      [true, true],
    ],
    [
      'too few between them',
      [
        [40, 60],
        [30, 60],
      ],
      [true, false],
    ],
  ])('says whether a count is disclosable: %s', (_, counts, expected) => {
    const strip = counts.map(([x = 0, n = 0]) => ({ measure: 'improved' as const, x, n }));
    const groups = first.basis.groups.map((group) =>
      group.evidence === undefined ? group : { ...group, evidence: { ...group.evidence, strip } },
    );
    const changed = certified({ ...first, basis: { ...first.basis, groups } }, 'facet-improved');
    expect(changed.strip.map(({ isDisclosable }) => isDisclosable)).toEqual(expected);
  });

  it('names the definition, the version of the code and every rule', () => {
    expect(certificate).toMatchObject({
      kind: 'internal',
      countsOfRelease: 1,
      codeVersion: '1.2.3+0123456789ab',
      decision: 'publishable',
      release: { number: 1, digest: first.digest, methodVersion: '1' },
    });
    expect(digestOf(certificate.definition)).toBe(certificate.claim.definitionHash);
    expect(certificate.rules.map(({ rule }) => rule)).toEqual([
      'too-few-answers',
      'small-count',
      'small-complement',
      'enough-new',
      'none-or-enough-left',
      'disclosure-attack',
    ]);
    expect(unmet(certificate)).toEqual([]);
    expect(certified(first, 'facet-over-half').rules.map(({ rule }) => rule)).toContain(
      'small-nested-difference',
    );
  });

  it('names the rule that a withheld claim does not meet', () => {
    const months = facetMonths(1, 2, { answered: 50, improved: 45, overHalf: 36 });
    const { release } = assembleRelease(inputOf({ cells: new Map([[facet, cellsOf(facet, months)]]) }));
    expect(unmet(certified(release, 'facet-improved'))).toEqual(['small-complement']);
    const close = facetMonths(1, 2, { answered: 50, improved: 35, overHalf: 30 });
    const other = assembleRelease(inputOf({ cells: new Map([[facet, cellsOf(facet, close)]]) })).release;
    expect(unmet(certified(other, 'facet-over-half'))).toEqual(['small-nested-difference']);
  });

  it('of a held claim has the counts behind its figures, and the reason it was not updated', () => {
    const later = assembleRelease(inputOf({ history: [first], today: '2025-08-02' })).release;
    const held = certified(later, 'facet-improved');
    expect(held.claim.status).toBe('held');
    expect(held).toMatchObject({ countsOfRelease: 1, counts: { x: 90, n: 120 }, decision: 'too-few-new' });
    expect(held.evidence).toEqual(certificate.evidence);
    expect(unmet(held)).toEqual(['enough-new']);
    const [january, ...others] = [...facetMonths(1, 4)];
    if (january === undefined) throw new Error('no months');
    const months = cellsOf(facet, [{ ...january, answered: 39 }, ...others]);
    const left = assembleRelease(
      inputOf({ cells: new Map([[facet, months]]), history: [first], today: '2025-09-01' }),
    ).release;
    expect(unmet(certified(left, 'facet-improved'))).toEqual(['none-or-enough-left']);
  });

  it('of a claim without answers has no counts', () => {
    expect(certified(first, 'mild-improved')).toMatchObject({
      counts: undefined,
      evidence: undefined,
      interval: null,
      bounds: null,
      rules: [],
      strip: [],
      decision: 'not-yet-due',
    });
  });

  it('says when the disclosure attack blocked the claim', () => {
    const basis = {
      ...first.basis,
      claims: first.basis.claims.map((own) => ({ ...own, decision: 'disclosure-attack' })),
    };
    expect(unmet(certified({ ...first, basis }, 'facet-improved'))).toEqual(['disclosure-attack']);
  });

  it('can be made for a release older than certificates', () => {
    const { codeVersion: _, ...basis } = first.basis;
    const groups = basis.groups.map(({ evidence: __, ...group }) => group);
    const old = releaseSchema.parse({ ...first, basis: { ...basis, groups } });
    expect(certified(old, 'facet-improved')).toMatchObject({
      counts: { x: 90 },
      evidence: undefined,
      codeVersion: undefined,
    });
    expect(certificateText(certified(old, 'facet-improved'))).toContain('code unknown');
  });
});

describe('no certificate', () => {
  it('exists for an unknown claim, or when the definition is not the published one', () => {
    expect(certificateOf(first, 'knee-improved', claimDefinitions)).toEqual({ outcome: 'no-such-claim' });
    const reworded: readonly ClaimDefinition[] = claimDefinitions.map((each) => ({ ...each, months: 24 }));
    expect(certificateOf(first, 'facet-improved', reworded)).toEqual({ outcome: 'definition-changed' });
    expect(publicCertificateOf(first, 'facet-improved', reworded)).toEqual({ outcome: 'definition-changed' });
  });
});

describe('the public certificate', () => {
  const found = publicCertificateOf(first, 'facet-improved', claimDefinitions);

  it('is computed from public data only, so it is the same whatever the counts behind it', () => {
    const emptied = { public: first.public, digest: first.digest };
    expect(publicCertificateOf(emptied, 'facet-improved', claimDefinitions)).toEqual(found);
    expect(JSON.stringify(found)).not.toMatch(/"(x|n|eligible|responded|count|rules|decision)":/);
  });

  it('names the other definitions shown about the same patients', () => {
    expect(found).toMatchObject({
      outcome: 'certificate',
      certificate: {
        kind: 'public',
        strip: [{ id: 'facet-over-half', label: 'Condition better by more than 50%', percent: 37 }],
      },
    });
  });

  it('names none shown about other patients', () => {
    const others = first.public.claims.map((claim) => ({
      ...claim,
      id: `other-${claim.id}`,
      group: 'others',
    }));
    const wider = { ...first.public, claims: [...first.public.claims, ...others] };
    expect(publicCertificateOf({ ...first, public: wider }, 'facet-improved', claimDefinitions)).toEqual(
      found,
    );
  });
});

describe('a certificate as text', () => {
  it('has everything a compliance officer asks for', () => {
    const text = certificateText(certified(first, 'facet-improved'));
    for (const part of [
      '"Over 74% of our facet joint injection patients report improvement in their condition."',
      'treated                                  180 of 180 (100%)',
      'known to be delivered                    165 of 180 (91%)',
      'answered this question                   120 of 180 (66%)',
      '66.5% to 81.9%',
      'worst and best case                      50.0% to 83.4%',
      '84 of 120 (70%), too small to disclose',
      'method 1, code 1.2.3+0123456789ab',
      first.digest,
      'largest T with 100x > Tn, in whole numbers',
    ]) {
      expect(text).toContain(part);
    }
    expect(text).not.toMatch(/%, low|rounded down/);
    expect(text).not.toContain('NOT met');
  });

  it('does not reveal to the public which rule a withheld claim breaks', () => {
    const months = facetMonths(1, 2, { answered: 50, improved: 45, overHalf: 20 });
    const { release } = assembleRelease(
      inputOf({ cells: new Map([[facet, cellsOf(facet, months)]]), synthetic: true }),
    );
    const inside = certificateText(certified(release, 'facet-improved'));
    expect(inside).toMatch(/NOT met +enough do not have it/);
    expect(inside).toContain('The patients are synthetic.');
    const found = publicCertificateOf(release, 'facet-improved', claimDefinitions);
    const outside = found.outcome === 'certificate' ? certificateText(found.certificate) : '';
    expect(outside).toContain('At least one disclosure rule is not met.');
    expect(outside).not.toMatch(/enough do not|of 100/);
  });

  it('names to anybody what else is shown of the same patients, and only then', () => {
    const found = publicCertificateOf(first, 'facet-improved', claimDefinitions);
    const outside = found.outcome === 'certificate' ? certificateText(found.certificate) : '';
    const other = publicCertificateOf(first, 'mild-improved', claimDefinitions);
    const alone = other.outcome === 'certificate' ? certificateText(other.certificate) : '';
    expect(alone).toMatch(/SHA-256 .+\n\nAt least one disclosure rule/);
    expect(alone).not.toContain('Also shown about the same patients');
    expect(outside).toMatch(
      /\n\nAlso shown about the same patients\n(?: .+%\n)+\nAll disclosure rules are met/,
    );
  });

  it('says the same in the same words, line by line', () => {
    expect(certificateText(certified(first, 'facet-improved'))).toMatchSnapshot();
  });

  it('is short when there are no counts', () => {
    expect(certificateText(certified(first, 'mild-improved'))).toContain('No counts yet.');
  });
});
