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
    'two versions from the same day',
    [improved, { ...later, effectiveFrom: '2026-01-01' }],
    ['knee-improved version 2, effectiveFrom: 2026-01-01 is also the day from which version 1 holds'],
  ],
  [
    'a date before that of the version before',
    [improved, { ...later, effectiveFrom: '2025-12-31' }],
    [
      'knee-improved version 2, effectiveFrom: 2025-12-31 is before 2026-01-01, from when the earlier version 1 holds',
    ],
  ],
  [
    'a date that is none',
    [{ ...improved, effectiveFrom: '2026-02-30' }],
    [/effectiveFrom: '2026-02-30' is no date/],
  ],
  ['a date that is a time', [{ ...improved, effectiveFrom: '2026-02-03T00:00' }], [/is no date/]],
  [
    'a number twice',
    [improved, { ...improved, effectiveFrom: '2026-06-01' }],
    [
      /version: knee-improved has another version 1$/,
      /has changed/,
      /version: knee-improved has another version 1$/,
    ],
  ],
  [
    'a number left out',
    [improved, { ...second, version: 3 }],
    [/version: knee-improved has no version 2 before it/],
  ],
  ['a number with nothing before it', [second], [/version: knee-improved has no version 1 before it/]],
  ['a number that is none', [{ ...improved, version: 0 }], [/version: 0 is no version: they count from 1$/]],
];

const amongClaims: readonly Row[] = [
  [
    'a claim nested in none',
    [{ ...overHalf, nestedIn: 'knee-better' }],
    ["knee-over-half version 1, nestedIn: there is no claim 'knee-better'"],
  ],
  [
    'a claim nested in itself',
    [{ ...overHalf, nestedIn: 'knee-over-half' }],
    [/nestedIn: a claim is not nested in itself$/],
  ],
  [
    'a claim nested in one that holds later',
    [{ ...improved, effectiveFrom: '2026-02-01' }, overHalf],
    [
      "knee-over-half version 1, nestedIn: 'knee-improved' is not in force yet on 2026-01-01, when this one is",
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
    'a measure that is not part of the one around it',
    [improved, { ...pgic, nestedIn: 'knee-improved' }],
    [
      "knee-pgic version 1, measure: 'much-improved-pgic' is not a narrower part of 'improved', the measure of knee-improved version 1, which it is nested in",
    ],
  ],
  [
    'a part that is not said to be one',
    [improved, { ...overHalf, nestedIn: undefined }].map(({ nestedIn, ...rest }) =>
      nestedIn === undefined ? rest : { ...rest, nestedIn },
    ),
    [
      "knee-over-half version 1, nestedIn: its patients are among those of 'knee-improved', and it is not said to be nested",
    ],
  ],
  [
    'a part of a part that skips the one between',
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
      "knee-over-half version 1, nestedIn: its patients are among those of 'knee-half', and it is said to be nested in 'knee-improved'",
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
      "knee-improved version 1, months: 12 is not the 24 of 'knee-plain', which has the same patients below the line",
      "knee-plain version 1, months: 24 is not the 12 of 'knee-improved', which has the same patients below the line",
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
  it('that ends before the other begins contradicts nothing in it', () => {
    const wider = { ...second, months: 24 };
    const inner = { ...overHalf, version: 2, effectiveFrom: '2026-06-01', months: 24 };
    expect(found(improved, overHalf, wider, inner)).toEqual([]);
    expect(found(improved, overHalf, wider)).toEqual([
      "knee-over-half version 1, months: '12' is not the '24' of knee-improved version 2, which it is nested in",
    ]);
  });

  it('whose contents changed is not the one that was recorded', () => {
    const changed = { ...improved, months: 24 };
    expect(contradictionsIn([changed], hashesOf([improved]))).toEqual([
      {
        index: 0,
        id: 'knee-improved',
        version: 1,
        field: 'version',
        problem: `has changed: its hash is ${digestOf(changed)}, and ${digestOf(improved)} is recorded. A change is a new version`,
      },
    ]);
  });

  it('is recorded when it is new, and stays when it is old', () => {
    expect(contradictionsIn([improved, second], hashesOf([improved])).map(({ problem }) => problem)).toEqual([
      `is not recorded. In claim-hashes.ts: 'knee-improved/2': '${digestOf(second)}'`,
    ]);
    expect(contradictionsIn([improved], hashesOf([improved, second])).map(contradictionText)).toEqual([
      'knee-improved version 2, id: knee-improved version 2 is recorded in claim-hashes.ts and gone: releases may name it, so it stays',
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
