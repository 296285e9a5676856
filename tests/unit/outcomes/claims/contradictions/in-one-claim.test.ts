import { describe, expect, test } from 'vitest';
import type { ClaimDefinition } from '../../../../../shared/outcomes/claims/claim-definitions.ts';
import {
  found,
  improved,
  mildOverHalf,
  overHalf,
  pgic,
  plain,
  type Row,
  second,
  testRows,
  withSentence,
} from './made-up-claims.ts';

describe('consistent definitions', () => {
  const { nestedIn: _, ...notNested } = overHalf;
  const third: ClaimDefinition = { ...second, version: 3, effectiveFrom: '2026-09-01' };
  const laterPlain: ClaimDefinition = { ...plain, effectiveFrom: '2026-06-01', months: 24 };

  test.each<readonly [string, readonly ClaimDefinition[]]>([
    ['a claim and a part of it', [improved, overHalf, pgic]],
    ['in another order', [overHalf, pgic, improved]],
    ['three versions', [improved, second, third]],
    ['one question by two rules, and a part of both', [improved, plain, overHalf]],
    ['parts of other patients', [improved, mildOverHalf]],
    ['parts at another timepoint', [improved, { ...notNested, timepoint: '6m', months: 24 }]],
    ['other months for another question', [improved, { ...pgic, months: 24 }]],
    ['other months once the others are replaced', [improved, { ...second, months: 24 }, laterPlain]],
    ['one month', [{ ...improved, months: 1 }]],
  ])('contain no contradiction: %s', (_name, definitions) => {
    expect(found(...definitions)).toEqual([]);
  });

  test.each([
    [
      'at least',
      {
        ...pgic,
        sentence: { en: 'At least {percent}% of our facet patients feel fine.', es: pgic.sentence.es },
      },
    ],
    [
      'or more',
      withSentence(
        { ...overHalf, measure: 'improved-at-least-half' },
        {
          en: 'Over {percent}% of our facet patients report improvement of 50% or more.',
          es: 'Más del {percent} % de nuestros pacientes con inyección facetaria refieren una mejoría de al menos el 50 %.',
        },
      ),
    ],
  ])('may say %s', (_, definition) => {
    expect(found(improved, definition)).toEqual([]);
  });
});

const byItself: readonly Row[] = [
  [
    'an unknown scope',
    [{ ...pgic, scope: 'knee' }],
    [
      "knee-pgic version 1, scope: 'knee' is neither a procedure family nor 'overall'",
      /^knee-pgic version 1, sentence.en: is about 'facet-joint-injection', but the scope is 'knee'$/,
      /population.en/,
      /sentence.es/,
      /population.es/,
    ],
  ],
  [
    'a timepoint without a survey',
    [{ ...improved, timepoint: '9m' }],
    [
      "knee-improved version 1, timepoint: '9m' has no survey in the plan of facet-joint-injection, so there are no answers in its window",
    ],
  ],
  [
    'a timepoint that is not a survey',
    [{ ...improved, timepoint: 'instructions' }],
    [/timepoint: 'instructions' has no survey/],
  ],
  [
    'an unknown measure',
    [{ ...improved, measure: 'better-sleep' }],
    ["knee-improved version 1, measure: 'better-sleep' is not a measure, so its denominator is unknown"],
  ],
  [
    'a measure that its patients are not asked about',
    [
      withSentence(
        { ...pgic, measure: 'better-standing-or-walking' },
        {
          en: '{percent}% of our facet patients report that walking is better.',
          es: 'El {percent} % de nuestros pacientes con inyección facetaria refieren caminar mejor.',
        },
      ),
    ],
    [
      "knee-pgic version 1, measure: 'better-standing-or-walking' is not asked about after facet-joint-injection, but the scope is 'facet-joint-injection'",
    ],
  ],
  [
    'a rule without a percentage and a tier',
    [{ ...pgic, rule: 'nearest' }],
    [
      "knee-pgic version 1, rule: 'nearest' is neither 'over' nor 'floor', so there is no percentage and no tier",
    ],
  ],
  [
    'too few answers',
    [{ ...improved, minimums: { answered: 29, smallCell: 11 } }],
    ['knee-improved version 1, minimums.answered: 29 is fewer than the 30 answers that any figure needs'],
  ],
  [
    'a minimum below that of disclosure',
    [{ ...improved, minimums: { answered: 30, smallCell: 10 } }],
    ['knee-improved version 1, minimums.smallCell: 10 lets a count under 11 be inferred'],
  ],
  ['no months', [{ ...improved, months: 0 }], [/months: 0 is not a whole number of months/]],
  ['half a month', [{ ...improved, months: 1.5 }], [/months: 1.5 is not a whole number of months/]],
];

const inWords: readonly Row[] = [
  [
    'a threshold other than that of the measure',
    [
      improved,
      withSentence(overHalf, {
        en: 'Over {percent}% of our facet patients report improvement of more than 30%.',
      }),
    ],
    [
      "knee-over-half version 1, sentence.en: names more than 30%, but the measure 'improved-over-half' has more than 50%",
    ],
  ],
  [
    '"at least" instead of "over"',
    [
      improved,
      withSentence(overHalf, {
        es: 'Más del {percent} % de nuestros pacientes con inyección facetaria refieren una mejoría de al menos el 50 %.',
      }),
    ],
    [
      "knee-over-half version 1, sentence.es: names at least 50%, but the measure 'improved-over-half' has more than 50%",
    ],
  ],
  [
    'a missing threshold',
    [improved, withSentence(overHalf, { en: improved.sentence.en })],
    [/sentence.en: names no threshold, but the measure 'improved-over-half' has more than 50%$/],
  ],
  [
    'a figure from elsewhere',
    [withSentence(improved, { en: 'Over {percent}% of our facet patients report improvement, not 79%.' })],
    [/sentence.en: names 79%, but the measure 'improved' has no threshold$/],
  ],
  [
    '"over" with the rule that rounds down',
    [withSentence(pgic, { en: 'More than {percent}% of our facet patients report being much improved.' })],
    [
      "knee-pgic version 1, sentence.en: says more than {percent}%, but the rule 'floor' yields no percentage that is exceeded",
    ],
  ],
  [
    'no "over" with the rule "over"',
    [
      withSentence(improved, {
        es: 'El {percent} % de nuestros pacientes con inyección facetaria refieren mejoría.',
      }),
    ],
    [
      "knee-improved version 1, sentence.es: does not say over {percent}%, but the rule 'over' yields a percentage that is exceeded",
    ],
  ],
  [
    'a hedge',
    [withSentence(pgic, { en: 'Nearly {percent}% of our facet patients report being much improved.' })],
    [/sentence.en: hedges \{percent\}, but the rule 'floor' does not$/],
  ],
  [
    'another outcome',
    [withSentence(improved, { en: 'Over {percent}% of our facet patients report less pain.' })],
    ["knee-improved version 1, sentence.en: is about 'less-pain', but the measure is 'improved'"],
  ],
  [
    'no outcome at all',
    [withSentence(improved, { en: 'Over {percent}% of our facet patients like us.' })],
    [/sentence.en: is about no outcome, but the measure is 'improved'$/],
  ],
  [
    'another procedure',
    [withSentence(improved, { en: 'Over {percent}% of our epidural patients report improvement.' })],
    [
      "knee-improved version 1, sentence.en: is about 'epidural-steroid-injection', but the scope is 'facet-joint-injection'",
    ],
  ],
  [
    'other patients in the footnote',
    [{ ...improved, population: { ...improved.population, en: 'patients of all our procedures' } }],
    ["knee-improved version 1, population.en: is about 'overall', but the scope is 'facet-joint-injection'"],
  ],
  [
    'a language without a sentence',
    [{ ...improved, sentence: { en: improved.sentence.en } }],
    ['knee-improved version 1, sentence.es: is missing, but other languages have it'],
  ],
  [
    'a language with an empty footnote',
    [{ ...improved, population: { ...improved.population, en: ' ' } }],
    ['knee-improved version 1, population.en: is missing, but other languages have it'],
  ],
  [
    'other placeholders in one language',
    [
      withSentence(pgic, {
        es: 'El {percent} % de {answered} pacientes con inyección facetaria refieren estar mejor.',
      }),
    ],
    ['knee-pgic version 1, sentence.es: has the placeholders {answered} {percent}, but must have {percent}'],
  ],
  [
    'no placeholder',
    [withSentence(pgic, { en: 'Our facet patients report being much improved.' })],
    [/sentence.en: has the placeholders none, but must have \{percent\}$/],
  ],
];

describe('a contradiction within a claim', () => {
  testRows(byItself);
});

describe('a contradiction in the wording of a claim', () => {
  testRows(inWords);
});
