import { describe, expect, it } from 'vitest';
import {
  contradictionsIn,
  contradictionText,
} from '../../../../../shared/outcomes/claims/contradictions/contradictions.ts';
import { areInForceTogether } from '../../../../../shared/outcomes/claims/stated-definition.ts';
import { digestOf } from '../../../../../shared/platform/digest.ts';
import {
  found,
  hashesOf,
  improved,
  overHalf,
  pgic,
  type Row,
  second,
  testRows,
  withSentence,
} from './made-up-claims.ts';

const later = { ...improved, version: 2 };

const amongVersions: readonly Row[] = [
  [
    'two versions with the same effective date',
    [improved, { ...later, effectiveFrom: '2026-01-01' }],
    ['knee-improved version 2, effectiveFrom: 2026-01-01 is also the effective date of version 1'],
  ],
  [
    'a date before that of the previous version',
    [improved, { ...later, effectiveFrom: '2025-12-31' }],
    [
      'knee-improved version 2, effectiveFrom: 2025-12-31 is before 2026-01-01, the effective date of the earlier version 1',
    ],
  ],
  [
    'an invalid date',
    [{ ...improved, effectiveFrom: '2026-02-30' }],
    [/effectiveFrom: '2026-02-30' is not a date/],
  ],
  ['a date with a time', [{ ...improved, effectiveFrom: '2026-02-03T00:00' }], [/is not a date/]],
  [
    'a duplicate number',
    [improved, { ...improved, effectiveFrom: '2026-06-01' }],
    [
      /version: knee-improved has another version 1$/,
      /has changed/,
      /version: knee-improved has another version 1$/,
    ],
  ],
  [
    'a missing number',
    [improved, { ...second, version: 3 }],
    [/version: knee-improved has no version 2 before it/],
  ],
  ['a first version that is not 1', [second], [/version: knee-improved has no version 1 before it/]],
  [
    'an invalid number',
    [{ ...improved, version: 0 }],
    [/version: 0 is not a version number: they start at 1$/],
  ],
];

const amongClaims: readonly Row[] = [
  [
    'a claim nested in an unknown one',
    [{ ...overHalf, nestedIn: 'knee-better' }],
    ["knee-over-half version 1, nestedIn: there is no claim 'knee-better'"],
  ],
  [
    'a claim nested in itself',
    [{ ...overHalf, nestedIn: 'knee-over-half' }],
    [/nestedIn: a claim cannot be nested in itself$/],
  ],
  [
    'a claim nested in one that takes effect later',
    [{ ...improved, effectiveFrom: '2026-02-01' }, overHalf],
    [
      "knee-over-half version 1, nestedIn: 'knee-improved' is not yet in force on 2026-01-01, when this claim takes effect",
    ],
  ],
  [
    'other patients',
    [
      improved,
      { ...overHalf, population: { ...overHalf.population, en: 'patients after facet injections' } },
    ],
    [
      'knee-over-half version 1, population.en: names other patients than knee-improved version 1, which it is nested in',
    ],
  ],
  [
    'another window',
    [improved, { ...overHalf, timepoint: '6m' }],
    [
      "knee-over-half version 1, timepoint: '6m' is not the '3m' of knee-improved version 1, which it is nested in",
    ],
  ],
  [
    'other months',
    [improved, { ...overHalf, months: 24 }],
    [
      "knee-over-half version 1, months: '24' is not the '12' of knee-improved version 1, which it is nested in",
    ],
  ],
  [
    'another procedure',
    [
      improved,
      {
        ...overHalf,
        scope: 'mild',
        sentence: {
          en: 'Over {percent}% of our mild® patients report improvement of more than 50%.',
          es: 'Más del {percent} % de nuestros pacientes de mild® refieren una mejoría de más del 50 %.',
        },
        population: { en: 'mild® patients', es: 'pacientes de mild®' },
      },
    ],
    [/scope: 'mild' is not the 'facet-joint-injection' of knee-improved/, /population.en/, /population.es/],
  ],
  [
    'a measure that is not part of the wider one',
    [improved, { ...pgic, nestedIn: 'knee-improved' }],
    [
      "knee-pgic version 1, measure: 'much-improved-pgic' is not a narrower part of 'improved', the measure of knee-improved version 1, which it is nested in",
    ],
  ],
  [
    'a part that is not declared as nested',
    [improved, { ...overHalf, nestedIn: undefined }].map(({ nestedIn, ...rest }) =>
      nestedIn === undefined ? rest : { ...rest, nestedIn },
    ),
    [
      "knee-over-half version 1, nestedIn: its patients are among those of 'knee-improved', but it is not nested",
    ],
  ],
  [
    'a part of a part that skips the one in between',
    [
      improved,
      overHalf,
      withSentence(
        { ...overHalf, id: 'knee-half', measure: 'improved-at-least-half' },
        {
          en: 'Over {percent}% of our facet patients report improvement of at least half.',
          es: 'Más del {percent} % de nuestros pacientes con inyección facetaria refieren una mejoría de al menos la mitad.',
        },
      ),
    ],
    [
      "knee-over-half version 1, nestedIn: its patients are among those of 'knee-half', but it is nested in 'knee-improved'",
    ],
  ],
  [
    'other months for the same patients',
    [improved, withSentence({ ...improved, id: 'knee-plain', rule: 'floor', months: 24 }, pgic.sentence)].map(
      (one) =>
        withSentence(
          one,
          one.rule === 'over'
            ? {}
            : {
                en: '{percent}% of our facet patients report improvement.',
                es: 'El {percent} % de nuestros pacientes con inyección facetaria refieren mejoría.',
              },
        ),
    ),
    [
      "knee-improved version 1, months: 12 is not the 24 of 'knee-plain', which has the same denominator",
      "knee-plain version 1, months: 24 is not the 12 of 'knee-improved', which has the same denominator",
    ],
  ],
];

describe('a contradiction among the versions of a claim', () => {
  testRows(amongVersions);
});

describe('a contradiction among claims', () => {
  testRows(amongClaims);
});

describe('a version', () => {
  it('that ends before another begins does not contradict it', () => {
    const wider = { ...second, months: 24 };
    const inner = { ...overHalf, version: 2, effectiveFrom: '2026-06-01', months: 24 };
    expect(found(improved, overHalf, wider, inner)).toEqual([]);
    expect(found(improved, overHalf, wider)).toEqual([
      "knee-over-half version 1, months: '12' is not the '24' of knee-improved version 2, which it is nested in",
    ]);
  });

  it('whose content changed does not match the recorded hash', () => {
    const changed = { ...improved, months: 24 };
    expect(contradictionsIn([changed], hashesOf([improved]))).toEqual([
      {
        index: 0,
        id: 'knee-improved',
        version: 1,
        field: 'version',
        problem: `has changed: its hash is ${digestOf(changed)}, but ${digestOf(improved)} is recorded. A change needs a new version`,
      },
    ]);
  });

  it('must be recorded when it is new, and stay when it is old', () => {
    expect(contradictionsIn([improved, second], hashesOf([improved])).map(({ problem }) => problem)).toEqual([
      `is not recorded. Add to claim-hashes.ts: 'knee-improved/2': '${digestOf(second)}'`,
    ]);
    expect(contradictionsIn([improved], hashesOf([improved, second])).map(contradictionText)).toEqual([
      'knee-improved version 2, id: knee-improved version 2 is recorded in claim-hashes.ts but its definition is missing: releases may refer to it, so it must stay',
    ]);
  });
});

describe('two definitions are in force together', () => {
  const replaced = { ...improved, version: 2, effectiveFrom: '2026-06-01' };
  it.each([
    ['the first version', improved, '2026-01-01', true],
    ['the first version', improved, '2026-03-01', true],
    ['the first version', improved, '2026-05-31', true],
    ['the first version', improved, '2026-06-01', false],
    ['the first version', improved, '2026-07-01', false],
    ['the second version', replaced, '2026-03-01', true],
    ['the second version', replaced, '2026-07-01', true],
  ])('%s of one and another claim from $2: $3', (_, definition, effectiveFrom, together) => {
    const other = { ...overHalf, effectiveFrom };
    const all = [improved, replaced, other];
    expect(areInForceTogether(all, definition, other)).toBe(together);
    expect(areInForceTogether(all, other, definition)).toBe(together);
  });
});
