import type { SourceTree } from '../support/sources/source-tree.ts';
import { type Mutant, mutated } from './mutants.ts';
import type { Workbench } from './workbench.ts';

/** How a mutant ended. `by` names the test that noticed it, or the compiler; undefined when nothing did. */
export type Trial = { readonly mutant: Mutant; readonly by: string | undefined };

/** A mutant may loop for ever. It counts as noticed when a test takes this many times as long as without it. */
const maxSlowdown = 6;

const minTimeout = 20_000;

const maxTimeout = 600_000;

/** How long the tests of a file may take, in milliseconds. Tests that fail without a mutant would notice everything. */
const timeoutOf = async (workbench: Workbench, test: string): Promise<number> => {
  const start = performance.now();
  const failed = await workbench.failedTest(test, maxTimeout);
  if (failed !== undefined) throw new Error(`${test} fails without a mutant: ${failed}`);
  return Math.max(minTimeout, maxSlowdown * (performance.now() - start));
};

const noticedBy = async (
  workbench: Workbench,
  tests: readonly string[],
  timeouts: ReadonlyMap<string, number>,
): Promise<string | undefined> => {
  for (const test of tests) {
    const failed = await workbench.failedTest(test, timeouts.get(test) ?? maxTimeout);
    if (failed !== undefined) return `${test}: ${failed}`;
  }
  return (await workbench.compiles()) ? undefined : 'tsc';
};

/** What a run needs to know. `until` is the time, of the process's clock in milliseconds, when no other mutant is begun. */
export type Plan = {
  readonly tree: SourceTree;
  readonly testsOf: (module: string) => readonly string[];
  readonly until: number;
  readonly told: (trial: Trial) => void;
};

/** Tries mutants of one module after the other. Each copy of the project takes the next one that no other has taken. */
export const tryMutants = async (
  workbenches: readonly Workbench[],
  mutants: readonly Mutant[],
  { tree, testsOf, until, told }: Plan,
): Promise<readonly Trial[]> => {
  const waiting = mutants.values();
  const trials: Trial[] = [];
  const work = async (workbench: Workbench): Promise<void> => {
    const timeouts = new Map<string, number>();
    if (!(await workbench.compiles())) throw new Error('The project does not compile without a mutant.');
    for (const mutant of waiting) {
      if (performance.now() > until) return;
      const text = tree.get(mutant.path) ?? '';
      const tests = testsOf(mutant.path);
      for (const test of tests) {
        if (!timeouts.has(test)) timeouts.set(test, await timeoutOf(workbench, test));
      }
      await workbench.write(mutant.path, mutated(text, mutant));
      const trial = { mutant, by: await noticedBy(workbench, tests, timeouts) };
      await workbench.write(mutant.path, text);
      trials.push(trial);
      told(trial);
    }
  };
  await Promise.all(workbenches.map(work));
  return trials;
};
