import { type Locale, locales } from '../../../platform/locale.ts';
import { type Denominator, measures, type Threshold } from '../../../protocol/measures.ts';
import { measureIn, scopeIn } from '../claim-words.ts';
import { type Problem, problemIf, type StatedDefinition } from '../stated-definition.ts';
import { isMeasureId } from './in-terms.ts';

type Words = {
  /** Strictly more than. */
  readonly over: string;
  readonly atLeast: string;
  /** After a number: at least that. */
  readonly orMore: string;
  /** Before a percentage that neither rule gives. */
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

/** "Over 90%" is said by the rule that finds what x/n is strictly over, and by no other. */
const ruleProblems = ({ definition: { rule }, locale, sentence }: Wording): readonly Problem[] => {
  const { over, vague } = wordsIn[locale];
  const saysOver = precedesPercent(over, sentence);
  return [
    ...problemIf(
      saysOver && rule !== 'over',
      `sentence.${locale}`,
      `says that more than {percent}% did, and the rule '${rule}' finds no percentage that is exceeded`,
    ),
    ...problemIf(
      !saysOver && rule === 'over',
      `sentence.${locale}`,
      `does not say that it is over {percent}%, and by the rule 'over' it is not {percent}% itself`,
    ),
    ...problemIf(
      precedesPercent(vague, sentence),
      `sentence.${locale}`,
      `hedges {percent}, and the rule '${rule}' does not`,
    ),
  ];
};

type Stated = Omit<Threshold, 'kind'> & { readonly kind: Threshold['kind'] | 'exactly' };

/** The numbers of a sentence itself, without the percentage that is filled in. */
const thresholdsIn = (locale: Locale, sentence: string): readonly Stated[] => {
  const { over, atLeast, orMore, half } = wordsIn[locale];
  const pattern = new RegExp(
    `(?:\\b(?:(?<over>${over})|(?<least>${atLeast}))\\s*)?(?<number>\\d+)(?:\\s*%)?(?<more>\\s*(?:${orMore})\\b)?`,
    'gi',
  );
  return [...sentence.replaceAll(half, '50%').matchAll(pattern)].map(({ groups = {} }) => ({
    kind:
      groups['over'] !== undefined
        ? 'over'
        : groups['least'] !== undefined || groups['more'] !== undefined
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
  const [said, counted] = [thresholdsIn(locale, sentence), threshold === undefined ? [] : [threshold]].map(
    textOf,
  );
  return problemIf(
    said !== counted,
    `sentence.${locale}`,
    `names ${said}, and the measure '${measure}' has ${counted}`,
  );
};

/** The questions that the words for outcomes tell apart; scores are not among them. */
const toldApart: readonly Denominator[] = [
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
    toldApart.includes(measures[measure].denominator) &&
    (named === undefined || measures[named].denominator !== measures[measure].denominator);
  const scopesNamed = [scopeIn(sentence) ?? 'overall', scopeIn(population) ?? 'overall'] as const;
  return [
    ...problemIf(
      isOther,
      `sentence.${locale}`,
      `is about ${named === undefined ? 'no outcome' : `'${named}'`}, and the measure is '${measure}'`,
    ),
    ...problemIf(
      scopesNamed[0] !== scope,
      `sentence.${locale}`,
      `is about '${scopesNamed[0]}', and the scope is '${scope}'`,
    ),
    ...problemIf(
      population.trim() !== '' && scopesNamed[1] !== scope,
      `population.${locale}`,
      `is about '${scopesNamed[1]}', and the scope is '${scope}'`,
    ),
  ];
};

const placeholders = (text: string): string =>
  [...text.matchAll(/\{\w*\}/g)]
    .map(([whole]) => whole)
    .sort()
    .join(' ') || 'none';

/** What a text is filled with. */
const filled = { sentence: '{percent}', population: 'none' } as const;

const textProblems = (
  definition: StatedDefinition,
  field: keyof typeof filled,
  locale: Locale,
): readonly Problem[] => {
  const text = definition[field][locale] ?? '';
  if (text.trim() === '') {
    return [{ field: `${field}.${locale}`, problem: `is missing, and the other languages have it` }];
  }
  const found = placeholders(text);
  return problemIf(
    found !== filled[field],
    `${field}.${locale}`,
    `has the placeholders ${found}, and what is filled in is ${filled[field]}`,
  );
};

/**
 * Takes a definition, gives where its words say something else than its rule, its measure or its patients, in
 * any language, or lack what another language has. It reads words by pattern; what it does not know it does
 * not find.
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
