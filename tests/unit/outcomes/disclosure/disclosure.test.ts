import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import {
  disclosureOf,
  movementOf,
  ruleResultsOf,
} from '../../../../shared/outcomes/disclosure/disclosure.ts';
import { present } from '../../../../shared/platform/present.ts';
import { type CohortMonth, cohortMonth } from '../../../../shared/platform/time.ts';

const minimums = { answered: 30, smallCell: 11 } as const;

describe('what may be shown', () => {
  test.each([
    [19, 30, undefined, 'publishable'],
    [18, 29, undefined, 'too-few-answers'],
    [11, 40, undefined, 'publishable'],
    [10, 40, undefined, 'small-count'],
    [0, 40, undefined, 'small-count'],
    [29, 40, undefined, 'publishable'],
    [30, 40, undefined, 'small-complement'],
    [40, 40, undefined, 'small-complement'],
    [60, 100, 71, 'publishable'],
    [60, 100, 70, 'small-nested-difference'],
    [60, 100, 60, 'small-nested-difference'],
  ])('%i of %i, nested in %s: %s', (x, n, outerX, expected) => {
    expect(disclosureOf({ x, n, minimums, ...present({ outerX }) })).toBe(expected);
  });

  it('lists each rule that applies, met or not', () => {
    const rules = (outerX?: number) => ruleResultsOf({ x: 10, n: 40, minimums, ...present({ outerX }) });
    const alone = [
      { reason: 'too-few-answers', met: true },
      { reason: 'small-count', met: false },
      { reason: 'small-complement', met: true },
    ];
    expect(rules()).toEqual(alone);
    expect(rules(20)).toEqual([...alone, { reason: 'small-nested-difference', met: false }]);
    expect(rules(21)).toEqual([...alone, { reason: 'small-nested-difference', met: true }]);
  });

  it('is never a count under 11, on either side', () => {
    fc.assert(
      fc.property(fc.nat(300), fc.nat(300), fc.nat(300), (x, without, between) => {
        const decision = disclosureOf({ x, n: x + without, minimums, outerX: x + between });
        const isSmall = x < 11 || without < 11 || between < 11 || x + without < 30;
        expect(decision === 'publishable').toBe(!isSmall);
      }),
    );
  });
});

/** A month for each short name: `a`, `z`, `m0`. */
const monthNamed = (name: string): CohortMonth =>
  cohortMonth(new Date(Date.UTC(2000 + name.charCodeAt(0), Number(name.slice(1)))).toISOString().slice(0, 7));

const months = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).map(([name, answered]) => ({ month: monthNamed(name), answered }));

const months11 = (answered: number) =>
  Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`m${index}`, answered]));

describe('a group moves to a new release', () => {
  test.each([
    ['with 11 new', { a: 40 }, { a: 40, b: 11 }, 'moves'],
    ['not with 10', { a: 40 }, { a: 40, b: 10 }, 'too-few-new'],
    ['not with none', { a: 40 }, { a: 40 }, 'too-few-new'],
    ['not when people withdrew', { a: 40, b: 30 }, { a: 40, b: 29 }, 'too-few-new'],
    ['not when many withdrew', { a: 40, b: 30 }, { a: 40, b: 10 }, 'too-few-new'],
    ['not when 11 came and one left', { a: 40 }, { a: 39, b: 11 }, 'few-left'],
    ['not when 11 came and 10 left', { a: 10, b: 40 }, { b: 40, c: 11 }, 'few-left'],
    ['when 11 came and 11 left', { a: 11, b: 40 }, { b: 40, c: 11 }, 'moves'],
    ['when 11 more answered late', { a: 40 }, { a: 51 }, 'moves'],
    ['when one more answered in each of 11 months', months11(3), months11(4), 'moves'],
    [
      'not when one left in each of 10 months',
      { ...months11(3), z: 0 },
      { ...months11(2), m0: 3, z: 40 },
      'few-left',
    ],
    ['from nothing', {}, { a: 11 }, 'moves'],
  ] as const)('%s', (_, before, now, expected) => {
    expect(movementOf(months(before), months(now))).toBe(expected);
  });

  it('in no case for withdrawals alone', () => {
    const some = fc.array(fc.tuple(fc.nat(50), fc.nat(50)), { maxLength: 13 });
    fc.assert(
      fc.property(some, (drawn) => {
        const before = drawn.map(([answered], index) => ({ month: monthNamed(`m${index}`), answered }));
        const now = drawn.map(([answered, left], index) => ({
          month: monthNamed(`m${index}`),
          answered: Math.max(0, answered - left),
        }));
        expect(movementOf(before, now)).toBe('too-few-new');
      }),
    );
  });
});
