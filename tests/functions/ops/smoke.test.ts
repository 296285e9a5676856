import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { liveConsole } from '../../../infra/laptop/console/live-console.ts';
import { localTables } from '../../../infra/laptop/emulation/functions/laptop-functions.ts';
import { type Laptop, startLaptop } from '../../../infra/laptop/laptop.ts';
import { runOps } from '../../../infra/ops/run-ops.ts';
import { storedCells } from '../../../shared/counting/check-drift.ts';
import { zoneOfEvening } from '../../../shared/operations/canary.ts';
import { cellStoreOn } from '../../../shared/outcomes/cells/aws/cell-store.ts';
import { localDateOf, utcInstant } from '../../../shared/platform/calendar.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';
import { anEpisode, aProfile } from '../../support/samples/builders.ts';

const makeFolder = temporaryFolders();

let folder: string;
let laptop: Laptop;
let waking: NodeJS.Timeout;
beforeAll(async () => {
  folder = await makeFolder();
  laptop = await startLaptop({
    folder,
    port: 0,
    clockMode: 'frozen',
    startAt: '2026-03-02T15:30:00Z',
    extraRoutes: liveConsole,
  });
  const { origin, dynamoEndpoint } = laptop;
  await writeFile(join(folder, 'running.json'), JSON.stringify({ origin, dynamoEndpoint, pid: process.pid }));
});
afterAll(async () => {
  clearInterval(waking);
  await laptop.stop();
});

const ops = async (...args: readonly string[]) => {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runOps(['--folder', folder, ...args], {
    say: (line) => void out.push(line),
    complain: (line) => void err.push(line),
    ask: async () => undefined,
    environment: {},
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
};

describe('the smoke check', () => {
  it('reports a sender that does not run, and still erases its patient', async () => {
    const { code, out, err } = await ops('smoke', '--wait', '1', '--json');
    expect(code).toBe(1);
    expect(err).not.toBe('');
    const { passed, steps } = JSON.parse(out);
    expect(passed).toBe(false);
    expect(steps).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ step: 'enroll', result: 'passed' }),
        expect.objectContaining({ step: 'due', result: 'passed' }),
        expect.objectContaining({ step: 'send', result: 'failed' }),
        expect.objectContaining({ step: 'erase', result: 'passed' }),
      ]),
    );
    expect(steps.map(({ step }: { step: string }) => step)).not.toContain('deliver');
    await laptop.pump.drain();
    expect(await storedCells(cellStoreOn(laptop.documents, localTables.outcomes))).toEqual([]);
  });

  it('follows a synthetic patient through the system and leaves no trace in the counts', async () => {
    waking = setInterval(() => void laptop.rules.wake(), 250);
    const { code, out, err } = await ops('smoke', '--wait', '60');
    clearInterval(waking);
    expect(err).toBe('');
    expect(code).toBe(0);
    expect(out.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual(
      ['enroll', 'due', 'send', 'deliver', 'count', 'pages', 'take back', 'erase'].map((step) => [
        step,
        'passed',
      ]),
    );
    expect(laptop.email.inbox.count()).toBe(1);
    expect(await storedCells(cellStoreOn(laptop.documents, localTables.outcomes))).toEqual([]);
    expect((await ops('recompute')).code).toBe(0);
  });

  it('picks a zone in which it is between 18:00 and 19:00, at any time', () => {
    for (let hour = 0; hour < 24; hour += 1) {
      const now = utcInstant(`2026-03-02T${String(hour).padStart(2, '0')}:30:00Z`);
      const zone = zoneOfEvening(now);
      expect(
        new Intl.DateTimeFormat('en', { timeZone: zone, hour: 'numeric', hourCycle: 'h23' }).format(
          new Date(now),
        ),
      ).toBe('18');
      expect(localDateOf(now, zone)).toMatch(/^2026-03-0[123]$/);
    }
  });
});

describe('the clock', () => {
  it('is moved by the running console, which runs what happens on the way', async () => {
    await laptop.store.commit([
      { kind: 'profile', item: aProfile() },
      { kind: 'episode', item: anEpisode() },
    ]);
    const before = laptop.email.inbox.count();
    expect(await ops('clock', 'next')).toEqual({
      code: 0,
      out: 'The clock shows 2026-03-02T23:00:00Z; the sender ran 1 time.',
      err: '',
    });
    expect(laptop.email.inbox.count()).toBe(before + 1);
    expect((await ops('clock', '+1d')).out).toMatch(/^The clock shows 2026-03-03T23:00:00Z;/);
    expect((await ops('clock', '+2w')).out).toMatch(/^The clock shows 2026-03-17T23:59:59Z;/);
    expect(laptop.email.inbox.count()).toBeGreaterThan(before + 1);
    expect(await ops('clock', '2026-01-01')).toMatchObject({
      code: 1,
      err: 'The clock only moves forward. Choose a later date.',
    });
  });
});
