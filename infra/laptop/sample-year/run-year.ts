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
  status: z.enum(['under-way', 'done']),
});

/** The sample year in a folder, interrupted (`under-way`) or complete; undefined when there is none. */
export type YearInFolder = z.infer<typeof yearFile> | undefined;

const fileIn = (folder: string): string => join(folder, 'sample-year.json');

export const yearIn = (folder: string): YearInFolder => readJsonFile(fileIn(folder), yearFile);

/** True when the folder holds an interrupted run of exactly this year. */
export const isInterrupted = (stored: YearInFolder, { patients, seed, targets }: SampleYear): boolean =>
  stored?.status === 'under-way' &&
  stored.patients === patients &&
  stored.seed === seed &&
  stored.facetImproved === facetImprovedIn(targets);

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
  /** Shows a progress bar on standard error, if that is a terminal. */
  readonly withBar: boolean;
};

/**
 * Starts a laptop on a folder, plays the sample year and publishes. An interrupted year is resumed: the stores
 * record what has happened, and repeating the last moment is idempotent. Returns the running laptop.
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
  const saveStatus = (status: 'under-way' | 'done'): void =>
    writeJsonFile(fileIn(folder), {
      patients: year.patients,
      seed: year.seed,
      facetImproved: facetImprovedIn(year.targets),
      status,
    });
  try {
    saveStatus('under-way');
    const bar = withBar ? progressBar() : undefined;
    bar?.start(1, 0, { date: '' });
    await player.play(laptop, (played, total) => {
      bar?.setTotal(total);
      bar?.update(played, { date: laptop.clock.now().slice(0, 10) });
    });
    bar?.stop();
    await laptop.invoke('publish-release');
    saveStatus('done');
    return laptop;
  } catch (error) {
    await laptop.stop();
    throw error;
  }
};
