import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ClaimDefinition,
  claimDefinitions,
} from '../../../../../shared/outcomes/claims/claim-definitions.ts';
import { claimHashes } from '../../../../../shared/outcomes/claims/claim-hashes.ts';
import { contradictionsIn } from '../../../../../shared/outcomes/claims/contradictions/contradictions.ts';
import type { StatedDefinition } from '../../../../../shared/outcomes/claims/stated-definition.ts';
import { digestOf } from '../../../../../shared/platform/digest.ts';
import { hashesOf } from './made-up-claims.ts';

describe('the claims of the project', () => {
  const shipped: readonly ClaimDefinition[] = claimDefinitions;

  it('contain no contradiction', () => {
    expect(contradictionsIn(shipped, claimHashes)).toEqual([]);
  });

  it('are rejected when anything in one of them is changed', () => {
    const change = fc.constantFrom<Partial<StatedDefinition>>(
      { timepoint: '6m' },
      { months: 6 },
      { measure: 'less-pain' },
      { rule: 'nearest' },
      { scope: 'facet-radiofrequency-ablation' },
      { effectiveFrom: '2025-01-02' },
      { minimums: { answered: 1, smallCell: 0 } },
      { sentence: { en: '{percent}%' } },
      { population: { en: 'patients' } },
    );
    fc.assert(
      fc.property(fc.nat(shipped.length - 1), change, (index, changes) => {
        const changed: readonly StatedDefinition[] = shipped.map((definition, at) =>
          at === index ? { ...definition, ...changes } : definition,
        );
        fc.pre(digestOf(changed[index]) !== digestOf(shipped[index]));
        const all = contradictionsIn(changed, claimHashes);
        expect(all.some((found) => found.index === index && found.field === 'version')).toBe(true);
      }),
    );
  });

  it('are checked in any order, each with its own contradiction', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray([...shipped.keys()], { minLength: shipped.length }),
        fc.nat(shipped.length - 1),
        (order, index) => {
          const changed: readonly StatedDefinition[] = order.flatMap((at) => {
            const definition = shipped[at];
            const isChanged = at === index;
            return definition === undefined
              ? []
              : [{ ...definition, ...(isChanged ? { minimums: { answered: 30, smallCell: 1 } } : {}) }];
          });
          const all = contradictionsIn(changed, hashesOf(changed));
          expect(all.map(({ id, field }) => [id, field])).toEqual([
            [shipped[index]?.id, 'minimums.smallCell'],
          ]);
        },
      ),
    );
  });
});
