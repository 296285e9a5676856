import type { SourceTree } from '../support/sources/source-tree.ts';
import { type Mutant, mutated } from './mutants.ts';
import type { Workbench } from './workbench.ts';

/** How a mutant ended. `by` names the test that noticed it, or the compiler; undefined when nothing did. */
export type Trial = { readonly mutant: Mutant; readonly by: string | undefined };

/** A mutant may loop for ever. It counts as noticed when a test file takes longer than this, in milliseconds. */
const timeout = 180_000;

/** What a run needs to know. `until` is the time, of the process's clock in milliseconds, when no other mutant is begun. */
export type Plan = {
  readonly tree: SourceTree;
  readonly testsOf: (module: string) => readonly string[];
  readonly until: number;
  readonly told: (trial: Trial) => void;
  /** Hears of a file whose tests fail without a mutant too. It notices nothing, and is left out from then on. */
  readonly leftOut: (test: string, failed: string) => void;
};

/** Tries mutants one after the other. Each copy of the project takes the next one that no other has taken. */
export const tryMutants = async (
  workbenches: readonly Workbench[],
  mutants: readonly Mutant[],
  { tree, testsOf, until, told, leftOut }: Plan,
): Promise<readonly Trial[]> => {
  const waiting = mutants.values();
  const trials: Trial[] = [];
  /** Whether the tests of a file pass without a mutant, once that is known. */
  const soundness = new Map<string, boolean>();

  const put = (workbench: Workbench, mutant: Mutant): Promise<void> =>
    workbench.write(mutant.path, mutated(tree.get(mutant.path) ?? '', mutant));

  const restore = (workbench: Workbench, { path }: Mutant): Promise<void> =>
    workbench.write(path, tree.get(path) ?? '');

  const isSound = async (workbench: Workbench, test: string): Promise<boolean> => {
    const known = soundness.get(test);
    if (known !== undefined) return known;
    const failed = await workbench.failedTest(test, timeout);
    soundness.set(test, failed === undefined);
    if (failed !== undefined) leftOut(test, failed);
    return failed === undefined;
  };

  const noticedBy = async (workbench: Workbench, mutant: Mutant): Promise<string | undefined> => {
    for (const test of testsOf(mutant.path)) {
      if (soundness.get(test) === false) continue;
      const failed = await workbench.failedTest(test, timeout);
      if (failed === undefined) continue;
      await restore(workbench, mutant);
      if (await isSound(workbench, test)) return `${test}: ${failed}`;
      await put(workbench, mutant);
    }
    return (await workbench.compiles()) ? undefined : 'tsc';
  };

  const work = async (workbench: Workbench): Promise<void> => {
    if (!(await workbench.compiles())) throw new Error('The project does not compile without a mutant.');
    for (const mutant of waiting) {
      if (performance.now() > until) return;
      await put(workbench, mutant);
      const trial = { mutant, by: await noticedBy(workbench, mutant) };
      await restore(workbench, mutant);
      trials.push(trial);
      told(trial);
    }
  };
  await Promise.all(workbenches.map(work));
  return trials;
};
