import { createVitest } from 'vitest/node';
import * as z from 'zod';

/**
 * Runs in a process of its own, started in a copy of the project. Answers each message `{ changed, test }` with true when
 * the test passes although the file has changed. Vitest starts once, not once per mutant, which halves the time.
 */
const requestSchema = z.object({ changed: z.string(), test: z.string() });

const vitest = await createVitest('test', {
  root: process.cwd(),
  project: ['unit'],
  watch: false,
  pool: 'threads',
  fileParallelism: false,
  bail: 1,
  // The process that asks has its own limit.
  testTimeout: 600_000,
  reporters: [{}],
});

/** The file of the request before, which may have been restored since. */
let previous: string | undefined;

const passes = async (changed: string, test: string): Promise<boolean> => {
  vitest.invalidateFile(changed);
  if (previous !== undefined) vitest.invalidateFile(previous);
  previous = changed;
  // `bail` counts the failures of earlier runs too.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  const specifications = await vitest.globTestSpecifications([test]);
  if (specifications.length === 0) throw new Error(`There is no ${test}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  return unhandledErrors.length === 0 && testModules.every((module) => module.state() === 'passed');
};

process.on('message', async (message) => {
  const { changed, test } = requestSchema.parse(message);
  process.send?.(await passes(changed, test));
});

process.on('disconnect', () => process.exit());

process.send?.('ready');
