import { expect, it } from 'vitest';
import { figuresOf } from '../../../../shared/outcomes/claims/figures.ts';
import { rangeGiven } from '../../../../shared/outcomes/disclosure/shown-group.ts';
import { carelesslyShown, definition } from './shown.ts';

const upTo = (n: number): readonly number[] => Array.from({ length: n + 1 }, (_, x) => x);

it.each([
  ['over', 30],
  ['over', 49],
  ['over', 120],
  ['floor', 30],
  ['floor', 49],
  ['floor', 120],
] as const)(
  'by the rule "%s", the range given for %i patients holds exactly the counts that are shown the same way',
  (rule, n) => {
    const about = definition('improved', { rule });
    for (const x of upTo(n)) {
      const figures = figuresOf(rule, x, n);
      if (figures === null) continue;
      for (const m of [n - 7, n - 1, n, n + 1, 2 * n, 300]) {
        const alike = upTo(m).filter((y) => {
          const other = figuresOf(rule, y, m);
          return other?.percent === figures.percent && other.tier === figures.tier;
        });
        const range = rangeGiven(carelesslyShown(about, x, n), m);
        const all = range === undefined ? [] : upTo(range.high).slice(range.low);
        expect(all, `${x} of ${n}, as of ${m}`).toEqual(alike);
      }
    }
  },
);
