import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Mutant, mutantsIn, mutated } from './mutants.ts';

/**
 * Changes one thing at a time in a copy of the rules behind the figures, and shows which changes no test notices:
 * `npm run mutate:domain`, or with names of modules. It exits 1 when fewer than 85% are noticed.
 */
const testsOf: Readonly<Record<string, readonly string[]>> = {
  statistics: ['statistics', 'claims', 'shown-figures'],
  claims: ['claims', 'shown-figures'],
  disclosure: ['disclosure', 'shown-figures', 'certificates', 'release'],
  'index-episodes': ['index-episodes', 'contribute'],
  measures: ['measures'],
  'reporting-window': ['reporting-window', 'release'],
  'release-counts': ['release', 'release-edges', 'certificates'],
  release: ['release', 'release-edges', 'publish-release', 'propose-release'],
  'contradictions-between-claims': ['contradictions-among-claims', 'contradictions-in-one-claim'],
  'contradictions-between-versions': ['contradictions-among-claims', 'contradictions-in-one-claim'],
  'contradictions-in-terms': ['contradictions-in-one-claim', 'claim-contradictions'],
  'contradictions-in-wording': ['contradictions-in-one-claim', 'claim-contradictions'],
};

const bar = 85;

/** A change may make a test run for ever. */
const longest = 60_000;

const root = join(import.meta.dirname, '../..');
const asked = process.argv.slice(2);
const unknown = asked.filter((name) => testsOf[name] === undefined);
if (unknown.length > 0) {
  throw new Error(
    `There are no tests listed for ${unknown.join(', ')}; there are ${Object.keys(testsOf).join(', ')}.`,
  );
}

const copy = mkdtempSync(join(tmpdir(), 'aftercare-mutations-'));
for (const name of [
  'shared',
  'functions',
  'infra',
  'tests',
  'package.json',
  'tsconfig.json',
  'vitest.config.ts',
]) {
  cpSync(join(root, name), join(copy, name), { recursive: true });
}
symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));

const passes = (tests: readonly string[]): boolean =>
  spawnSync(
    join(copy, 'node_modules/.bin/vitest'),
    [
      'run',
      '--project',
      'unit',
      '--bail',
      '1',
      ...tests.map((test) => `tests/unit/outcomes/${test}.test.ts`),
    ],
    { cwd: copy, timeout: longest },
  ).status === 0;

const lineOf = (name: string, { line, from, to }: Mutant): string =>
  `  shared/domain/${name}.ts:${line}  ${from.replaceAll(/\s+/g, ' ')}  ->  ${to.replaceAll(/\s+/g, ' ')}\n`;

const tally = { noticed: 0, all: 0 };
for (const name of asked.length > 0 ? asked : Object.keys(testsOf)) {
  const tests = testsOf[name] ?? [];
  const path = join(copy, 'shared/domain', `${name}.ts`);
  const text = readFileSync(path, 'utf8');
  if (!passes(tests)) throw new Error(`The tests of ${name} fail before anything is changed.`);
  const mutants = mutantsIn(text);
  const unnoticed = mutants.filter((mutant) => {
    writeFileSync(path, mutated(text, mutant));
    return passes(tests);
  });
  writeFileSync(path, text);
  tally.all += mutants.length;
  tally.noticed += mutants.length - unnoticed.length;
  process.stdout.write(`${name}: ${mutants.length - unnoticed.length} of ${mutants.length} noticed\n`);
  for (const mutant of unnoticed) process.stdout.write(lineOf(name, mutant));
}
rmSync(copy, { recursive: true, force: true });
const score = Math.floor((100 * tally.noticed) / tally.all);
process.stdout.write(`${tally.noticed} of ${tally.all} noticed, ${score}%\n`);
process.exitCode = score >= bar ? 0 : 1;
