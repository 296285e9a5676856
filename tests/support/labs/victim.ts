import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

/** A process for a test to kill. Its program prints `ready`, with details, once it has started. */
export type Victim = {
  readonly process: ChildProcess;
  /** The text that it printed after `ready`. */
  readonly details: string;
  /** Sends SIGKILL and waits for the end. */
  readonly kill: () => Promise<void>;
};

/** Runs a TypeScript file with this Node and waits until it is ready. */
export const startVictim = async (file: string, args: readonly string[]): Promise<Victim> => {
  const child = spawn(process.execPath, [file, ...args], { stdio: ['ignore', 'pipe', 'inherit'] });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  while (!/^ready.*\n/m.test(output)) {
    if (child.exitCode !== null) throw new Error(`The process ended before it was ready: ${output}`);
    await sleep(20);
  }
  return {
    process: child,
    details: /^ready ?(.*)\n/m.exec(output)?.[1] ?? '',
    kill: async () => {
      const exit = once(child, 'exit');
      child.kill('SIGKILL');
      await exit;
    },
  };
};

/** Waits until no process with this id runs. */
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
