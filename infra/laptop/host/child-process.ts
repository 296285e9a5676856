import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync, rmSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { readJsonFile, writeJsonFile } from './atomic-file.ts';

/** A helper process that does not outlive the runner. */
export type BoundChild = {
  readonly process: ChildProcess;
  /** The last lines the child wrote, standard output and error together. */
  readonly output: () => string;
  /** The exit code or signal, once the child has ended. */
  readonly ended: () => string | undefined;
  /** Asks the child to end, after two seconds makes it, and waits until it has. */
  readonly stop: () => Promise<void>;
};

/**
 * The shell waits for the end of a pipe that only the runner holds, in the background, and becomes the child.
 * However the runner ends, `kill -9` included, the pipe closes and the child is told to end.
 */
const boundToPipe =
  'exec 3<&0 </dev/null; (cat <&3 >/dev/null 2>&1; kill $$ 2>/dev/null) >/dev/null 2>&1 & exec 3<&-; exec "$0" "$@"';

/** Takes a program and its arguments, starts it bound to the life of this process. */
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

/** What a process was started as, where the platform tells (Linux). */
const commandLineOf = (pid: number): string | undefined => {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return undefined;
  }
};

const pidFileContent = z.object({ pid: z.number().int().min(2), runner: z.number().int().min(2) });

/**
 * Takes a pid file and a text that the child's command line has. A child whose runner lives is `in-use`; one
 * that outlived its runner is ended. A pid that by now belongs to another program is left alone.
 */
export const endStale = async (
  pidFile: string,
  commandHas: string,
): Promise<{ readonly found: 'none' | 'ended' } | { readonly found: 'in-use'; readonly runner: number }> => {
  const known = readJsonFile(pidFile, pidFileContent);
  if (known === undefined || !isAlive(known.pid)) return { found: 'none' };
  if (commandLineOf(known.pid)?.includes(commandHas) === false) return { found: 'none' };
  if (isAlive(known.runner)) return { found: 'in-use', runner: known.runner };
  process.kill(known.pid, 'SIGTERM');
  for (let waited = 0; isAlive(known.pid) && waited < 10_000; waited += 25) {
    if (waited === 2000) process.kill(known.pid, 'SIGKILL');
    await sleep(25);
  }
  return { found: 'ended' };
};

/** Takes a pid file and a child, remembers it and this process as its runner. */
export const rememberChild = (pidFile: string, child: BoundChild): void =>
  writeJsonFile(pidFile, { pid: child.process.pid, runner: process.pid });

/** Takes a pid file, removes it if it is there. */
export const forgetChild = (pidFile: string): void => rmSync(pidFile, { force: true });
