import { expect, test } from 'vitest';
import type { ClaimDefinition } from '../../../../../shared/outcomes/claims/claim-definitions.ts';
import {
  contradictionsIn,
  contradictionText,
} from '../../../../../shared/outcomes/claims/contradictions/contradictions.ts';
import type { StatedDefinition } from '../../../../../shared/outcomes/claims/stated-definition.ts';
import { digestOf } from '../../../../../shared/platform/digest.ts';

export const improved: ClaimDefinition = {
  id: 'knee-improved',
  version: 1,
  effectiveFrom: '2026-01-01',
  scope: 'facet-joint-injection',
  timepoint: '3m',
  measure: 'improved',
  rule: 'over',
  months: 12,
  minimums: { answered: 30, smallCell: 11 },
  sentence: {
    en: 'Over {percent}% of our facet patients report improvement.',
    es: 'Más del {percent} % de nuestros pacientes con inyección facetaria refieren mejoría.',
  },
  population: { en: 'patients after a facet injection', es: 'pacientes con inyección facetaria' },
};

export const overHalf: ClaimDefinition = {
  ...improved,
  id: 'knee-over-half',
  measure: 'improved-over-half',
  nestedIn: 'knee-improved',
  sentence: {
    en: 'Over {percent}% of our facet patients report improvement of more than half.',
    es: 'Más del {percent} % de nuestros pacientes con inyección facetaria refieren una mejoría de más de la mitad.',
  },
};

export const pgic: ClaimDefinition = {
  ...improved,
  id: 'knee-pgic',
  measure: 'much-improved-pgic',
  rule: 'floor',
  sentence: {
    en: '{percent}% of our facet patients report being much improved.',
    es: 'El {percent} % de nuestros pacientes con inyección facetaria refieren estar mucho mejor.',
  },
};

/** `improved` with the other rule. */
export const plain: ClaimDefinition = {
  ...improved,
  id: 'knee-plain',
  rule: 'floor',
  sentence: {
    en: '{percent}% of our facet patients report improvement.',
    es: 'El {percent} % de nuestros pacientes con inyección facetaria refieren mejoría.',
  },
};

/** About other patients than `improved`, and so not nested in it. */
export const mildOverHalf: ClaimDefinition = {
  ...plain,
  id: 'mild-over-half',
  scope: 'mild',
  measure: 'improved-over-half',
  sentence: {
    en: '{percent}% of our mild® patients report improvement of more than 50%.',
    es: 'El {percent} % de nuestros pacientes de mild® refieren una mejoría de más del 50 %.',
  },
  population: { en: 'mild® patients', es: 'pacientes de mild®' },
};

export const second: ClaimDefinition = { ...improved, version: 2, effectiveFrom: '2026-06-01' };

export const hashesOf = (definitions: readonly StatedDefinition[]): Readonly<Record<string, string>> =>
  Object.fromEntries(definitions.map((each) => [`${each.id}/${each.version}`, digestOf(each)]));

/** The contradictions found when every hash is recorded correctly. */
export const found = (...definitions: readonly StatedDefinition[]): readonly string[] =>
  contradictionsIn(definitions, hashesOf(definitions)).map(contradictionText);

export const withSentence = (
  definition: StatedDefinition,
  sentence: StatedDefinition['sentence'],
): StatedDefinition => ({
  ...definition,
  sentence: { ...definition.sentence, ...sentence },
});

/** A test name, the definitions, and every contradiction expected. */
export type Row = readonly [string, readonly StatedDefinition[], readonly (string | RegExp)[]];

/** Registers one test per row: exactly the expected contradictions are found, in that order. */
export const testRows = (rows: readonly Row[]): void => {
  test.each(rows)('%s', (_name, definitions, expected) => {
    const all = found(...definitions);
    expect(all).toHaveLength(expected.length);
    expected.forEach((text, index) => {
      expect(all[index]).toEqual(typeof text === 'string' ? text : expect.stringMatching(text));
    });
  });
};
