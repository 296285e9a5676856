import { join } from 'node:path';
import { Command } from 'commander';
import * as z from 'zod';
import { isStartupProblem } from './host/startup-problem.ts';
import { wholeNumber } from './host/whole-number.ts';
import { printYear } from './sample-year/print-year.ts';
import { clearFolder, isInterrupted, runYear, yearIn } from './sample-year/run-year.ts';
import { sampleTargets, withFacetImproved } from './sample-year/targets.ts';
import { summarize } from './sample-year/year-summary.ts';

const options = z.object({
  patients: wholeNumber('--patients', 1, 100_000),
  seed: wholeNumber('--seed', 0, 2 ** 31 - 1),
  facetImproved: wholeNumber('--facet-improved', 1, 98).optional(),
  json: z.boolean().default(false),
  folder: z.string(),
});

const command = new Command('replay')
  .description(
    'Plays a clinic year of synthetic patients through the real handlers and publishes its release.',
  )
  .option('--patients <n>', 'number of patients treated in the year', '500')
  .option('--seed <n>', 'random seed; the same seed gives the same year and the same release', '1')
  .option(
    '--facet-improved <percent>',
    'over this percentage of facet joint injection patients improve; their answers decide the sentence',
  )
  .option('--json', 'print the result as JSON, without a progress bar')
  .option(
    '--folder <path>',
    'store of the year; an interrupted year is resumed, any other content is replaced',
    join('.local', 'replay'),
  )
  .action(async (raw: unknown) => {
    const { patients, seed, facetImproved, json, folder } = options.parse(raw);
    const targets =
      facetImproved === undefined ? sampleTargets : withFacetImproved(sampleTargets, facetImproved);
    const year = { patients, seed, targets };
    if (!isInterrupted(yearIn(folder), year)) clearFolder(folder);
    const startedAt = performance.now();
    const laptop = await runYear({ folder, port: 0, year, withBar: !json });
    const seconds = (performance.now() - startedAt) / 1000;
    const summary = await summarize(laptop);
    await laptop.stop();
    if (json) process.stdout.write(`${JSON.stringify(summary, undefined, 2)}\n`);
    else printYear(summary, seconds);
    if (summary.countsDigest !== summary.recountDigest) process.exitCode = 1;
  });

try {
  await command.parseAsync();
} catch (error) {
  if (!isStartupProblem(error) && !(error instanceof z.ZodError)) throw error;
  const message =
    error instanceof z.ZodError ? error.issues.map((issue) => issue.message).join(' ') : error.message;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
