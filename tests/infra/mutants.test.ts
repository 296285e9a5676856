import { describe, expect, it } from 'vitest';
import { mutantsIn, mutated } from '../mutations/mutants.ts';

const module = `type Small = 1 | 2;
export const isOver = (percent: number, x: number, n: Small): boolean => 100 * x > percent * n;
export const least = (list: readonly number[]): number => (list.some((one) => !one) ? 0 : Math.min(...list));
`;

describe('the mutants of a module', () => {
  const mutants = mutantsIn(module);

  it('are its operators, numbers, conditions and methods, each with its line, and no types', () => {
    expect(mutants.map(({ line, from, to }) => `${line}: ${from} -> ${to}`).toSorted()).toEqual(
      [
        '2: * -> /',
        '2: * -> /',
        '2: 100 -> 101',
        '2: > -> >=',
        '3: !one -> one',
        '3: 0 -> 1',
        '3: list.some((one) => !one) -> !(list.some((one) => !one))',
        '3: min -> max',
        '3: some -> every',
      ].toSorted(),
    );
  });

  it('change one thing each, all of them different', () => {
    const texts = mutants.map((mutant) => mutated(module, mutant));
    expect(new Set([...texts, module]).size).toBe(mutants.length + 1);
  });
});
