import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from './atomic-file.ts';

/** A child process that ends with this process, the runner. */
export type BoundChild = {
  readonly process: ChildProcess;
  /** The last 4,000 characters of standard output and error combined. */
  readonly output: () => string;
  /** The exit code or signal, once the child has ended. */
  readonly ended: () => string | undefined;
  /** Sends SIGTERM, after two seconds SIGKILL, and waits for the child to end. */
  readonly stop: () => Promise<void>;
};

/**
 * A background subshell waits on a pipe that only the runner holds open, while the shell itself execs the child.
 * However the runner ends, `kill -9` included, the pipe closes and the subshell sends the child SIGTERM.
 */
const boundToPipe =
  'exec 3<&0 </dev/null; (cat <&3 >/dev/null 2>&1; kill $$ 2>/dev/null) >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

/** Starts a program that ends with this process. On Windows a killed runner leaves it running. */
export const startBound = (command: string, args: readonly string[]): BoundChild => {
  const child =
    process.platform === 'win32'
      ? spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
      : spawn('/bin/sh', ['-c', boundToPipe, command, ...args], { stdio: ['pipe', 'pipe', 'pipe'] });
  let output = '';
  let ended: string | undefined;
  const keep = (chunk: Buffer): void => {
    output = (output + chunk.toString()).slice(-4000);
  };
  child.stdout.on('data', keep);
  child.stderr.on('data', keep);
  child.stdin.on('error', () => undefined);
  const exit = new Promise<void>((resolve) => {
    const end = (how: string): void => {
      ended = how;
      child.stdin.destroy();
      resolve();
    };
    child.once('error', (error) => end(error.message));
    child.once('exit', (code, signal) => end(`${signal ?? code}`));
  });
  const stop = async (): Promise<void> => {
    child.kill('SIGTERM');
    const force = setTimeout(() => child.kill('SIGKILL'), 2000);
    await exit;
    clearTimeout(force);
  };
  return { process: child, output: () => output.trim(), ended: () => ended, stop };
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

/** The command line of a process; undefined where there is no `/proc` (Linux only). */
const commandLineOf = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return undefined;
  }
};

const pidFileContent = z.object({ pid: z.number().int().min(2), runner: z.number().int().min(2) });

/**
 * Ends the child of a pid file if it outlived its runner; reports `in-use` if its runner is still alive. Leaves the
 * process alone when its command line does not contain `commandHas`: the pid was reused by another program.
 */
export const endStale = async (
  pidFile: string,
  commandHas: string,
): Promise<
  { readonly outcome: 'none' | 'ended' } | { readonly outcome: 'in-use'; readonly runner: number }
> => {
  const known = readJsonFile(pidFile, pidFileContent);
  if (known === undefined || !isAlive(known.pid)) return { outcome: 'none' };
  if (commandLineOf(known.pid)?.includes(commandHas) === false) return { outcome: 'none' };
  if (isAlive(known.runner)) return { outcome: 'in-use', runner: known.runner };
  process.kill(known.pid, 'SIGTERM');
  for (let waited = 0; isAlive(known.pid) && waited < 10_000; waited += 25) {
    if (waited === 2000) process.kill(known.pid, 'SIGKILL');
    await sleep(25);
  }
  return { outcome: 'ended' };
};

/** Writes the pid file: the child, and this process as its runner. */
export const rememberChild = (pidFile: string, child: BoundChild): void =>
  writeJsonFile(pidFile, { pid: child.process.pid, runner: process.pid });

export const forgetChild = (pidFile: string): void => rmSync(pidFile, { force: true });
