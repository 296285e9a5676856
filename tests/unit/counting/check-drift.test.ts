import { describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import {
  type CellDifference,
  type Comparison,
  repairCellsWith,
} from '../../../shared/counting/check-drift.ts';

const id = 'mild|2026-03|3m' as const;

const difference = (stored: number, expected: number): CellDifference => ({
  id,
  stored: { answered: stored },
  expected: { answered: expected },
});

const comparison = (differences: readonly CellDifference[], overrides: Partial<Comparison> = {}) => ({
  patients: 1,
  uncounted: [],
  differences,
  ...overrides,
});

/** Repairs after these two comparisons. Returns the result and the cells that were to be set. */
const repaired = async (
  first: Comparison,
  second: Comparison,
  answer: 'set' | 'changed-meanwhile' = 'set',
) => {
  const comparisons = [first, second];
  const asked: CellDifference[] = [];
  const result = await repairCellsWith(async () => comparisons.shift() ?? comparison([]), {
    set: async (cell) => {
      asked.push(cell);
      return answer;
    },
  })();
  return { result, asked };
};

describe('a repair of cells', () => {
  it('sets a cell that differs twice in the same way', async () => {
    const same = comparison([difference(3, 2)]);
    expect(await repaired(same, same)).toEqual({
      result: { outcome: 'repaired', set: [id], left: [] },
      asked: [difference(3, 2)],
    });
  });

  it.each<readonly [string, readonly CellDifference[]]>([
    ['that differs once only', []],
    ['whose stored count moved in between', [difference(4, 2)]],
    ['whose expected count moved in between', [difference(3, 1)]],
    ['beside another that differed before', [{ ...difference(3, 2), id: 'mild|2026-03|6m' }]],
  ])('leaves a cell %s: a count may be under way', async (_, before) => {
    expect(await repaired(comparison(before), comparison([difference(3, 2)]))).toEqual({
      result: { outcome: 'repaired', set: [], left: [id] },
      asked: [],
    });
  });

  it('leaves a cell that changes while it is set', async () => {
    const same = comparison([difference(3, 2)]);
    const { result } = await repaired(same, same, 'changed-meanwhile');
    expect(result).toEqual({ outcome: 'repaired', set: [], left: [id] });
  });

  it.each([0, 1])('sets nothing when patients are uncounted in comparison %i', async (index) => {
    const same = comparison([difference(3, 2)]);
    const behind = { ...same, uncounted: [patientId('p-1')] };
    const [first, second] = index === 0 ? [behind, same] : [same, behind];
    expect(await repaired(first, second)).toEqual({ result: { outcome: 'uncounted' }, asked: [] });
  });
});
