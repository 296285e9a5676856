import { expect, it } from 'vitest';
import { pinnedAcross, type SeriesStep } from '../../../../shared/outcomes/disclosure/many-releases.ts';
import { shownGroupOf } from '../../../../shared/outcomes/disclosure/shown-group.ts';
import { pinnedTogether } from '../../../support/oracles/brute-force.ts';
import { historyOf, type Shown } from '../../../support/samples/release-histories.ts';

const stepsOf = (history: readonly Shown[]): readonly SeriesStep[] =>
  history.map(({ release, period }, index) => {
    const before = history[index - 1];
    const claims = release.claims.filter((claim) => claim.status !== 'withheld');
    return {
      shown: shownGroupOf('group', claims),
      grew: before !== undefined && period.from <= before.period.from,
    };
  });

/** The number of answers is left out, since the brute-force oracle does not report it. */
const foundAcross = (history: readonly Shown[]): readonly string[] =>
  pinnedAcross(stepsOf(history))
    .filter(({ of }) => of !== 'group')
    .map(({ of, quantity, since }) => `${of}: ${quantity.split(',')[0]} since ${since + 1}`);

it('finds exactly what releases reveal together, in 291 series, against a brute-force oracle', () => {
  const pinned: number[] = [];
  for (let seed = 1; seed <= 150; seed += 1) {
    const history = historyOf(seed);
    for (let length = 2; length <= history.length; length += 1) {
      const releases = history.slice(0, length);
      const expected = pinnedTogether(releases);
      expect(foundAcross(releases).toSorted(), `history ${seed}, ${length} releases`).toEqual(
        expected.toSorted(),
      );
      pinned.push(expected.length);
    }
  }
  // The histories must contain both something to find and something to let pass.
  expect(pinned).toHaveLength(291);
  expect(pinned.filter((count) => count > 0)).toHaveLength(151);
});
