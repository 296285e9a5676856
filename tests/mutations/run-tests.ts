import { createVitest, type TestModule } from 'vitest/node';
import * as z from 'zod';

/**
 * Runs in a process of its own, started in a copy of the project. Answers each message `{ changed, test }` with the name of
 * the test that fails once the files have changed, or with null. Vitest starts once, not once per mutant, which halves
 * the time.
 */
const requestSchema = z.object({ changed: z.array(z.string()), test: z.string() });

const vitest = await createVitest('test', {
  root: process.cwd(),
  watch: false,
  pool: 'threads',
  isolate: true,
  fileParallelism: false,
  bail: 1,
  // The process that asks has its own limit.
  testTimeout: 600_000,
  reporters: [{}],
});

/** The files of the request before, which may have been restored since. */
let previous: readonly string[] = [];

const failureIn = (module: TestModule): string | undefined => {
  if (module.state() === 'passed') return undefined;
  const failed = module.children.allTests('failed').next().value;
  return failed?.fullName ?? 'the file does not load';
};

const failedTest = async ({ changed, test }: z.infer<typeof requestSchema>): Promise<string | null> => {
  for (const file of [...changed, ...previous]) vitest.invalidateFile(file);
  previous = changed;
  // `bail` counts the failures of earlier runs too.
  vitest.state.filesMap.clear();
  vitest.state.idMap.clear();
  const specifications = await vitest.globTestSpecifications([test]);
  if (specifications.length === 0) throw new Error(`There is no ${test}`);
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(specifications);
  const failed = testModules.map(failureIn).find((name) => name !== undefined);
  return failed ?? (unhandledErrors.length > 0 ? 'an error that no test caught' : null);
};

process.on('message', async (message) => {
  process.send?.({ failed: await failedTest(requestSchema.parse(message)) });
});

process.on('disconnect', () => process.exit());

process.send?.('ready');
