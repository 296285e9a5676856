/** How a percentage is qualified: `over 90%`, `at least 90%`, `up to 90%`, `90%`. */
export type Qualifier = 'over' | 'at-least' | 'up-to' | 'plain';

/** A percentage found in a text, whichever way it is written. */
export type PublishedNumber = {
  /** Character offsets in the text, the end exclusive. */
  readonly at: number;
  readonly end: number;
  readonly words: string;
  readonly percent: number;
  readonly qualifier: Qualifier;
};

const tens: Readonly<Record<string, number>> = {
  fifty: 50,
  sixty: 60,
  seventy: 70,
  eighty: 80,
  ninety: 90,
};

const units: Readonly<Record<string, number>> = { five: 5, six: 6, seven: 7, eight: 8, nine: 9, ten: 10 };

const qualifierPattern =
  '(?<how>over|more than|greater than|above|exceed\\w*|at least|no less than|up to|as many as|nearly|almost|m[aá]s del?|al menos(?: el)?|hasta(?: el)?|casi(?: el)?|>=?)?\\s*';
const percentSign = '\\s*(?:%|percent\\b|per cent\\b|por ciento\\b)';

const percentage = new RegExp(
  `${qualifierPattern}(?<number>\\d{1,3}(?:[.,]\\d+)?)(?<plus>\\+)?${percentSign}(?<after>\\+)?`,
  'giu',
);
const spelled = new RegExp(
  `${qualifierPattern}\\b(?<ten>fifty|sixty|seventy|eighty|ninety)(?:[- ](?<unit>one|two|three|four|five|six|seven|eight|nine))?${percentSign}`,
  'giu',
);
const ratio = new RegExp(
  `${qualifierPattern}\\b(?<part>\\d{1,3}|five|six|seven|eight|nine)\\s+(?:out of(?: every)?|in(?: every)?|of every|de cada)\\s+(?<whole>10{1,2}|ten)\\b`,
  'giu',
);

const smallNumbers: Readonly<Record<string, number>> = { one: 1, two: 2, three: 3, four: 4, ...units };

const qualifierOf = (how: string): Qualifier => {
  if (/^(?:at least|no less|al menos|>=)/i.test(how)) return 'at-least';
  if (/^(?:up to|as many|hasta|nearly|almost|casi)/i.test(how)) return 'up-to';
  return how === '' ? 'plain' : 'over';
};

const numberFrom = (text: string): number =>
  smallNumbers[text.toLowerCase()] ?? Number(text.replace(',', '.'));

const percentOf = (groups: Readonly<Record<string, string | undefined>>): number => {
  if (groups['number'] !== undefined) return numberFrom(groups['number']);
  if (groups['ten'] !== undefined) {
    return (tens[groups['ten'].toLowerCase()] ?? 0) + numberFrom(groups['unit'] ?? '0');
  }
  return (100 * numberFrom(groups['part'] ?? '0')) / numberFrom(groups['whole'] ?? '1');
};

/** Finds the percentages in a text, in text order, including `9 out of 10` and `ninety percent`. */
export const numbersIn = (text: string): readonly PublishedNumber[] =>
  [percentage, spelled, ratio]
    .flatMap((pattern) => [...text.matchAll(pattern)])
    .map(({ 0: words, index, groups = {} }) => {
      const hasPlus = groups['plus'] !== undefined || groups['after'] !== undefined;
      const how = groups['how'] ?? '';
      return {
        at: index,
        end: index + words.length,
        words: words.trim(),
        percent: percentOf(groups),
        qualifier: how === '' && hasPlus ? ('over' as const) : qualifierOf(how),
      };
    })
    .sort((left, right) => left.at - right.at);
