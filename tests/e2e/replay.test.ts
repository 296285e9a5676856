import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

const newFolder = temporaryFolders();

const summary = z.object({
  releaseDigest: z.string().nullable(),
  countsDigest: z.string(),
  recountDigest: z.string(),
  patients: z.number(),
  emails: z.number(),
  emailsTwice: z.number(),
  answers: z.number(),
});

const replay = (folder: string) =>
  spawn(
    process.execPath,
    [
      '--import',
      'tsx',
      'infra/laptop/replay.ts',
      '--patients',
      '40',
      '--seed',
      '27',
      '--json',
      '--folder',
      folder,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );

const replayToEnd = async (folder: string) => {
  const child = replay(folder);
  let text = '';
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once('exit', resolve));
  expect(code).toBe(0);
  return summary.parse(JSON.parse(text));
};

const clockIn = (folder: string): string => {
  const file = join(folder, 'clock.json');
  if (!existsSync(file)) return '';
  const { shown } = z.object({ shown: z.number() }).parse(JSON.parse(readFileSync(file, 'utf8')));
  return new Date(shown).toISOString();
};

/** Runs the replay and kills it, as a power cut would, once its clock has passed a date. */
const replayUntilKilled = async (folder: string, date: string): Promise<void> => {
  const child = replay(folder);
  const gone = new Promise((resolve) => child.once('exit', resolve));
  const watch = setInterval(() => {
    try {
      if (clockIn(folder) > date) child.kill('SIGKILL');
    } catch {
      // The clock file is being written.
    }
  }, 20);
  await gone;
  clearInterval(watch);
  expect(clockIn(folder) < '2026-05').toBe(true);
};

describe('a sample year', () => {
  it('comes out the same when the runner is killed three times: nothing is lost, sent twice or counted twice', async () => {
    const whole = await replayToEnd(await newFolder());
    expect(whole.countsDigest).toBe(whole.recountDigest);
    expect(whole.emailsTwice).toBe(0);
    expect(whole.patients).toBe(40);
    expect(whole.answers).toBeGreaterThan(60);

    const broken = await newFolder();
    await replayUntilKilled(broken, '2025-05-20');
    await replayUntilKilled(broken, '2025-11-11');
    // By now the first links have expired, so the resumed run must not use them again.
    await replayUntilKilled(broken, '2026-03-15');
    const resumed = await replayToEnd(broken);
    expect(resumed.emailsTwice).toBe(0);
    expect(resumed.countsDigest).toBe(resumed.recountDigest);
    expect(resumed.patients).toBe(whole.patients);
    expect(resumed.emails).toBeLessThanOrEqual(whole.emails + 16);
    expect(resumed.releaseDigest).toBe(whole.releaseDigest);
  }, 240_000);
});
