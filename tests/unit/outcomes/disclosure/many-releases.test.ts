import { expect, it } from 'vitest';
import { type ChainStep, pinnedAlong } from '../../../../shared/outcomes/disclosure/many-releases.ts';
import { shownGroupOf } from '../../../../shared/outcomes/disclosure/shown-group.ts';
import { pinnedTogether } from '../../../support/oracles/brute-force.ts';
import { historyOf, type Shown } from '../../../support/samples/release-histories.ts';

const linksOf = (chain: readonly Shown[]): readonly ChainStep[] =>
  chain.map(({ release, period }, index) => {
    const before = chain[index - 1];
    const claims = release.claims.filter((claim) => claim.status !== 'withheld');
    return {
      shown: shownGroupOf('group', claims),
      grew: before !== undefined && period.from <= before.period.from,
    };
  });

/** How many answered is not among what is tried one by one. */
const foundAlong = (chain: readonly Shown[]): readonly string[] =>
  pinnedAlong(linksOf(chain))
    .filter(({ of }) => of !== 'group')
    .map(({ of, quantity, since }) => `${of}: ${quantity.split(',')[0]} since ${since + 1}`);

it('finds what releases give away together and nothing else, in 291 chains, each possibility tried one by one', () => {
  const pinned: number[] = [];
  for (let seed = 1; seed <= 150; seed += 1) {
    const history = historyOf(seed);
    for (let length = 2; length <= history.length; length += 1) {
      const chain = history.slice(0, length);
      const expected = pinnedTogether(chain);
      expect(foundAlong(chain).toSorted(), `history ${seed}, ${length} releases`).toEqual(
        expected.toSorted(),
      );
      pinned.push(expected.length);
    }
  }
  // It must have had something to find, and something to let pass.
  expect(pinned).toHaveLength(291);
  expect(pinned.filter((count) => count > 0)).toHaveLength(151);
});
