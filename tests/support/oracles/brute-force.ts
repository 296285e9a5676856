import type { Shown, Truth } from '../samples/release-histories.ts';
import { isOver, isOverInGeneral } from './statistics.ts';

/** First and last number of answers of each band in which the histories lie. */
const bands = [
  [30, 49],
  [50, 99],
  [100, 199],
] as const;

/** What is published of x of n, as text: the largest whole percentage that is exceeded, and whether in general too. */
const published = (x: number, n: number): string => {
  let percent = 99;
  while (percent >= 0 && !isOver(percent, x, n)) percent -= 1;
  return percent < 0 ? 'nothing' : `over ${percent}%${isOverInGeneral(percent, x, n) ? ' in general' : ''}`;
};

/** True when every distinguishable group has at least 11 patients, as the rules demand. */
const keepsTheRules = ({ n, improved, overHalf }: Truth): boolean =>
  overHalf >= 11 && improved - overHalf >= 11 && n - improved >= 11;

/** The counts that must stay hidden, under the auditor's names. */
const quantities: Readonly<Record<string, (truth: Truth) => number>> = {
  'improved: with': ({ improved }) => improved,
  'improved: without': ({ n, improved }) => n - improved,
  'over-half: with': ({ overHalf }) => overHalf,
  'over-half: without': ({ n, overHalf }) => n - overHalf,
  'over-half: between': ({ improved, overHalf }) => improved - overHalf,
};

const isPinned = (values: readonly number[]): boolean =>
  values.length > 0 && values.every((value) => value >= 1 && value <= 10);

/** Every truth that would be published exactly like this one, found by trying all. */
const alike = ({ n, improved, overHalf }: Truth): readonly Truth[] => {
  const [first, last] = bands.find(([low, high]) => low <= n && n <= high) ?? [n, n];
  const all: Truth[] = [];
  for (let m = first; m <= last; m += 1) {
    const like = (text: string): readonly number[] =>
      Array.from({ length: m + 1 }, (_, x) => x).filter((x) => published(x, m) === text);
    const inners = like(published(overHalf, n));
    for (const x of like(published(improved, n))) {
      for (const y of inners) if (y <= x) all.push({ n: m, improved: x, overHalf: y });
    }
  }
  return all;
};

/** The truths left to an attacker who knows the rules; all of them when no truth keeps the rules. */
const knowingTheRules = (all: readonly Truth[]): readonly Truth[] => {
  const kept = all.filter(keepsTheRules);
  return kept.length > 0 ? kept : all;
};

/** True when no patient left, at least 11 joined, and no kind of patient became fewer. */
const canBecome = (before: Truth, after: Truth): boolean =>
  after.n - before.n >= 11 &&
  after.overHalf >= before.overHalf &&
  after.improved - after.overHalf >= before.improved - before.overHalf &&
  after.n - after.improved >= before.n - before.improved;

const grew = (before: Shown, after: Shown): boolean => after.period.from <= before.period.from;

/** Every pair of an earlier and the last truth, with the earlier release's index, that some sequence of truths connects. */
const endsOf = (chain: readonly Shown[]): readonly (readonly [number, Truth, Truth])[] => {
  const possible = chain.map(({ truth }) => knowingTheRules(alike(truth)));
  const next = (index: number, truths: readonly Truth[]): readonly Truth[] => {
    const [before, after] = [chain[index - 1], chain[index]];
    const isFree = before === undefined || after === undefined || !grew(before, after);
    return (possible[index] ?? []).filter(
      (truth) => isFree || truths.some((earlier) => canBecome(earlier, truth)),
    );
  };
  const pairs: (readonly [number, Truth, Truth])[] = [];
  let reached: readonly Truth[] = possible[0] ?? [];
  for (let start = 0; start < chain.length - 1; start += 1) {
    if (start > 0) reached = next(start, reached);
    for (const truth of reached) {
      let ends: readonly Truth[] = [truth];
      for (let index = start + 1; index < chain.length; index += 1) ends = next(index, ends);
      for (const end of ends) pairs.push([start, truth, end]);
    }
  }
  return pairs;
};

/** Returns the hidden counts that a release pins to 1-10 on its own. */
export const pinnedInOne = ({ truth }: Shown): readonly string[] => {
  const possible = alike(truth);
  return Object.entries(quantities).flatMap(([name, count]) => (isPinned(possible.map(count)) ? [name] : []));
};

/**
 * Returns the hidden counts whose change from one of the releases to the last is pinned to 1-10 over every combination
 * of truths, as `NAME since NUMBER`.
 */
export const pinnedTogether = (chain: readonly Shown[]): readonly string[] => {
  const ends = endsOf(chain);
  return chain.slice(0, -1).flatMap(({ release }, start) => {
    const pairs = ends.filter(([from]) => from === start);
    return Object.entries(quantities).flatMap(([name, count]) => {
      const changes = pairs.map(([, first, last]) => count(last) - count(first));
      const either = isPinned(changes) || isPinned(changes.map((change) => -change));
      return either ? [`${name} since ${release.number}`] : [];
    });
  });
};
