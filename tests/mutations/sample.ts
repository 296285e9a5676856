import { createHash } from 'node:crypto';
import type { Mutant } from './mutants.ts';

const rankOf = (seed: string, { path, start, end, to }: Mutant): string =>
  createHash('sha256')
    .update(JSON.stringify([seed, path, start, end, to]))
    .digest('hex');

/**
 * Some of the mutants, drawn without looking at them. The same seed draws the same ones; a larger sample contains the
 * smaller one.
 */
export const sampleOf = (mutants: readonly Mutant[], size: number, seed: string): readonly Mutant[] =>
  mutants
    .map((mutant) => ({ mutant, rank: rankOf(seed, mutant) }))
    .toSorted((a, b) => (a.rank < b.rank ? -1 : 1))
    .slice(0, size)
    .map(({ mutant }) => mutant);
