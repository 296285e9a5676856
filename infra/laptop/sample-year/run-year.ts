import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from '../host/atomic-file.ts';
import { type Laptop, type LaptopOptions, startLaptop } from '../laptop.ts';
import { type SampleYear, sampleYearPlayer, yearBegins } from './play-year.ts';
import { facetImprovedIn } from './targets.ts';

const yearFile = z.object({
  patients: z.int(),
  seed: z.int(),
  facetImproved: z.int().exactOptional(),
  state: z.enum(['under-way', 'done']),
});

/** What a folder holds: nothing, a year that was interrupted, or one that was played to its end. */
export type YearInFolder = z.infer<typeof yearFile> | undefined;

const fileIn = (folder: string): string => join(folder, 'sample-year.json');

/** Takes a folder, says which sample year it holds. */
export const yearIn = (folder: string): YearInFolder => readJsonFile(fileIn(folder), yearFile);

/** Takes what a folder holds and a year, says whether that is this very year, interrupted. */
export const isInterrupted = (held: YearInFolder, { patients, seed, targets }: SampleYear): boolean =>
  held?.state === 'under-way' &&
  held.patients === patients &&
  held.seed === seed &&
  held.facetImproved === facetImprovedIn(targets);

/** Takes a folder, removes everything in it that a run left. */
export const clearFolder = (folder: string): void => {
  if (existsSync(folder)) rmSync(folder, { recursive: true });
};

const progressBar = () => {
  const bar = new SingleBar({
    format: 'Sample year {bar} {percentage}% | {date}',
    stream: process.stderr,
    noTTYOutput: false,
    hideCursor: true,
  });
  return bar;
};

export type RunOptions = Pick<LaptopOptions, 'folder' | 'port' | 'extraRoutes'> & {
  readonly year: SampleYear;
  /** Shows a progress bar on standard error. */
  readonly withBar: boolean;
};

/**
 * Starts a laptop on a folder and plays the sample year on it, or the rest of one that was interrupted: the
 * stores say what has happened already, and repeating the rest does no harm. Publishes at the end. Gives the
 * laptop, still running.
 */
export const runYear = async ({ folder, port, year, withBar, extraRoutes }: RunOptions): Promise<Laptop> => {
  const player = sampleYearPlayer(year);
  const laptop = await startLaptop({
    folder,
    port,
    clockMode: 'frozen',
    streamPause: 20_000,
    streamBatch: 5000,
    startAt: yearBegins,
    extraRules: [player.rule],
    ...(extraRoutes === undefined ? {} : { extraRoutes }),
  });
  const note = (state: 'under-way' | 'done'): void =>
    writeJsonFile(fileIn(folder), {
      patients: year.patients,
      seed: year.seed,
      facetImproved: facetImprovedIn(year.targets),
      state,
    });
  try {
    note('under-way');
    const bar = withBar ? progressBar() : undefined;
    bar?.start(1, 0, { date: '' });
    await player.play(laptop, (played, all) => {
      bar?.setTotal(all);
      bar?.update(played, { date: laptop.clock.now().slice(0, 10) });
    });
    bar?.stop();
    await laptop.invoke('publish-release');
    note('done');
    return laptop;
  } catch (error) {
    await laptop.stop();
    throw error;
  }
};
