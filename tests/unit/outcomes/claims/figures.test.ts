import { describe, expect, it, test } from 'vitest';
import {
  type ClaimDefinition,
  claimDefinitions,
  definitionsInForce,
} from '../../../../shared/outcomes/claims/claim-definitions.ts';
import { claimHashes } from '../../../../shared/outcomes/claims/claim-hashes.ts';
import { figuresOf, fill, groupOf, worstCaseShown } from '../../../../shared/outcomes/claims/figures.ts';
import { floorPercent } from '../../../../shared/outcomes/claims/statistics.ts';
import { disclosureOf, responseRateShown } from '../../../../shared/outcomes/disclosure/disclosure.ts';
import { sentenceOf, withheldClaimOf } from '../../../../shared/outcomes/release/release-claims.ts';
import { digestOf } from '../../../../shared/platform/digest.ts';
import type { LocalDate } from '../../../../shared/platform/time.ts';

const definitions: readonly ClaimDefinition[] = claimDefinitions;

const sentenceWith = (id: string, percent: number) => {
  const definition = definitions.find((each) => each.id === id);
  return definition === undefined ? undefined : sentenceOf(definition, percent);
};

describe('the sentences', () => {
  test.each([
    [
      'facet-improved',
      90,
      'Over 90% of our facet joint injection patients report improvement in their condition.',
    ],
    [
      'facet-over-half',
      75,
      'Over 75% of our facet joint injection patients, counting all who answered, report improvement of more than 50%.',
    ],
    [
      'epidural-improved',
      88,
      'Over 88% of our epidural injection patients report improvement in their condition.',
    ],
    ['overall-quality-of-life', 83, '83% of our patients report better quality of life.'],
    ['overall-less-pain', 60, '60% of our patients report less pain.'],
    ['overall-better-function', 62, '62% of our patients report better physical function.'],
    ['mild-standing-or-walking', 71, '71% of our mild® patients report that standing or walking is better.'],
  ])('%s', (id, percent, expected) => {
    expect(sentenceWith(id, percent)?.en).toBe(expected);
    expect(sentenceWith(id, percent)?.es).toContain(`${percent} %`);
  });

  it('say what patients report, and never that a procedure works', () => {
    for (const { sentence } of definitions) {
      expect(sentence.en).toMatch(/patients.* report /);
      expect(sentence.es).toMatch(/pacientes.* refieren /);
      expect(`${sentence.en} ${sentence.es}`).not.toMatch(
        /work|cure|effective|because|eficaz|cura|funciona/i,
      );
    }
  });

  it('contain no fixed number except the 50% of one measure, and none from the literature', () => {
    for (const { sentence, measure } of definitions) {
      const digits = `${sentence.en} ${sentence.es}`.match(/\d+/g) ?? [];
      expect(digits).toEqual(measure === 'improved-over-half' ? ['50', '50'] : []);
      expect(sentence.en.match(/\{percent\}/g)).toHaveLength(1);
      expect(sentence.es.match(/\{percent\}/g)).toHaveLength(1);
    }
  });

  it('leave placeholders without a value as they are', () => {
    expect(fill('{a} and {b}', { a: 1 })).toBe('1 and {b}');
  });
});

describe('the definitions', () => {
  it('are one per claim, at 3 months, with the usual minimums', () => {
    expect(new Set(definitions.map(({ id }) => id)).size).toBe(definitions.length);
    for (const { timepoint, minimums, months } of definitions) {
      expect({ timepoint, minimums, months }).toEqual({
        timepoint: '3m',
        minimums: { answered: 30, smallCell: 11 },
        months: 12,
      });
    }
  });

  it('nest only claims with the same denominator', () => {
    for (const inner of definitions.filter(({ nestedIn }) => nestedIn !== undefined)) {
      const outer = definitions.find(({ id }) => id === inner.nestedIn);
      expect(outer === undefined ? '' : groupOf(outer)).toBe(groupOf(inner));
    }
  });

  it('state no measure both for a family and for all patients: the remainder could be inferred', () => {
    const ofAll = definitions.filter(({ scope }) => scope === 'overall').map(({ measure }) => measure);
    for (const { scope, measure } of definitions) {
      if (scope !== 'overall') expect(ofAll).not.toContain(measure);
    }
  });

  it('are frozen: the recorded hash of each is the one that a release names', () => {
    expect(definitions.map(({ id, version }) => `${id}/${version}`)).toEqual(Object.keys(claimHashes));
    for (const definition of definitions) {
      expect(withheldClaimOf(definition, 'not-yet-due').definitionHash).toBe(
        claimHashes[`${definition.id}/${definition.version}`],
      );
    }
  });

  it('take effect on their date, the newest version only', () => {
    const [first] = definitions;
    if (first === undefined) throw new Error('no definitions');
    const later = { ...first, version: 2, effectiveFrom: '2026-06-01' } as const;
    const versions = (today: LocalDate) =>
      definitionsInForce([first, later], today).map(({ version }) => version);
    expect(versions('2024-12-31')).toEqual([]);
    expect(versions('2026-05-31')).toEqual([1]);
    expect(versions('2026-06-01')).toEqual([2]);
  });

  it('have a digest that does not depend on the order of keys', () => {
    expect(digestOf({ a: 1, b: [true, null] })).toBe(digestOf({ b: [true, null], a: 1 }));
    expect(digestOf({ a: 1 })).toBe('015abd7f5cc57a2dd94b7590f04ad8084273905ee33ec5cebeae62276a97f862');
    expect(digestOf(undefined)).toHaveLength(64);
  });
});

const minimums = { answered: 30, smallCell: 11 } as const;

describe('published studies, replayed', () => {
  test.each([
    ['Kwak 2019: 26 of 50', 26, 50, 51, 'publishable'],
    ['Manchikanti 2010, with steroid: 54 of 60', 54, 60, 89, 'small-complement'],
    ['Manchikanti 2010, without: 51 of 60', 51, 60, 84, 'small-complement'],
    ['facet injections to 3 months: 79 of 86', 79, 86, 91, 'small-complement'],
    ['no surgery within 5 years: 66 of 75', 66, 75, 87, 'small-complement'],
    ['MiDAS I at 6 weeks: 50 of 75', 50, 75, 66, 'publishable'],
    ['MiDAS I at 1 year: 43 of 58', 43, 58, 74, 'publishable'],
    ['MiDAS I at 2 years: 32 of 45', 32, 45, 71, 'publishable'],
    ['ENCORE mild at 2 years, completers: 71 of 98', 71, 98, 72, 'publishable'],
    ['ENCORE mild at 2 years, all: 71 of 149', 71, 149, 47, 'publishable'],
    ['Lilius 1989 at 3 months: 25 of 70', 25, 70, 35, 'publishable'],
    ['ENCORE mild, ODI at 6 months: 89 of 143', 89, 143, 62, 'publishable'],
    ['ENCORE mild, ODI at 1 year: 83 of 143', 83, 143, 58, 'publishable'],
    ['ENCORE mild, NPRS at 6 months: 80 of 143', 80, 143, 55, 'publishable'],
    ['ENCORE mild, NPRS at 1 year: 82 of 143', 82, 143, 57, 'publishable'],
    ['ENCORE epidural, ODI at 6 months: 46 of 129', 46, 129, 35, 'publishable'],
    ['ENCORE epidural, NPRS at 6 months: 43 of 129', 43, 129, 33, 'publishable'],
    ['ENCORE epidural, ODI and NPRS at 1 year: 35 of 129', 35, 129, 27, 'publishable'],
  ] as const)('%s', (_, x, n, percent, decision) => {
    expect(figuresOf('over', x, n)?.percent).toBe(percent);
    expect(disclosureOf({ x, n, minimums })).toBe(decision);
  });

  it('Kwak is 52% rounded down, and never over 52%', () => {
    expect(figuresOf('floor', 26, 50)?.percent).toBe(52);
  });

  it('completers flatter, and the worst case corrects for it', () => {
    const rate = responseRateShown(98, 149);
    expect(worstCaseShown(72, rate)).toBeLessThanOrEqual(floorPercent(71, 149) ?? 0);
  });

  it('the ENCORE percentages are of 129 patients, not of the 131 treated', () => {
    const reported = [35.7, 33.3, 27.1];
    const fits = (n: number) =>
      reported.every((percent) =>
        Array.from({ length: n + 1 }, (_, x) => Math.round((1000 * x) / n) / 10).includes(percent),
      );
    expect([fits(129), fits(131)]).toEqual([true, false]);
    expect([figuresOf('over', 46, 129)?.percent, figuresOf('over', 43, 129)?.percent]).toEqual([35, 33]);
    expect([figuresOf('over', 43, 131)?.percent, figuresOf('over', 35, 131)?.percent]).toEqual([32, 26]);
  });
});

describe('the tier', () => {
  test.each([
    ['over', 79, 86, 'descriptive'],
    ['over', 950, 1000, 'descriptive'],
    ['over', 9101, 10_000, 'descriptive'],
    ['over', 9199, 10_000, 'general'],
    ['floor', 8399, 10_000, 'general'],
    ['floor', 8300, 10_000, 'descriptive'],
    ['floor', 0, 40, 'general'],
  ] as const)('of %s, %i of %i is %s', (rule, x, n, tier) => {
    expect(figuresOf(rule, x, n)?.tier).toBe(tier);
  });

  it('does not exist without answers, or when nothing is over any percentage', () => {
    expect([figuresOf('floor', 0, 0), figuresOf('over', 0, 40)]).toEqual([null, null]);
  });
});
