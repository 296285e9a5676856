import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { runOps } from '../../../infra/ops/run-ops.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { patientsIn } from '../../support/samples/ops-patients.ts';

const lab = sharedLab(startOpsLab);
beforeEach(async () => {
  await lab().empty();
  await lab().at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab().ops(args);
const { patient, fill } = patientsIn(() => lab().store);
const header = 'patient_id,email,given_name,procedure_id,performed,codes,intent';

describe('export', () => {
  it('contains every kind of item of the patient, and nothing of other patients', async () => {
    await fill(patientId('p-1'));
    await fill(patientId('p-10'));
    await ops('recompute', '--repair');
    await lab().document.send(
      new PutCommand({ TableName: 'care', Item: { pk: 'PATIENT#p-1', sk: 'LATER#1', new: 'kind' } }),
    );
    const { code, out } = await ops('export', 'p-1');
    expect(code).toBe(0);
    const found = JSON.parse(out);
    expect(Object.keys(found.byKind)).toEqual([
      'audit',
      'counted',
      'episode',
      'later',
      'link',
      'notice',
      'profile',
      'response',
    ]);
    expect(found.items).toBe(8);
    expect(found.byKind.counted[0].contribution).toMatchObject({
      'overall|2026-03|enrolled': ['eligible', 'reachable'],
    });
    expect(found.byKind.profile[0]).toMatchObject({ email: 'maria@example.com', givenName: 'Maria' });
    expect(out).not.toContain('p-10');
  });

  it('writes a file that only its owner can read', async () => {
    await fill(patientId('p-1'));
    const file = join(lab().folder, 'p-1.json');
    expect(await ops('export', 'p-1', '--out', file)).toMatchObject({ code: 0, err: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ patientId: 'p-1' });
  });

  it('reports that nothing is stored', async () => {
    expect(await ops('export', 'nobody')).toEqual({
      code: 1,
      out: '',
      err: 'Nothing is stored about this patient. Check the id.',
    });
  });
});

describe('revoke-links', () => {
  const linksOf = async () => (await lab().store.load(patientId('p-1'))).profile?.links;

  it('ends every link so far, as often as it is run; a dry run stores nothing', async () => {
    await fill(patientId('p-1'));
    const before = await lab().store.load(patientId('p-1'));
    const dry = await ops('revoke-links', 'p-1', '--dry-run');
    expect(dry).toMatchObject({ code: 0, err: '', out: expect.stringContaining('Nothing was stored') });
    expect(await lab().store.load(patientId('p-1'))).toEqual(before);
    for (const current of [1, 2]) {
      expect(await ops('revoke-links', 'p-1')).toMatchObject({ code: 0, err: '' });
      expect(await linksOf()).toEqual({ current, sinceAddress: 0, doubted: [] });
    }
  });

  it.each([['nobody'], ['not an id'], ['nobody', '--dry-run']])(
    'reports that nothing is stored: %s %s',
    async (...args) => {
      expect(await ops('revoke-links', ...args)).toMatchObject({
        code: 1,
        err: 'Nothing is stored about this patient. Check the id.',
      });
    },
  );
});

describe('erase', () => {
  it('erases only after confirmation', async () => {
    await fill(patientId('p-1'));
    expect(await lab().ops(['erase', 'p-1'])).toMatchObject({
      code: 1,
      err: 'There is no terminal to confirm on. Add --yes to erase.',
    });
    expect(await lab().ops(['erase', 'p-1'], 'p-2')).toMatchObject({
      code: 1,
      err: 'The two ids differ. Nothing was erased.',
    });
    expect((await lab().store.load(patientId('p-1'))).profile).toBeDefined();
    const erased = await lab().ops(['erase', 'p-1'], 'p-1');
    expect(erased).toMatchObject({ code: 0, err: '' });
    expect(erased.out).toMatch(/^Erased: 4 items and 1 link\./);
    expect((await ops('recompute')).out).toBe('The counts match the records of 0 patients.');
  });

  it('does not ask with --yes, and finds nothing left when run again', async () => {
    await fill(patientId('p-1'));
    expect(await ops('erase', 'p-1', '--yes')).toMatchObject({ code: 0 });
    expect((await ops('erase', 'p-1', '--yes')).out).toMatch(/nothing was left to erase/);
    expect(await ops('erase', 'nobody', '--yes')).toMatchObject({ code: 1 });
    const file = await lab().file(
      'again.csv',
      `${header}\np-1,maria@example.com,,s-9,2026-03-18,LOCAL:mild,\n`,
    );
    expect((await ops('import', file)).out).toMatch(/^row 2: ignored: erased/);
  });
});

describe('other commands', () => {
  it('show the clock, and cannot move it while the laptop is not running', async () => {
    await patient(patientId('p-1'));
    const shown = await ops('clock');
    expect(shown.out).toBe('The clock shows 2026-03-20T15:00:00Z.\nNext email due: 2026-03-02T23:00:00Z.');
    expect(await ops('clock', '+1x')).toMatchObject({ code: 1 });
    expect(await ops('clock', '+1d')).toMatchObject({
      code: 1,
      err: 'Cannot connect. Check that the system is running, then try again.',
    });
  });

  it('show dead letters and count uncounted patients', async () => {
    await fill(patientId('p-1'));
    const { code, out } = await ops('replay-failed');
    expect(code).toBe(0);
    expect(out).toBe('0 dead letters; 1 patient counted.');
    expect((await ops('recompute')).code).toBe(0);
  });

  it.each([
    [['replay-failed', '--stage', 'dev'], 0],
    [['status', '--stage', 'nowhere'], 1],
    [['clock', '--stage', 'dev'], 1],
    [['bogus'], 1],
    [['--help'], 0],
    [['erase', '--help'], 0],
  ])('%j gives exit code %d', async (args, code) => {
    expect((await ops(...args)).code).toBe(code);
  });

  it('report that nothing is stored yet', async () => {
    const folder = join(lab().folder, 'empty');
    const err: string[] = [];
    const io = {
      say: () => undefined,
      complain: (line: string) => void err.push(line),
      ask: async () => undefined,
      environment: {},
    };
    expect(await runOps(['status', '--folder', folder], io)).toBe(1);
    expect(err).toEqual([
      `Nothing is stored in ${folder} yet. Run \`npm start\` first, or name a deployed stage with --stage.`,
    ]);
  });
});
