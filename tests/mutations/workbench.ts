import { type ChildProcess, execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import * as z from 'zod';
import { projectRoot } from '../support/sources/source-tree.ts';

const run = promisify(execFile);

const copied = [
  'shared',
  'functions',
  'infra',
  'tests',
  'docs',
  'README.md',
  'package.json',
  'tsconfig.json',
  'cdk.json',
  'vitest.config.ts',
];

const copyOfProject = (): string => {
  const copy = mkdtempSync(join(tmpdir(), 'aftercare-mutations-'));
  for (const name of copied) cpSync(join(projectRoot, name), join(copy, name), { recursive: true });
  symlinkSync(join(projectRoot, 'node_modules'), join(copy, 'node_modules'));
  return copy;
};

/** The modules that `npm run scripts` writes from a browser script. Pages import them, so they have to follow it. */
const generated = [
  'stats/generated/embed-script.ts',
  'stats/generated/page-script.ts',
  'survey/generated/survey-script.ts',
];

/** A copy of the project with a process that runs tests in it. */
export type Workbench = {
  readonly write: (path: string, text: string) => Promise<void>;
  /**
   * Returns the name of the test that fails after the last write, or undefined when all of the file pass. Running out of
   * time, in milliseconds, is a failure too: a mutant may loop for ever.
   */
  readonly failedTest: (file: string, timeout: number) => Promise<string | undefined>;
  /** Whether the copy still compiles. A name that nothing uses any more is no fault. */
  readonly compiles: () => Promise<boolean>;
  readonly close: () => void;
};

/** The head of its own group, so that a browser or a database that a test started ends with it. */
const startRunner = async (copy: string): Promise<ChildProcess> => {
  const runner = fork(join(copy, 'tests/mutations/run-tests.ts'), {
    cwd: copy,
    execArgv: ['--import', 'tsx'],
    stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    detached: true,
  });
  await once(runner, 'message');
  return runner;
};

const endGroup = ({ pid }: ChildProcess): void => {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL');
  } catch {
    // It has ended by itself.
  }
};

const answerSchema = z.object({ failed: z.string().nullable() });

export const openWorkbench = async (): Promise<Workbench> => {
  const copy = copyOfProject();
  let runner = await startRunner(copy);
  let changed: readonly string[] = [];
  return {
    write: async (path, text) => {
      writeFileSync(join(copy, path), text);
      const isScript = path.includes('/browser/');
      if (isScript) {
        // A script that no longer builds leaves the text of the one before, which the next write replaces.
        await run('node', ['--import', 'tsx', 'infra/tools/write-browser-scripts.ts'], { cwd: copy }).catch(
          () => {},
        );
      }
      changed = [path, ...(isScript ? generated.map((name) => `shared/web/${name}`) : [])].map((name) =>
        join(copy, name),
      );
    },
    failedTest: async (test, milliseconds) => {
      const over = new AbortController();
      const { signal } = over;
      const answer = once(runner, 'message', { signal }).then(([message]) => ({
        ...answerSchema.parse(message),
        isOver: false,
      }));
      const exit = once(runner, 'exit', { signal }).then(() => ({
        failed: 'the tests end early',
        isOver: true,
      }));
      const timeout = sleep(milliseconds, { failed: 'the tests take for ever', isOver: true }, { signal });
      runner.send({ changed, test });
      const first = await Promise.race([answer, exit, timeout]);
      over.abort();
      await Promise.allSettled([answer, exit, timeout]);
      if (first.isOver) {
        endGroup(runner);
        runner = await startRunner(copy);
      }
      return first.failed ?? undefined;
    },
    compiles: () =>
      run(
        join(copy, 'node_modules/.bin/tsc'),
        ['--project', '.', '--noUnusedLocals', 'false', '--noUnusedParameters', 'false'],
        { cwd: copy },
      ).then(
        () => true,
        () => false,
      ),
    close: () => {
      endGroup(runner);
      rmSync(copy, { recursive: true, force: true });
    },
  };
};
