import { spawn } from 'node:child_process';
import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import * as z from 'zod';
import { bundleSettings } from '../../infra/constructs/bundle-settings.ts';
import { localDate } from '../../shared/platform/time.ts';
import { context, pageEvent, startFunctionLab } from '../support/labs/function-lab.ts';
import { compareInTurn, type Measure, rounded } from './figure.ts';
import { storePatient, token } from './stored-patient.ts';

const root = join(import.meta.dirname, '../..');

/** Loads a bundle and invokes it once, as Lambda does in a new sandbox. Prints the durations in milliseconds. */
const child = `
const { readFileSync } = require('node:fs');
const [, , bundle, call] = process.argv;
const { event, context } = JSON.parse(readFileSync(call, 'utf8'));
const cpu = () => Object.values(process.cpuUsage()).reduce((sum, micros) => sum + micros / 1000, 0);
const [startedAt, cpuBefore] = [performance.now(), cpu()];
const { handler } = require(bundle);
const loaded = performance.now();
handler(event, context).then(({ statusCode }) => {
  const [total, work] = [performance.now() - startedAt, cpu() - cpuBefore];
  console.log(JSON.stringify({ statusCode, load: loaded - startedAt, total, work }));
  process.exit();
});
`;

const durations = z.object({
  statusCode: z.literal(200),
  load: z.number(),
  total: z.number(),
  work: z.number(),
});

const run = (file: string, parts: readonly string[], environment: NodeJS.ProcessEnv) =>
  new Promise<z.infer<typeof durations>>((resolve, reject) => {
    const started = spawn(process.execPath, [file, ...parts], { env: environment });
    let output = '';
    started.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    started.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    started.once('error', reject);
    started.once('close', () => {
      try {
        resolve(durations.parse(JSON.parse(output)));
      } catch {
        reject(new Error(`A cold start failed: ${output.slice(0, 500)}`));
      }
    });
  });

const bundled = async (entry: string, outfile: string): Promise<number> => {
  await build({
    ...bundleSettings,
    entryPoints: [join(root, entry)],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    logLevel: 'error',
  });
  return (await stat(outfile)).size;
};

/** Times a cold start up to the first page against that of a function that only reads an item. */
export const measureColdStart: Measure = async ({ rounds }) => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-cold-'));
  const lab = await startFunctionLab();
  try {
    const world = await lab.fresh();
    await storePatient(world, localDate(new Date().toISOString().slice(0, 10)));
    const file = (name: string): string => join(folder, name);
    const survey = await bundled('functions/serve-survey/handler.ts', file('survey.cjs'));
    const bare = await bundled('tests/bench/bare-handler.ts', file('bare.cjs'));
    await writeFile(file('child.cjs'), child);
    await writeFile(file('call.json'), JSON.stringify({ event: pageEvent(`/s/${token}`), context }));
    const environment = { ...process.env, ...world.environment, METRICS_NAMESPACE: 'aftercare' };
    const loads = { survey: 0, bare: 0 };
    const start = (name: 'survey' | 'bare') => async (): Promise<number> => {
      const { load, total } = await run(
        file('child.cjs'),
        [file(`${name}.cjs`), file('call.json')],
        environment,
      );
      loads[name] += load / rounds;
      return total;
    };
    await start('survey')();
    await start('bare')();
    loads.survey = 0;
    loads.bare = 0;
    const { ratio, first, second } = await compareInTurn(rounds, start('survey'), start('bare'));
    return {
      'cold-start': {
        measured: `${rounded(ratio)} x`,
        bar: 'at most 1.15 x a handler with a DynamoDB client only',
        met: ratio <= 1.15,
        values: {
          ratio: rounded(ratio, 3),
          surveyMs: rounded(first, 0),
          bareMs: rounded(second, 0),
          surveyLoadMs: rounded(loads.survey, 0),
          bareLoadMs: rounded(loads.bare, 0),
          surveyBytes: survey,
          bareBytes: bare,
          rounds,
        },
        notes: [
          `${rounded(first, 0)} ms against ${rounded(second, 0)} ms, of which loading takes ${rounded(loads.survey, 0)} and ${rounded(loads.bare, 0)}; bundles of ${rounded(survey / 1024, 0)} and ${rounded(bare / 1024, 0)} KB.`,
          'Neither includes the start of Node. The survey makes two sequential reads, the bare handler one.',
        ],
      },
    };
  } finally {
    await lab.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
