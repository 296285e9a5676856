import { join } from 'node:path';
import * as z from 'zod';
import { eventRoute } from './console/event-route.ts';
import { liveConsole } from './console/live-console.ts';
import { writeJsonFile } from './host/atomic-file.ts';
import { isStartupProblem, startupProblem } from './host/startup-problem.ts';
import { wholeNumber } from './host/whole-number.ts';
import { type Laptop, startLaptop } from './laptop.ts';
import { printYear } from './sample-year/print-year.ts';
import { runYear, yearIn } from './sample-year/run-year.ts';
import { sampleTargets } from './sample-year/targets.ts';
import { summarize } from './sample-year/year-summary.ts';

const settings = z.object({
  PORT: wholeNumber('PORT', 0, 65_535).default(3000),
  /** Number of synthetic patients in the sample year. */
  SAMPLE_PATIENTS: wholeNumber('SAMPLE_PATIENTS', 1, 100_000).default(500),
  SAMPLE_SEED: wholeNumber('SAMPLE_SEED', 0, 2 ** 31 - 1).default(1),
});

const folder = '.local';

const extraRoutes = (laptop: Laptop) => [...liveConsole(laptop), eventRoute(laptop)];

const start = async (port: number, patients: number, seed: number): Promise<Laptop> => {
  const stored = yearIn(folder);
  if (stored?.status === 'done') return startLaptop({ folder, port, clockMode: 'ticking', extraRoutes });
  const year = {
    patients: stored?.patients ?? patients,
    seed: stored?.seed ?? seed,
    targets: sampleTargets,
  };
  const laptop = await runYear({ folder, port, year, withBar: true, extraRoutes });
  laptop.clock.setMode('ticking');
  return laptop;
};

/** Writes the endpoints of the running laptop for `npm run ops`. */
const writeRunningFile = (laptop: Laptop): void =>
  writeJsonFile(join(folder, 'running.json'), {
    origin: laptop.origin,
    dynamoEndpoint: laptop.dynamoEndpoint,
    pid: process.pid,
  });

/** Interval at which due emails and scheduled rules are checked, in milliseconds. */
const wakeIntervalMs = 10_000;

const run = async (): Promise<void> => {
  const parsed = settings.safeParse(process.env);
  if (!parsed.success) throw startupProblem(parsed.error.issues.map(({ message }) => message).join(' '));
  const { PORT, SAMPLE_PATIENTS, SAMPLE_SEED } = parsed.data;
  const laptop = await start(PORT, SAMPLE_PATIENTS, SAMPLE_SEED);
  writeRunningFile(laptop);
  printYear(await summarize(laptop));
  const timer = setInterval(() => void laptop.rules.wake(), wakeIntervalMs);
  const links = [
    `Ready. The console is at ${laptop.origin}/`,
    `  inbox         ${laptop.origin}/console/emails`,
    `  statistics    ${laptop.origin}/stats`,
    `  post events   ${laptop.origin}/local/events, /procedures, /fhir/Procedure`,
    'Stop with Ctrl+C. Everything is stored in .local; remove that folder to start over.',
    '',
  ];
  process.stdout.write(`${links.join('\n')}\n`);
  const stop = (): void => {
    clearInterval(timer);
    void laptop.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
};

try {
  await run();
} catch (error) {
  if (!isStartupProblem(error)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 1;
}
