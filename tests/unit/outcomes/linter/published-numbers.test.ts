import { describe, expect, it, test } from 'vitest';
import { numbersIn } from '../../../../shared/outcomes/linter/published-numbers.ts';

describe('a percentage in a text', () => {
  test.each([
    ['fifty percent', 50],
    ['Sixty-one percent', 61],
    ['seventy two percent', 72],
    ['eighty-three per cent', 83],
    ['ninety-four percent', 94],
    ['ninety-five percent', 95],
    ['ninety-six percent', 96],
    ['ninety-seven percent', 97],
    ['ninety-eight percent', 98],
    ['ninety-nine percent', 99],
    ['91%', 91],
    ['91.5 %', 91.5],
    ['91,5 por ciento', 91.5],
    ['5 out of 10', 50],
    ['five out of ten', 50],
    ['six in every ten', 60],
    ['seven of every 10', 70],
    ['eight de cada 10', 80],
    ['nine in ten', 90],
    ['91 out of 100', 91],
  ])('%j is %d', (text, percent) => {
    expect(numbersIn(text).map((number) => number.percent)).toEqual([percent]);
  });

  test.each([
    ['over 90%', 'over'],
    ['>90%', 'over'],
    ['90+%', 'over'],
    ['90%+', 'over'],
    ['at least 90%', 'at-least'],
    ['>= 90%', 'at-least'],
    ['up to 90%', 'up-to'],
    ['nearly nine in ten', 'up-to'],
    ['at least 90%+', 'at-least'],
    ['90%', 'plain'],
  ])('%j is qualified as %s', (text, qualifier) => {
    expect(numbersIn(text).map((number) => number.qualifier)).toEqual([qualifier]);
  });

  it('has its place, and comes in the order of the text', () => {
    const text = 'So 9 out of 10, ninety percent or over 91% of them.';
    const found = numbersIn(text);
    expect(found.map(({ words }) => words)).toEqual(['9 out of 10', 'ninety percent', 'over 91%']);
    for (const { at, end, words } of found) expect(text.slice(at, end).trim()).toBe(words);
  });

  test.each(['', '1,234', 'in 2026', 'call 911', 'ninety patients', '3 of them'])('is not in %j', (text) => {
    expect(numbersIn(text)).toEqual([]);
  });
});
