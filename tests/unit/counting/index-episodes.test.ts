import { describe, expect, it, test } from 'vitest';
import { indexEpisodesOf } from '../../../shared/counting/index-episodes.ts';
import type { LocalDate } from '../../../shared/platform/time.ts';
import { episodeOn } from './records.ts';

describe('index episodes', () => {
  const dates = (serviceDates: readonly LocalDate[]) =>
    indexEpisodesOf(
      serviceDates.map((date) => episodeOn(date)),
      'facet-joint-injection',
    ).map(({ serviceDate }) => serviceDate);

  test.each([
    [['2025-03-10', '2025-01-15'], ['2025-01-15']],
    [['2025-01-15', '2026-01-14'], ['2025-01-15']],
    [
      ['2025-01-15', '2026-01-15'],
      ['2025-01-15', '2026-01-15'],
    ],
    [
      ['2025-01-15', '2025-12-01', '2026-02-01', '2026-12-01'],
      ['2025-01-15', '2026-02-01'],
    ],
    [
      ['2024-02-29', '2025-02-28'],
      ['2024-02-29', '2025-02-28'],
    ],
    [[], []],
  ] as const)('of %j are %j', (all, expected) => {
    expect(dates(all)).toEqual(expected);
  });

  it('are of one family, or of all; never a cancelled one', () => {
    const episodes = [
      episodeOn('2025-01-10', { status: 'cancelled' }),
      episodeOn('2025-02-10', { family: 'mild' }),
      episodeOn('2025-03-10'),
    ];
    expect(indexEpisodesOf(episodes, 'facet-joint-injection').map((e) => e.serviceDate)).toEqual([
      '2025-03-10',
    ]);
    expect(indexEpisodesOf(episodes, 'overall').map((e) => e.serviceDate)).toEqual(['2025-02-10']);
    expect(indexEpisodesOf(episodes, 'epidural-steroid-injection')).toEqual([]);
  });

  it('on one day are chosen by family, whatever came first', () => {
    const same = [episodeOn('2025-01-10', { family: 'mild' }), episodeOn('2025-01-10')];
    for (const episodes of [same, same.toReversed()]) {
      expect(indexEpisodesOf(episodes, 'overall').map((e) => e.family)).toEqual(['facet-joint-injection']);
    }
  });
});
