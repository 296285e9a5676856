import { execFileSync } from 'node:child_process';
import { availableParallelism } from 'node:os';
import { posix } from 'node:path';
import { Command, InvalidArgumentError } from 'commander';
import { wilson } from '../../shared/outcomes/claims/statistics.ts';
import { projectRoot, readSourceTree } from '../support/sources/source-tree.ts';
import { areaOf, areas } from './areas.ts';
import { mutantsIn } from './mutants.ts';
import { sampleOf } from './sample.ts';
import { nearestTests } from './tests-of.ts';
import { type Trial, tryMutants } from './try-mutants.ts';
import { openWorkbench } from './workbench.ts';

const wholeNumber = (text: string): number => {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('It must be a whole number.');
  return Number(text);
};

const command = new Command('mutate')
  .description(
    'Breaks a copy of the product, one change at a time, and lists the changes that no test notices.',
  )
  .argument(
    '[area...]',
    `areas (${areas.map(({ name }) => name).join(', ')}), folders or modules; all without`,
  )
  .option('--sample <n>', 'mutants of each area, drawn by the seed', wholeNumber, 40)
  .option('--all', 'every mutant; takes hours')
  .option('--seed <text>', 'draws the sample; the commit without it')
  .option('--minutes <n>', 'begin no mutant after this time', wholeNumber)
  .option('--copies <n>', 'copies of the project that work side by side', wholeNumber, availableParallelism())
  .option('--list', 'name the test that noticed each mutant')
  .allowExcessArguments(false)
  .parse();

const options = command.opts<{
  sample: number;
  all?: true;
  seed?: string;
  minutes?: number;
  copies: number;
  list?: true;
}>();

const commit = (): string =>
  execFileSync('git', ['rev-parse', '--short=12', 'HEAD'], { cwd: projectRoot, encoding: 'utf8' }).trim();

const seed = options.seed ?? commit();

const tree = await readSourceTree(['shared', 'functions', 'infra', 'tests']);

/** An area by its name; otherwise a folder or a module by its path, or a module by its name. */
const isWanted = (path: string, wanted: string): boolean =>
  areas.some(({ name }) => name === wanted)
    ? areaOf(path, tree.get(path) ?? '')?.name === wanted
    : path === wanted ||
      path.startsWith(`${wanted.replace(/\/$/, '')}/`) ||
      posix.basename(path).replace(/\.tsx?$/, '') === wanted.replace(/\.tsx?$/, '');

const sources = [...tree].filter(
  ([path, text]) => !path.startsWith('tests/') && areaOf(path, text) !== undefined,
);

const unknown = command.args.filter((wanted) => !sources.some(([path]) => isWanted(path, wanted)));
if (unknown.length > 0) command.error(`There is nothing to mutate in ${unknown.join(', ')}.`);

const wanted = sources.filter(
  ([path]) => command.args.length === 0 || command.args.some((name) => isWanted(path, name)),
);

const mutants = mutantsIn(new Map(wanted));

/** The mutants to try, area by area and in each module by module. */
const chosen = areas.flatMap(({ name }) => {
  const ofArea = mutants.filter(({ path }) => areaOf(path, tree.get(path) ?? '')?.name === name);
  const drawn = new Set(options.all ? ofArea : sampleOf(ofArea, options.sample, seed));
  return ofArea.filter((mutant) => drawn.has(mutant));
});

const oneLine = (text: string): string => {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 67)}...` : line;
};

const lineOf = ({ mutant: { path, line, from, to }, by }: Trial): string => {
  const change = to === '' ? `without ${oneLine(from)}` : `${oneLine(from)}  ->  ${oneLine(to)}`;
  return `  ${path}:${line}  ${change}  |  ${by ?? 'NOT NOTICED'}\n`;
};

const started = performance.now();
process.stdout.write(
  `${chosen.length} of ${mutants.length} mutants${options.all ? '' : `, seed ${seed}`}, ${options.copies} copies\n`,
);

const workbenches = await Promise.all(Array.from({ length: options.copies }, openWorkbench));
process.on('exit', () => {
  for (const workbench of workbenches) workbench.close();
});
process.on('SIGINT', () => process.exit(130));
process.on('SIGTERM', () => process.exit(143));

const trials = await tryMutants(workbenches, chosen, {
  tree,
  testsOf: nearestTests(tree),
  until: started + (options.minutes ?? Number.POSITIVE_INFINITY) * 60_000,
  leftOut: (test, failed) =>
    process.stdout.write(`  left out, it fails without a mutant: ${test}: ${failed}\n`),
  told: (trial) => {
    if (options.list || trial.by === undefined) process.stdout.write(lineOf(trial));
  },
});

type Score = {
  readonly name: string;
  readonly least: number;
  readonly tried: number;
  readonly noticed: number;
};

const scoreOf = (name: string, least: number, of: readonly Trial[]): Score => ({
  name,
  least,
  tried: of.length,
  noticed: of.filter(({ by }) => by !== undefined).length,
});

const scores = areas
  .map(({ name, least }) =>
    scoreOf(
      name,
      least,
      trials.filter(({ mutant: { path } }) => areaOf(path, tree.get(path) ?? '')?.name === name),
    ),
  )
  .filter(({ tried }) => tried > 0);
const whole = scoreOf('all', 85, trials);

const percentOf = ({ noticed, tried }: Score): number => Math.floor((100 * noticed) / Math.max(tried, 1));

for (const score of [...scores, whole]) {
  process.stdout.write(`${score.name}: ${score.noticed} of ${score.tried} noticed, ${percentOf(score)}%\n`);
}
process.stdout.write(`${Math.round((performance.now() - started) / 60_000)} minutes\n`);

/**
 * A handful of mutants says little about an area, so that a small sample fails only when the whole of it cannot be a draw
 * from something good enough. Where nothing may go unnoticed, one is enough.
 */
const isBelow = ({ noticed, tried, least }: Score): boolean =>
  least === 100 ? noticed < tried : 100 * (wilson(noticed, tried)?.high ?? 1) < least;

process.exit(
  [whole, ...scores.filter(({ tried, least }) => least === 100 || tried >= 30)].some(isBelow) ? 1 : 0,
);
