import { type Locale, locales } from '../../../platform/locale.ts';
import { type Denominator, measures, type Threshold } from '../../../protocol/measures.ts';
import { measureIn, scopeIn } from '../claim-words.ts';
import { type Problem, problemIf, type StatedDefinition } from '../stated-definition.ts';
import { isMeasureId } from './in-terms.ts';

type Words = {
  /** Precedes a percentage that is exceeded. */
  readonly over: string;
  readonly atLeast: string;
  /** Follows a number that is a minimum. */
  readonly orMore: string;
  /** Hedges a percentage in a way that neither rule supports. */
  readonly vague: string;
  readonly half: RegExp;
};

const wordsIn: Readonly<Record<Locale, Words>> = {
  en: {
    over: 'over|more than|above|greater than',
    atLeast: 'at least',
    orMore: 'or more',
    vague: 'about|around|nearly|almost|up to|under|less than|fewer than',
    half: /\bhalf\b/gi,
  },
  es: {
    over: 'm[aá]s del?',
    atLeast: '(?:al menos|como m[ií]nimo)(?: el| un)?',
    orMore: 'o m[aá]s',
    vague: 'casi(?: el| un)?|cerca del?|alrededor del?|hasta(?: el| un)?|menos del?',
    half: /\bla mitad\b/gi,
  },
};

type Wording = { readonly definition: StatedDefinition; readonly locale: Locale; readonly sentence: string };

const precedesPercent = (words: string, sentence: string): boolean =>
  new RegExp(`\\b(?:${words})\\s*\\{percent\\}`, 'i').test(sentence);

/** Only the rule `over`, which finds what x/n strictly exceeds, may say "over 90%". */
const ruleProblems = ({ definition: { rule }, locale, sentence }: Wording): readonly Problem[] => {
  const { over, vague } = wordsIn[locale];
  const saysOver = precedesPercent(over, sentence);
  return [
    ...problemIf(
      saysOver && rule !== 'over',
      `sentence.${locale}`,
      `says more than {percent}%, but the rule '${rule}' yields no percentage that is exceeded`,
    ),
    ...problemIf(
      !saysOver && rule === 'over',
      `sentence.${locale}`,
      `does not say over {percent}%, but the rule 'over' yields a percentage that is exceeded`,
    ),
    ...problemIf(
      precedesPercent(vague, sentence),
      `sentence.${locale}`,
      `hedges {percent}, but the rule '${rule}' does not`,
    ),
  ];
};

type Stated = Omit<Threshold, 'kind'> & { readonly kind: Threshold['kind'] | 'exactly' };

/** The fixed thresholds in a sentence, leaving aside the percentage to be filled in. */
const thresholdsIn = (locale: Locale, sentence: string): readonly Stated[] => {
  const { over, atLeast, orMore, half } = wordsIn[locale];
  const pattern = new RegExp(
    `(?:\\b(?:(?<over>${over})|(?<atLeast>${atLeast}))\\s*)?(?<number>\\d+)(?:\\s*%)?(?<orMore>\\s*(?:${orMore})\\b)?`,
    'gi',
  );
  return [...sentence.replaceAll(half, '50%').matchAll(pattern)].map(({ groups = {} }) => ({
    kind:
      groups['over'] !== undefined
        ? 'over'
        : groups['atLeast'] !== undefined || groups['orMore'] !== undefined
          ? 'at-least'
          : 'exactly',
    percent: Number(groups['number']),
  }));
};

const inWords: Readonly<Record<Stated['kind'], string>> = {
  over: 'more than ',
  'at-least': 'at least ',
  exactly: '',
};

const textOf = (thresholds: readonly Stated[]): string =>
  thresholds.map(({ kind, percent }) => `${inWords[kind]}${percent}%`).join(' and ') || 'no threshold';

const thresholdProblems = ({ definition: { measure }, locale, sentence }: Wording): readonly Problem[] => {
  if (!isMeasureId(measure)) return [];
  const { threshold } = measures[measure];
  const stated = textOf(thresholdsIn(locale, sentence));
  const counted = textOf(threshold === undefined ? [] : [threshold]);
  return problemIf(
    stated !== counted,
    `sentence.${locale}`,
    `names ${stated}, but the measure '${measure}' has ${counted}`,
  );
};

/** Denominators that the words for outcomes distinguish. Scores are not among them. */
const distinguished: readonly Denominator[] = [
  'condition',
  'quality-of-life',
  'pain',
  'physical-function',
  'standing-walking',
];

const subjectProblems = ({ definition, locale, sentence }: Wording): readonly Problem[] => {
  const { measure, scope } = definition;
  const population = definition.population[locale] ?? '';
  const named = measureIn(sentence);
  const isOther =
    isMeasureId(measure) &&
    distinguished.includes(measures[measure].denominator) &&
    (named === undefined || measures[named].denominator !== measures[measure].denominator);
  const scopesNamed = [scopeIn(sentence) ?? 'overall', scopeIn(population) ?? 'overall'] as const;
  return [
    ...problemIf(
      isOther,
      `sentence.${locale}`,
      `is about ${named === undefined ? 'no outcome' : `'${named}'`}, but the measure is '${measure}'`,
    ),
    ...problemIf(
      scopesNamed[0] !== scope,
      `sentence.${locale}`,
      `is about '${scopesNamed[0]}', but the scope is '${scope}'`,
    ),
    ...problemIf(
      population.trim() !== '' && scopesNamed[1] !== scope,
      `population.${locale}`,
      `is about '${scopesNamed[1]}', but the scope is '${scope}'`,
    ),
  ];
};

const placeholders = (text: string): string =>
  [...text.matchAll(/\{\w*\}/g)]
    .map(([whole]) => whole)
    .sort()
    .join(' ') || 'none';

/** The placeholders that each text must have. */
const requiredPlaceholders = { sentence: '{percent}', population: 'none' } as const;

const textProblems = (
  definition: StatedDefinition,
  field: keyof typeof requiredPlaceholders,
  locale: Locale,
): readonly Problem[] => {
  const text = definition[field][locale] ?? '';
  if (text.trim() === '') {
    return [{ field: `${field}.${locale}`, problem: 'is missing, but other languages have it' }];
  }
  const found = placeholders(text);
  return problemIf(
    found !== requiredPlaceholders[field],
    `${field}.${locale}`,
    `has the placeholders ${found}, but must have ${requiredPlaceholders[field]}`,
  );
};

/**
 * Returns where the wording of a definition, in any language, disagrees with its rule, its measure or its patients, or
 * lacks what another language has. Words are matched by pattern; wording outside the patterns goes unnoticed.
 */
export const problemsInWording = (definition: StatedDefinition): readonly Problem[] =>
  locales.flatMap((locale) => {
    const sentence = definition.sentence[locale] ?? '';
    const wording = { definition, locale, sentence };
    return [
      ...textProblems(definition, 'sentence', locale),
      ...textProblems(definition, 'population', locale),
      ...(sentence.trim() === ''
        ? []
        : [ruleProblems, thresholdProblems, subjectProblems].flatMap((problemsOf) => problemsOf(wording))),
    ];
  });
