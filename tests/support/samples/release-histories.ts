import { type Chance, chanceOf } from '../../../infra/laptop/sample-year/chance.ts';
import type { Period } from '../../../shared/outcomes/release/release-counts.ts';
import type { PublicRelease } from '../../../shared/outcomes/release/release-schema.ts';
import { type CohortMonth, cohortMonth } from '../../../shared/platform/time.ts';
import { carelesslyShown, definition, releaseOf } from '../../unit/outcomes/disclosure/shown.ts';

/** `n` patients who answered; of them `improved`; of those `overHalf` by more than half. */
export type Truth = { readonly n: number; readonly improved: number; readonly overHalf: number };

/** A published release, the truth behind it, and its months. */
export type Shown = { readonly release: PublicRelease; readonly truth: Truth; readonly period: Period };

/** Two nested claims. The auditor names its findings by their ids. */
const improved = definition('improved');

const overHalf = definition('over-half', { measure: 'improved-over-half', nestedIn: 'improved' });

/** Draws how many of `all` patients improved, often all, none or nearly so, as in counts of few patients. */
const someOf = (chance: Chance, all: number): number =>
  chance.pick<() => number>([
    [() => chance.whole(0, all), 4],
    [() => Math.max(0, all - chance.whole(0, 12)), 3],
    [() => Math.min(all, chance.whole(0, 12)), 1],
    [() => Math.round(0.8 * all), 2],
  ])();

const some = (chance: Chance, n: number): Truth => {
  const all = someOf(chance, n);
  return { n, improved: all, overHalf: someOf(chance, all) };
};

const plus = (left: Truth, right: Truth, sign: 1 | -1): Truth => ({
  n: left.n + sign * right.n,
  improved: left.improved + sign * right.improved,
  overHalf: left.overHalf + sign * right.overHalf,
});

/** Draws the patients who leave a group: at most `most` of each kind. */
const leaving = (chance: Chance, { n, improved: all, overHalf: half }: Truth, most: number): Truth => {
  const kinds = [half, all - half, n - all];
  const [a = 0, b = 0, c = 0] = kinds.map((kind) => chance.whole(0, Math.min(kind, most)));
  return { n: a + b + c, improved: a + b, overHalf: a };
};

const monthOf = (index: number): CohortMonth =>
  cohortMonth(new Date(Date.UTC(2025, index, 1)).toISOString().slice(0, 7));

const isShowable = ({ n, improved: all, overHalf: half }: Truth): boolean =>
  n >= 30 && n <= 199 && all >= 1 && half >= 1;

/** True when every distinguishable group has at least 11 patients: what a careful publisher sees to. */
const keepsTheRules = ({ n, improved: all, overHalf: half }: Truth): boolean =>
  half >= 11 && all - half >= 11 && n - all >= 11;

const shownAs = (number: number, truth: Truth, period: Period): Shown => ({
  release: releaseOf(number, [
    carelesslyShown(improved, truth.improved, truth.n, period),
    carelesslyShown(overHalf, truth.overHalf, truth.n, period),
  ]),
  truth,
  period,
});

/**
 * Draws a history of 2 to 4 releases of one group. Some publishers keep the rules and some ignore them; in some
 * histories months only join, in others the oldest also leave.
 */
export const historyOf = (seed: number): readonly Shown[] => {
  const chance = chanceOf(seed);
  const isCareful = chance.happens(0.5);
  const rolls = chance.happens(0.3);
  const isFine = (truth: Truth): boolean => isShowable(truth) && (!isCareful || keepsTheRules(truth));
  const find = (make: () => Truth): Truth | undefined => {
    for (let tries = 0; tries < 200; tries += 1) {
      const truth = make();
      if (isFine(truth)) return truth;
    }
    return undefined;
  };
  const shown: Shown[] = [];
  let from = 0;
  for (let number = 1; number <= chance.whole(2, 4); number += 1) {
    const before = shown.at(-1)?.truth;
    const truth = find(() => {
      if (before === undefined)
        return some(chance, chance.whole(isCareful ? 33 : 30, chance.happens(0.8) ? 60 : 120));
      const stayed = rolls ? plus(before, leaving(chance, before, 20), -1) : before;
      return plus(stayed, some(chance, chance.whole(11, 25)), 1);
    });
    if (truth === undefined) break;
    if (rolls && number > 1) from += 1;
    shown.push(shownAs(number, truth, { from: monthOf(from), to: monthOf(5 + number) }));
  }
  return shown;
};
