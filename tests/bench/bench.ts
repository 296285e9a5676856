import { parseArgs } from 'node:util';
import { measureBigClinic } from './big-figures.ts';
import { measureClinicYears } from './clinic-years.ts';
import { measureColdStart } from './cold-start.ts';
import { measureCoverage } from './coverage.ts';
import { measureDynamoUnits } from './dynamo-units.ts';
import type { BenchOptions, Figure, Measure } from './figure.ts';
import { measureMalformed } from './malformed.ts';
import { measureSurveyPage } from './survey-page.ts';

/** The measures with the names of the figures that each returns, quick ones first. */
const measures: readonly { readonly figures: readonly string[]; readonly measure: Measure }[] = [
  { figures: ['survey-page'], measure: measureSurveyPage },
  { figures: ['cold-start'], measure: measureColdStart },
  { figures: ['dynamodb-units', 'list-price'], measure: measureDynamoUnits },
  { figures: ['rule-branches'], measure: measureCoverage },
  { figures: ['clinic-years'], measure: measureClinicYears },
  { figures: ['malformed'], measure: measureMalformed },
  { figures: ['due-query', 'counting'], measure: measureBigClinic },
];

const known = measures.flatMap(({ figures }) => figures);

const usage = `npm run bench -- [--json] [--only NAME]... [--size N] [--seeds N] [--malformed N] [--rounds N]

Figures: ${known.join(', ')}
--size       number of patients in the large tables (1000000)
--seeds      number of simulated clinic years (10000)
--malformed  number of malformed events and requests (100000)
--rounds     rounds of each timing (25)`;

const positive = (text: string): number => {
  const number = Number(text);
  if (!Number.isSafeInteger(number) || number < 1)
    throw new Error(`Not a whole number of at least 1: ${text}`);
  return number;
};

const readArguments = () => {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      only: { type: 'string', multiple: true, default: [] },
      size: { type: 'string', default: '1000000' },
      seeds: { type: 'string', default: '10000' },
      malformed: { type: 'string', default: '100000' },
      rounds: { type: 'string', default: '25' },
    },
  });
  const unknown = values.only.find((name) => !known.includes(name));
  if (unknown !== undefined) throw new Error(`Unknown figure: ${unknown}. Known: ${known.join(', ')}`);
  const options: BenchOptions = {
    size: positive(values.size),
    seeds: positive(values.seeds),
    malformed: positive(values.malformed),
    rounds: positive(values.rounds),
  };
  return { ...values, options };
};

const failed = (error: unknown): Figure => ({
  measured: 'not measured',
  bar: '',
  met: false,
  values: {},
  notes: [error instanceof Error ? error.message : String(error)],
});

const print = (name: string, { measured, bar, met, notes }: Figure): void => {
  const lines = [`${name}: ${measured}`, `  bar: ${bar}`, `  met: ${met ? 'yes' : 'no'}`];
  process.stdout.write(`${[...lines, ...notes.map((note) => `  ${note}`)].join('\n')}\n\n`);
};

const measureOrReport = async (
  measure: Measure,
  wanted: readonly string[],
  options: BenchOptions,
): Promise<Readonly<Record<string, Figure>>> => {
  try {
    return await measure(options);
  } catch (error) {
    return Object.fromEntries(wanted.map((name) => [name, failed(error)]));
  }
};

/** Prints the selected figures. One that misses its bar does not fail the bench. */
const bench = async (): Promise<void> => {
  const { json, help, only, options } = readArguments();
  if (help) {
    process.stdout.write(`${usage}\n`);
    return;
  }
  const isWanted = (name: string): boolean => only.length === 0 || only.includes(name);
  const results: Record<string, Figure> = {};
  for (const { figures, measure } of measures) {
    const wanted = figures.filter(isWanted);
    if (wanted.length === 0) continue;
    const measured = await measureOrReport(measure, wanted, options);
    for (const name of wanted) {
      const figure = measured[name] ?? failed(new Error('The measure did not return this figure.'));
      results[name] = figure;
      if (!json) print(name, figure);
    }
  }
  if (json) process.stdout.write(`${JSON.stringify(results, undefined, 2)}\n`);
};

try {
  await bench();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : error}\n\n${usage}\n`);
  process.exitCode = 2;
}
