import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, mutantsIn, mutated } from './mutants.ts';
import { nothingToChange, testsOf } from './tests-of.ts';

/**
 * Changes one thing at a time in copies of the domain, and shows which changes no test notices:
 * `npm run mutate:domain`, or with names of modules. It exits 1 when fewer than 85% are noticed.
 */
const bar = 85;

/** A change may make a test run for ever. */
const longest = 60_000;

const root = join(import.meta.dirname, '../..');

const unlisted = readdirSync(join(root, 'shared/domain'))
  .filter((file) => !file.endsWith('.d.ts'))
  .map((file) => file.replace('.ts', ''))
  .filter((name) => testsOf[name] === undefined && !nothingToChange.includes(name));
if (unlisted.length > 0) throw new Error(`There are no tests listed for ${unlisted.join(', ')}.`);

const asked = process.argv.slice(2);
const unknown = asked.filter((name) => testsOf[name] === undefined);
if (unknown.length > 0) {
  throw new Error(`There is no ${unknown.join(', ')}; there are ${Object.keys(testsOf).join(', ')}.`);
}

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
  for (const name of copied) {
    cpSync(join(root, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

/** Threads, not processes, so that what runs for ever ends with the process that is killed. */
const options = ['--project', 'unit', '--bail', '1', '--pool', 'threads', '--no-file-parallelism'];

const passes = (copy: string, tests: readonly string[]): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const run = spawn(
      join(copy, 'node_modules/.bin/vitest'),
      ['run', ...options, ...tests.map((test) => `tests/unit/${test}.test.ts`)],
      { cwd: copy, stdio: 'ignore', timeout: longest, killSignal: 'SIGKILL' },
    );
    run.on('error', reject).on('exit', (code) => resolve(code === 0));
  });

/** Each copy takes the next change that none has taken. */
const unnoticedIn = async (
  copies: readonly string[],
  name: string,
  tests: readonly string[],
  mutants: readonly Mutant[],
): Promise<readonly Mutant[]> => {
  const waiting = mutants.values();
  const unnoticed = new Set<Mutant>();
  const work = async (copy: string): Promise<void> => {
    const path = join(copy, 'shared/domain', `${name}.ts`);
    const text = readFileSync(path, 'utf8');
    if (!(await passes(copy, tests)))
      throw new Error(`The tests of ${name} fail before anything is changed.`);
    for (const mutant of waiting) {
      writeFileSync(path, mutated(text, mutant));
      if (await passes(copy, tests)) unnoticed.add(mutant);
    }
    writeFileSync(path, text);
  };
  await Promise.all(copies.map(work));
  return mutants.filter((mutant) => unnoticed.has(mutant));
};

const lineOf = (name: string, { line, from, to }: Mutant): string =>
  `  shared/domain/${name}.ts:${line}  ${from.replaceAll(/\s+/g, ' ')}  ->  ${to.replaceAll(/\s+/g, ' ')}\n`;

/** The modules one after the other, since the copies work on one together. */
const scoreOf = async (copies: readonly string[], names: readonly string[]): Promise<number> => {
  const [first = root] = copies;
  const tally = { noticed: 0, all: 0 };
  for (const name of names) {
    const tests = testsOf[name] ?? [];
    const mutants = mutantsIn(readFileSync(join(first, 'shared/domain', `${name}.ts`), 'utf8'));
    const unnoticed = await unnoticedIn(copies, name, tests, mutants);
    tally.all += mutants.length;
    tally.noticed += mutants.length - unnoticed.length;
    process.stdout.write(`${name}: ${mutants.length - unnoticed.length} of ${mutants.length} noticed\n`);
    for (const mutant of unnoticed) process.stdout.write(lineOf(name, mutant));
  }
  const score = Math.floor((100 * tally.noticed) / tally.all);
  process.stdout.write(`${tally.noticed} of ${tally.all} noticed, ${score}%\n`);
  return score;
};

const copies = Array.from({ length: availableParallelism() }, copyOfProject);
try {
  const score = await scoreOf(copies, asked.length > 0 ? asked : Object.keys(testsOf));
  process.exitCode = score >= bar ? 0 : 1;
} finally {
  for (const copy of copies) rmSync(copy, { recursive: true, force: true });
}
