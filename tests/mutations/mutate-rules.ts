import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { projectRoot, readSourceTree } from '../support/sources/source-tree.ts';
import { type Mutant, mutantsIn, mutated } from './mutants.ts';
import { ruleModulesIn, testsOf, wings } from './tests-of.ts';

/**
 * Mutates the rules, one change at a time, and prints the mutants that no test notices: `npm run mutate:rules`, or with
 * names of modules or folders (`statistics`, `outcomes/disclosure`). Exits 1 below the bar.
 */
const minPercent = 85;

/** A mutant may loop for ever. It counts as noticed when a test takes this many times as long as without it. */
const maxSlowdown = 10;

const minTimeout = 30_000;

const maxTimeout = 600_000;

const copied = [
  'shared',
  'functions',
  'infra',
  'tests',
  'docs',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
];

const copyOfProject = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'aftercare-mutations-'));
  for (const name of copied) cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

/** A copy of the project with a process that runs tests in it. */
type Bench = {
  readonly write: (path: string, text: string) => void;
  readonly passes: (changed: string, test: string, timeout: number) => Promise<boolean>;
  readonly close: () => void;
};

const startRunner = async (copy: string): Promise<ChildProcess> => {
  const runner = fork(join(copy, 'tests/mutations/run-tests.ts'), {
    cwd: copy,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
  });
  await once(runner, 'message');
  return runner;
};

const openBench = async (): Promise<Bench> => {
  const copy = copyOfProject();
  let runner = await startRunner(copy);
  return {
    write: (path, text) => writeFileSync(join(copy, path), text),
    passes: async (changed, test, milliseconds) => {
      const over = new AbortController();
      const { signal } = over;
      const answer = once(runner, 'message', { signal }).then(([message]) => message === true);
      const exit = once(runner, 'exit', { signal }).then(() => undefined);
      const timeout = sleep(milliseconds, undefined, { signal });
      runner.send({ changed: join(copy, changed), test });
      const passed = await Promise.race([answer, exit, timeout]);
      over.abort();
      await Promise.allSettled([answer, exit, timeout]);
      if (passed !== undefined) return passed;
      runner.kill('SIGKILL');
      runner = await startRunner(copy);
      return false;
    },
    close: () => {
      runner.kill('SIGKILL');
      rmSync(copy, { recursive: true, force: true });
    },
  };
};

type Module = { readonly path: string; readonly text: string; readonly tests: readonly string[] };

/** How long each test of a module may take, in milliseconds. */
type Timeouts = ReadonlyMap<string, number>;

const passesAll = async (bench: Bench, { path, tests }: Module, timeouts: Timeouts): Promise<boolean> => {
  for (const test of tests) {
    if (!(await bench.passes(path, test, timeouts.get(test) ?? maxTimeout))) return false;
  }
  return true;
};

/** Tests that fail without a mutant would make every mutant look noticed. */
const timeoutsOf = async (bench: Bench, { path, tests }: Module): Promise<Timeouts> => {
  const timeouts = new Map<string, number>();
  for (const test of tests) {
    const start = performance.now();
    if (!(await bench.passes(path, test, maxTimeout))) throw new Error(`${test} fails without a mutant.`);
    timeouts.set(test, Math.max(minTimeout, maxSlowdown * (performance.now() - start)));
  }
  return timeouts;
};

/** The mutants that every test lets pass. Each copy takes the next one that no other copy has taken. */
const unnoticedIn = async (
  benches: readonly Bench[],
  module: Module,
  mutants: readonly Mutant[],
): Promise<readonly Mutant[]> => {
  const { path, text, tests } = module;
  if (tests.length === 0) return mutants;
  const waiting = mutants.values();
  const unnoticed = new Set<Mutant>();
  const takeMutants = async (bench: Bench): Promise<void> => {
    const timeouts = await timeoutsOf(bench, module);
    for (const mutant of waiting) {
      bench.write(path, mutated(text, mutant));
      if (await passesAll(bench, module, timeouts)) unnoticed.add(mutant);
    }
    bench.write(path, text);
    await timeoutsOf(bench, module);
  };
  await Promise.all(benches.map(takeMutants));
  return mutants.filter((mutant) => unnoticed.has(mutant));
};

const oneLine = (text: string): string => text.replaceAll(/\s+/g, ' ');

const lineOf = (path: string, { line, from, to }: Mutant): string =>
  `  ${path}:${line}  ${oneLine(from)}  ->  ${oneLine(to)}\n`;

type Score = { readonly path: string; readonly all: number; readonly noticed: number };

/** One module after the other; the copies share the mutants of each. */
const scoresOf = async (benches: readonly Bench[], modules: readonly Module[]): Promise<readonly Score[]> => {
  const scores: Score[] = [];
  for (const module of modules) {
    const mutants = mutantsIn(module.text);
    const unnoticed = await unnoticedIn(benches, module, mutants);
    const score = { path: module.path, all: mutants.length, noticed: mutants.length - unnoticed.length };
    scores.push(score);
    process.stdout.write(`${score.path}: ${score.noticed} of ${score.all} noticed\n`);
    for (const mutant of unnoticed) process.stdout.write(lineOf(module.path, mutant));
  }
  return scores;
};

/** Prints the sum of some modules and returns it in whole percent; 100 where there is nothing to mutate. */
const printSum = (name: string, scores: readonly Score[]): number => {
  const all = scores.reduce((sum, score) => sum + score.all, 0);
  const noticed = scores.reduce((sum, score) => sum + score.noticed, 0);
  const percent = all === 0 ? 100 : Math.floor((100 * noticed) / all);
  if (all > 0) process.stdout.write(`${name}: ${noticed} of ${all} noticed, ${percent}%\n`);
  return percent;
};

const tree = await readSourceTree(['shared', 'tests']);
const known = ruleModulesIn(tree);
const wanted = process.argv.slice(2);
const isWanted = (path: string, name: string): boolean =>
  path.startsWith(`shared/${name.replace(/^shared\//, '').replace(/\/$/, '')}/`) ||
  path.endsWith(`/${name.replace(/\.ts$/, '')}.ts`);
const unknown = wanted.filter((name) => !known.some((path) => isWanted(path, name)));
if (unknown.length > 0) throw new Error(`There are no rules in ${unknown.join(', ')}.`);

const modules = known
  .filter((path) => wanted.length === 0 || wanted.some((name) => isWanted(path, name)))
  .map((path) => ({ path, text: tree.get(path) ?? '', tests: testsOf(tree, path) }))
  .filter(({ text }) => mutantsIn(text).length > 0);

const benches = await Promise.all(Array.from({ length: availableParallelism() }, openBench));
process.on('exit', () => {
  for (const bench of benches) bench.close();
});
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const scores = await scoresOf(benches, modules);
for (const wing of wings) {
  printSum(
    wing,
    scores.filter(({ path }) => path.startsWith(`shared/${wing}/`)),
  );
}
process.exit(printSum('all', scores) >= minPercent ? 0 : 1);
