import { describe, expect, it } from 'vitest';
import {
  addCounts,
  cellIdOf,
  cellKeyFrom,
  cellKeyOf,
  differenceOf,
  isCounter,
} from '../../../../shared/outcomes/cells/cells.ts';
import type { CellId, Counter } from '../../../../shared/outcomes/cells/contribution.ts';

describe('cell ids', () => {
  it('are read back, and nothing else is', () => {
    for (const timepoint of ['enrolled', '2w', '3m', '12m'] as const) {
      for (const scope of ['overall', 'mild'] as const) {
        const key = { scope, month: '2026-03' as const, timepoint };
        expect(cellIdOf(key)).toBe(`${scope}|2026-03|${timepoint}`);
        expect(cellKeyOf(cellIdOf(key))).toEqual(key);
      }
    }
    for (const text of [
      '',
      'overall|2026-03',
      'overall|2026-3|3m',
      'knee|2026-03|3m',
      'mild|2026-03|9m',
      'mild|2026-03|3m|',
    ]) {
      expect(cellKeyFrom(text)).toBeUndefined();
    }
    expect(() => cellKeyOf('overall|2026-13|3m')).toThrow();
  });

  it('counters are known by name', () => {
    expect([isCounter('eligible'), isCounter('improved:x'), isCounter('improved')]).toEqual([
      true,
      true,
      false,
    ]);
  });
});

describe('counts', () => {
  it('add up by counter, and zero is left out', () => {
    expect(addCounts({}, {})).toEqual({});
    expect(
      addCounts({ eligible: 2, answered: 1, emailed: 3 }, { eligible: 3, answered: -1, reachable: 1 }),
    ).toEqual({ eligible: 5, emailed: 3, reachable: 1 });
  });
});

describe('a difference', () => {
  const contribution = (cells: Readonly<Partial<Record<CellId, readonly Counter[]>>>) =>
    new Map(
      Object.entries(cells).map(([id, counted]) => {
        const { scope, month, timepoint } = cellKeyFrom(id) ?? {};
        if (scope === undefined || month === undefined || timepoint === undefined) throw new Error(id);
        return [cellIdOf({ scope, month, timepoint }), new Set(counted)] as const;
      }),
    );

  it('adds what is new, takes off what is gone and leaves out what stays', () => {
    const before = contribution({
      'overall|2026-03|3m': ['eligible', 'answered'],
      'mild|2026-03|3m': ['eligible'],
      'mild|2026-02|2w': ['emailed'],
    });
    const after = contribution({
      'overall|2026-03|3m': ['eligible', 'counted'],
      'mild|2026-03|3m': ['eligible'],
      'mild|2026-04|enrolled': ['eligible', 'reachable'],
    });
    expect(differenceOf(before, after)).toEqual([
      { scope: 'mild', month: '2026-02', timepoint: '2w', changes: { emailed: -1 } },
      { scope: 'mild', month: '2026-04', timepoint: 'enrolled', changes: { eligible: 1, reachable: 1 } },
      { scope: 'overall', month: '2026-03', timepoint: '3m', changes: { answered: -1, counted: 1 } },
    ]);
  });

  it('is nothing between equals, and reverses', () => {
    const one = contribution({ 'mild|2026-02|2w': ['emailed'] });
    expect(differenceOf(one, one)).toEqual([]);
    expect(differenceOf(one, new Map())).toEqual([
      { scope: 'mild', month: '2026-02', timepoint: '2w', changes: { emailed: -1 } },
    ]);
  });
});
