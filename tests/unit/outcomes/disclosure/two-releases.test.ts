import { describe, expect, it } from 'vitest';
import { type Range, shownGroupOf } from '../../../../shared/outcomes/disclosure/shown-group.ts';
import {
  additions,
  isPinnedEitherWay,
  knowingTheRules,
  pinnedBetween,
  type Series,
} from '../../../../shared/outcomes/disclosure/two-releases.ts';
import { carelesslyShown, definition } from './shown.ts';

/** A series from the range of the count for each possible number of answers. */
const seriesOf = (counts: Readonly<Record<number, Range | undefined>>): Series => {
  const numbers = Object.keys(counts).map(Number);
  return { numbers: { low: Math.min(...numbers), high: Math.max(...numbers) }, at: (n) => counts[n] };
};
const just = (count: number): Range => ({ low: count, high: count });

describe('what was added when at least 11 patients are new', () => {
  it.each([
    ['to one count', { 30: just(10) }, { 41: { low: 12, high: 15 } }, { low: 2, high: 5 }],
    ['to a range', { 30: { low: 9, high: 10 } }, { 41: just(15) }, { low: 5, high: 6 }],
    ['at the last number before', { 30: just(10), 31: just(4) }, { 42: just(12) }, { low: 2, high: 8 }],
    ['at the last number after', { 30: just(10) }, { 41: just(12), 42: just(20) }, { low: 2, high: 10 }],
    [
      'never by fewer than 11',
      { 30: just(10), 31: just(11) },
      { 41: just(12), 42: just(20) },
      { low: 2, high: 10 },
    ],
    ['never less than none', { 30: { low: 10, high: 20 } }, { 41: just(12) }, { low: 0, high: 2 }],
    [
      'never more than the new patients',
      { 30: just(10) },
      { 41: { low: 15, high: 40 } },
      { low: 5, high: 11 },
    ],
    [
      'skipping impossible numbers of answers',
      { 30: undefined, 31: just(10) },
      { 42: just(12), 43: undefined },
      { low: 2, high: 2 },
    ],
    ['nothing where no numbers fit', { 30: just(10) }, { 40: just(12) }, undefined],
  ])('%s', (_, before, after, expected) => {
    expect(additions(seriesOf(before), seriesOf(after), 11)).toEqual(expected);
  });
});

describe('a difference is small in either direction', () => {
  it.each([
    [1, 10, true],
    [-10, -1, true],
    [0, 10, false],
    [1, 11, false],
    [-11, -1, false],
    [-10, 0, false],
    [-1, 1, false],
  ])('from %i to %i: %s', (low, high, isSmall) => {
    expect(isPinnedEitherWay({ low, high })).toBe(isSmall);
  });
});

const improved = definition('improved');

describe('an attacker who knows the rules', () => {
  /** One question in enough variants that only one number of answers fits. */
  const exactly = (n: number, from: number, to: number) =>
    Array.from({ length: to - from + 1 }, (_, index) =>
      carelesslyShown(definition(`pain-${index}`, { measure: 'less-pain', rule: 'floor' }), from + index, n),
    );

  it.each([
    ['narrows what is possible', exactly(40, 11, 29), 11],
    ['does so at the end of a band', exactly(49, 11, 38), 11],
    ['does without them where too few have it', exactly(40, 10, 29), 0],
    ['does without them where too few do not', exactly(40, 11, 30), 0],
  ])('%s', (_, claims, minGap) => {
    expect(knowingTheRules(shownGroupOf('pain', claims)).minGap).toBe(minGap);
  });
});

describe('two releases', () => {
  it.each([
    [12, 30, 13, 41, true, ['improved: with, added']],
    [12, 30, 13, 41, false, []],
    [12, 30, 17, 41, true, ['improved: with, added', 'improved: without, added']],
    [12, 30, 60, 120, true, []],
  ])(
    'reveal, with %i of %i and then %i of %i (only grew: %s): %j',
    (x, n, laterX, laterN, onlyGrew, expected) => {
      const [before, after] = [
        shownGroupOf('group', [carelesslyShown(improved, x, n)]),
        shownGroupOf('group', [carelesslyShown(improved, laterX, laterN)]),
      ];
      expect(pinnedBetween(before, after, onlyGrew).map(({ of, quantity }) => `${of}: ${quantity}`)).toEqual(
        expected,
      );
    },
  );
});
