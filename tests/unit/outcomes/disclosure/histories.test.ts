import { expect, it } from 'vitest';
import { attackRelease } from '../../../../shared/outcomes/disclosure/attack.ts';
import { pinnedInOne, pinnedTogether } from '../../../support/oracles/brute-force.ts';
import { historyOf, type Shown } from '../../../support/samples/release-histories.ts';

/** The default takes seconds, all of them minutes: `HISTORIES=10000 npm test -- disclosure/histories`. */
const histories = Number(process.env['HISTORIES'] ?? 200);

const foundBy = (shown: Shown, before: readonly Shown[]): readonly string[] =>
  attackRelease(
    shown.release,
    before.map(({ release }) => release),
  ).map(({ of, quantity, since }) => {
    const name = `${of}: ${quantity.split(',')[0]}`;
    return since === undefined ? name : `${name} since ${since}`;
  });

const bruteForce = (shown: Shown, before: readonly Shown[]): readonly string[] => [
  ...pinnedInOne(shown),
  ...pinnedTogether([...before, shown]),
  ...before.slice(0, -1).flatMap((earlier) => pinnedTogether([earlier, shown])),
];

it(`the disclosure attack misses nothing in ${histories} release histories, against a brute-force oracle`, {
  timeout: 60_000 + histories * 1000,
}, () => {
  const figures = { releases: 0, blocked: 0, pinned: 0, missed: 0, mistaken: 0 };
  for (let seed = 1; seed <= histories; seed += 1) {
    const published: Shown[] = [];
    for (const shown of historyOf(seed)) {
      const found = new Set(foundBy(shown, published));
      const expected = bruteForce(shown, published);
      const missed = expected.filter((count) => !found.has(count));
      expect(missed, `history ${seed}, release ${shown.release.number}`).toEqual([]);
      figures.releases += 1;
      figures.pinned += Number(expected.length > 0);
      figures.missed += missed.length;
      figures.blocked += Number(found.size > 0);
      figures.mistaken += Number(found.size > 0 && expected.length === 0);
      if (found.size === 0) published.push(shown);
    }
  }
  // The histories must contain both something to find and something to let pass.
  expect(figures.pinned).toBeGreaterThan(histories / 4);
  expect(figures.releases - figures.blocked).toBeGreaterThan(histories / 4);
  // False alarms must stay rare: an attack that blocks everything would miss nothing either.
  expect(figures.mistaken / figures.releases).toBeLessThan(0.02);
  process.stdout.write(`${JSON.stringify({ histories, ...figures })}\n`);
});
