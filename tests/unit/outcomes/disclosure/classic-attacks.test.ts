import { describe, expect, it } from 'vitest';
import type { Scope } from '../../../../shared/outcomes/cells/contribution.ts';
import { claimDefinitions } from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { attackRelease } from '../../../../shared/outcomes/disclosure/attack.ts';
import { disclosureOf } from '../../../../shared/outcomes/disclosure/disclosure.ts';
import { assembleRelease } from '../../../../shared/outcomes/release/release.ts';
import type { Release } from '../../../../shared/outcomes/release/release-schema.ts';
import { cohortMonth, type Timepoint } from '../../../../shared/platform/time.ts';
import { cellsOf, facetMonths, type Month } from '../clinic.ts';
import { carelesslyShown, definition, releaseOf } from './shown.ts';

const facet = 'facet-joint-injection';

const minimums = { answered: 30, smallCell: 11 };

const release = (months: readonly Month[], history: readonly Release[] = []): Release =>
  assembleRelease({
    definitions: claimDefinitions,
    cells: new Map([[facet, cellsOf(facet, months)]]),
    history,
    today: '2025-08-01',
    synthetic: true,
    codeVersion: '1.2.3+0123456789ab',
  }).release;

const improvedIn = ({ public: { claims }, basis }: Release) => ({
  status: claims.find(({ id }) => id === 'facet-improved')?.status,
  decision: basis.claims.find(({ id }) => id === 'facet-improved')?.decision,
});

const found = (findings: ReturnType<typeof attackRelease>): readonly string[] =>
  findings.map(({ of, quantity }) => `${of}: ${quantity}`);

/** One question in enough variants that only one number of answers fits. */
const givenAway = (scope: Scope, n: number, shares: readonly number[], timepoint: Timepoint = '3m') =>
  shares.map((x, index) =>
    carelesslyShown(
      definition(`${scope}-${index}`, { scope, timepoint, measure: 'less-pain', rule: 'floor' }),
      x,
      n,
    ),
  );

describe('the classic attacks', () => {
  it('18 of 20, then 18 of 21: neither is shown, since too few answered', () => {
    const one = { answered: 20, improved: 18, overHalf: 4 };
    for (const counts of [one, { ...one, answered: 21 }]) {
      expect(improvedIn(release(facetMonths(1, 1, counts)))).toEqual({
        status: 'withheld',
        decision: 'too-few-answers',
      });
    }
  });

  it('180 of 200, then 180 of 201: the second is not shown, since too few patients are new', () => {
    const first = release(facetMonths(1, 1, { eligible: 300, answered: 200, improved: 180, overHalf: 150 }));
    expect(improvedIn(first)).toEqual({ status: 'published', decision: 'publishable' });
    const later = facetMonths(1, 1, { eligible: 301, answered: 201, improved: 180, overHalf: 150 });
    const second = release(later, [first]);
    expect(improvedIn(second)).toEqual({ status: 'held', decision: 'too-few-new' });
    const [before, after] = [first, second].map(({ public: { claims } }) => claims[0]);
    expect(after).toEqual({ ...before, status: 'held' });
  });

  it('the total minus a part: 41 of all, 34 of them after a facet injection, so 7 after something else', () => {
    const total = givenAway('overall', 41, [11, 12, 13]);
    const part = givenAway(facet, 34, [11, 12, 13]);
    for (const claims of [total, part]) expect(attackRelease(releaseOf(1, claims), [])).toEqual([]);
    const outside = `outside ${facet}|3m|pain`;
    expect(attackRelease(releaseOf(1, [...total, ...part]), [])).toEqual([
      {
        of: 'overall|3m|pain',
        group: 'overall|3m|pain',
        quantity: `answered, ${outside}`,
        range: { low: 7, high: 7 },
        releases: [1],
      },
      expect.objectContaining({ quantity: `less-pain, without, ${outside}` }),
    ]);
    // With other months or another timepoint there is nothing to subtract.
    const later = givenAway(facet, 34, [11, 12, 13], '6m');
    expect(attackRelease(releaseOf(1, [...total, ...later]), [])).toEqual([]);
    const elsewhere = part.map((claim) => ({
      ...claim,
      period: { from: '2025-02', to: '2025-12' } as const,
    }));
    expect(attackRelease(releaseOf(1, [...total, ...elsewhere]), [])).toEqual([]);
  });

  it('the total minus a part, enumerated number by number: 16 of 40 improved, 11 of 30 of them in one family', () => {
    const halved = definition('half', { measure: 'improved-at-least-half', rule: 'floor' });
    const total = [carelesslyShown(halved, 13, 40), carelesslyShown(definition('improved'), 16, 40)];
    const part = carelesslyShown(definition('facet', { scope: facet }), 11, 30);
    const findings = attackRelease(releaseOf(1, [...total, part]), []);
    expect(findings.map(({ quantity, range }) => [quantity, range])).toEqual([
      [`improved, with, outside ${facet}|3m|condition`, { low: 2, high: 7 }],
    ]);
  });

  it('the total minus two parts: 98 of all, 45 and 45', () => {
    // These many shares of the total leave 92 to 99 as possible numbers of answers.
    const shares = Array.from({ length: 20 }, (_, index) => 11 + 4 * index);
    const total = givenAway('overall', 98, shares);
    const parts = ([facet, 'epidural-steroid-injection'] as const).flatMap((scope) =>
      givenAway(scope, 45, [11, 12, 13, 14, 15, 16, 17]),
    );
    const findings = attackRelease(releaseOf(1, [...total, ...parts]), []);
    const outside = `outside ${facet}|3m|pain and epidural-steroid-injection|3m|pain`;
    expect(findings.map(({ quantity, range }) => [quantity, range])).toEqual([
      [`answered, ${outside}`, { low: 2, high: 9 }],
    ]);
  });

  it('improved minus more than half: 152 and 149 of 198, so 3 improved by less', () => {
    const outer = definition('improved');
    const inner = definition('over-half', { measure: 'improved-over-half', nestedIn: 'improved' });
    const claims = [carelesslyShown(outer, 152, 198), carelesslyShown(inner, 149, 198)];
    expect(found(attackRelease(releaseOf(1, claims), []))).toEqual(['over-half: between']);
    expect(disclosureOf({ x: 149, n: 198, outerX: 152, minimums })).toBe('small-nested-difference');
  });

  it('95 of 100: not shown, since only 5 did not improve', () => {
    const months = facetMonths(1, 1, { eligible: 150, answered: 100, improved: 95, overHalf: 60 });
    expect(improvedIn(release(months))).toEqual({ status: 'withheld', decision: 'small-complement' });
  });

  it('three releases, each within the rules, that reveal together what no two of them do', () => {
    const outer = definition('improved');
    const inner = definition('over-half', { measure: 'improved-over-half', nestedIn: 'improved' });
    const shown = (number: number, n: number, improved: number, overHalf: number) => {
      const period = { from: '2025-01', to: cohortMonth(`2025-0${6 + number}`) } as const;
      return releaseOf(number, [
        carelesslyShown(outer, improved, n, period),
        carelesslyShown(inner, overHalf, n, period),
      ]);
    };
    const [first, second, third] = [shown(1, 46, 32, 21), shown(2, 66, 41, 27), shown(3, 89, 59, 39)];
    for (const before of [[first], [second]]) expect(attackRelease(third, before)).toEqual([]);
    expect(attackRelease(second, [first])).toEqual([]);
    expect(attackRelease(third, [first, second])).toEqual([
      {
        of: 'over-half',
        quantity: 'between, added',
        range: { low: 3, high: 10 },
        group: 'overall|3m|condition',
        releases: [1, 2, 3],
        since: 2,
      },
    ]);
  });
});
