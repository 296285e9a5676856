import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process that a test kills: it runs one file with arguments and says `ready ...` when it is. */
export type Victim = {
  readonly process: ChildProcess;
  /** What it said after `ready`. */
  readonly said: string;
  readonly kill: () => Promise<void>;
};

/** Takes a TypeScript file and its arguments, runs it with this Node, waits until it is ready. */
export const startVictim = async (file: string, args: readonly string[]): Promise<Victim> => {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  while (!/^ready.*\n/m.test(output)) {
    if (child.exitCode !== null) throw new Error(`The victim ended by itself: ${output}`);
    await sleep(20);
  }
  return {
    process: child,
    said: /^ready ?(.*)\n/m.exec(output)?.[1] ?? '',
    kill: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
};

/** Takes a pid, waits until no such process runs. */
export const untilGone = async (pid: number): Promise<void> => {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await sleep(20);
  }
};
