import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { runOps } from '../../../infra/ops/run-ops.ts';
import { cellRepairOn } from '../../../shared/adapters/dynamodb/cell-repair.ts';
import { releaseStoreOn } from '../../../shared/adapters/dynamodb/release-store.ts';
import type { CareWrite } from '../../../shared/application/care-writes.ts';
import { digestOf } from '../../../shared/domain/digest.ts';
import { anEpisode, aProfile, aResponse } from '../../support/builders.ts';
import { type OpsLab, startOpsLab } from '../../support/ops-lab.ts';
import { sampleRelease } from '../../support/release-samples.ts';

let lab: OpsLab;
beforeAll(async () => {
  lab = await startOpsLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  await lab.empty();
  await lab.at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab.ops(args);
const store = (...writes: readonly CareWrite[]) => lab.store.commit(writes);
const patient = (patientId: string, touchpoints = {}, profile = {}) =>
  store(
    { write: 'profile', item: aProfile({ patientId, ...profile }) },
    { write: 'episode', item: anEpisode({ patientId, touchpoints }) },
  );
const header = 'patient_id,email,given_name,procedure_id,performed,codes,intent';

describe('import', () => {
  it('stores the good rows, says what is wrong with the others, and exits 1', async () => {
    const file = await lab.file(
      'procedures.csv',
      [
        header,
        'p-1,maria@example.com,Maria,s-1,2026-03-18,64493,therapeutic',
        'p-2,not an address,Ana,s-2,2026-03-18,64493,therapeutic',
        'p-3,,,s-3,2026-03-18,64493,',
        '',
        'p-4,jo@example.com,"Jo,s-4,2026-03-18,64493,therapeutic',
        'p-5,,,s-5,2026-03-18,LOCAL:mild,',
      ].join('\n'),
    );
    const first = await ops('import', file);
    expect(first.code).toBe(1);
    expect(first.out.split('\n')).toEqual([
      'row 2: enrolled',
      'row 3: failed: email must be an email address',
      'row 4: ignored: intent-unknown',
      'row 6: failed: row has a quote that is not closed or stray',
      'row 7: enrolled',
      '5 rows: 2 enrolled, 2 failed, 1 ignored.',
    ]);
    expect(first.err).toBe('2 rows failed; all others are stored. Correct and import the same file again.');
    expect((await lab.store.load('p-1')).episodes).toHaveLength(1);
    expect((await lab.store.load('p-5')).episodes).toHaveLength(1);
    expect((await lab.store.load('p-2')).profile).toBeUndefined();
    expect(`${first.out}${first.err}`).not.toMatch(/maria|Ana|jo@/);

    const again = await ops('import', file, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ counts: { 'already-known': 2, failed: 2, ignored: 1 } });
    expect((await lab.store.load('p-1')).episodes).toMatchObject([{ revision: 1 }]);
  });

  it('exits 0 when every row is stored', async () => {
    const file = await lab.file('good.csv', `${header}\np-1,,,s-1,2026-03-18,LOCAL:mild,\n`);
    expect(await ops('import', file)).toMatchObject({ code: 0, err: '' });
  });

  it('says in one line that a header or a file is of no use', async () => {
    const file = await lab.file('wrong.csv', 'name\nMaria\n');
    expect(await ops('import', file)).toMatchObject({ code: 1 });
    expect(await ops('import', join(lab.folder, 'nowhere.csv'))).toMatchObject({
      code: 1,
      err: `The file ${join(lab.folder, 'nowhere.csv')} cannot be read. Check its name.`,
    });
  });
});

describe('enroll', () => {
  const asked = ['enroll', '--patient-id', 'p-1', '--procedure-id', 's-1', '--performed', '2026-03-18'];

  it('reports one procedure', async () => {
    expect(await ops(...asked, '--codes', '64493-RT 64494', '--intent', 'therapeutic')).toEqual({
      code: 0,
      out: 'enrolled, 1 episode',
      err: '',
    });
    expect((await lab.store.load('p-1')).episodes).toMatchObject([{ family: 'facet-joint-injection' }]);
  });

  it('says why it starts nothing', async () => {
    expect(await ops(...asked, '--codes', '64493')).toEqual({
      code: 1,
      out: 'ignored: intent-unknown',
      err: '',
    });
  });

  it('names the option that is wrong', async () => {
    const { code, err } = await ops(...asked, '--codes', '64493', '--nrs-pain', '11');
    expect(code).toBe(1);
    expect(err).toMatch(/^Nothing was stored: --nrs-pain .+\.$/);
  });
});

describe('status and due', () => {
  it('count without showing anybody', async () => {
    await patient('p-1');
    await patient('p-2', {}, { stop: { reason: 'opted-out', at: '2026-03-18T10:00:00Z' } });
    await store({
      write: 'ignored',
      item: { patientId: 'p-3', sourceId: 's-3', at: '2026-03-20T10:00:00Z', reason: 'intent-unknown' },
    });
    await lab.at('2026-03-03T12:00:00Z');
    const status = await ops('status', '--json');
    expect(JSON.parse(status.out)).toMatchObject({
      episodes: { active: 2, finished: 0, stopped: 0, cancelled: 0 },
      enrolledLastDay: 2,
      dueNow: 2,
      oldestDue: '2026-03-02T23:00:00Z',
      ignored: { 'intent-unknown': 1 },
      deadLetters: 0,
    });
    const due = await ops('due');
    expect(due.out).toMatch(
      /^2 contacts due at 2026-03-03T12:00:00Z; the oldest since 2026-03-02T23:00:00Z, 13 hours ago\./,
    );
    const words = await ops('status');
    expect(words.out).toMatch(/due now +2, the oldest since/);
    expect(`${words.out}${due.out}${status.out}`).not.toMatch(/p-1|maria|Maria/);
  });

  it('say when nothing waits', async () => {
    expect((await ops('due')).out).toBe('Nothing is due at 2026-03-20T15:00:00Z.\nNothing is planned.');
  });
});

describe('worklist', () => {
  it('names who did not answer, who cannot be reached, and who asked for something; never an address', async () => {
    await lab.at('2026-03-22T15:00:00Z');
    const mailed = (contacts: number, lastContactOn: string, delivered = true) => ({
      '2w': { status: 'contacted', contacts, firstContactOn: '2026-03-12', lastContactOn, delivered },
    });
    await patient('answering', mailed(2, '2026-03-21'));
    await patient('silent', mailed(3, '2026-03-18'));
    await patient('unconfirmed', mailed(1, '2026-03-19', false));
    await patient('bounced', mailed(1, '2026-03-19'), {
      stop: { reason: 'hard-bounce', at: '2026-03-19T10:00:00Z' },
    });
    await patient('opted-out', mailed(3, '2026-03-18'), {
      stop: { reason: 'opted-out', at: '2026-03-19T10:00:00Z' },
    });
    await patient('died', mailed(3, '2026-03-18'), {
      stop: { reason: 'died', at: '2026-03-19T10:00:00Z' },
    });
    await store(
      { write: 'notice', item: { patientId: 'caller', kind: 'call-me', at: '2026-03-21T10:00:00Z' } },
      { write: 'notice', item: { patientId: 'caller', kind: 'call-me', at: '2026-01-21T10:00:00Z' } },
    );
    const { code, out } = await ops('worklist', '--json');
    expect(code).toBe(0);
    const list = JSON.parse(out);
    expect(list.notices).toMatchObject([{ patientId: 'caller', kind: 'call-me' }]);
    const surveys = list.calls.filter((call: { touchpoint: string }) => call.touchpoint === '2w');
    expect(
      surveys.map(({ patientId, reason, until }: Record<string, string>) => [patientId, reason, until]),
    ).toEqual(
      expect.arrayContaining([
        ['silent', 'no-answer', '2026-03-23'],
        ['unconfirmed', 'not-delivered', '2026-03-23'],
        ['bounced', 'cannot-be-mailed', '2026-03-23'],
      ]),
    );
    expect(surveys).toHaveLength(3);
    const words = await ops('worklist');
    expect(words.out).toMatch(/until 2026-03-23 +silent +has not answered/);
    expect(`${out}${words.out}`).not.toMatch(/@|Maria|opted-out|died/);
  });
});

const fill = async (patientId: string) => {
  await patient(patientId);
  await store(
    { write: 'response', item: aResponse({ patientId }) },
    { write: 'notice', item: { patientId, kind: 'call-me', at: '2026-03-17T10:00:00Z' } },
    { write: 'audit', item: { patientId, action: 'opted-out', at: '2026-03-17T10:00:00Z' } },
    {
      write: 'link',
      item: {
        tokenHash: `hash-${patientId}`,
        patientId,
        family: 'epidural-steroid-injection',
        serviceDate: '2026-03-02',
        touchpoint: '2w',
        createdAt: '2026-03-16T14:00:00Z',
        expiresAt: '2026-09-16T14:00:00Z',
      },
    },
  );
};

describe('export', () => {
  it('holds everything about the patient, of every kind, and nothing of anybody else', async () => {
    await fill('p-1');
    await fill('p-10');
    await ops('recompute', '--repair');
    await lab.document.send(
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
    await fill('p-1');
    const file = join(lab.folder, 'p-1.json');
    expect(await ops('export', 'p-1', '--out', file)).toMatchObject({ code: 0, err: '' });
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject({ patientId: 'p-1' });
  });

  it('says when nothing is stored', async () => {
    expect(await ops('export', 'nobody')).toEqual({
      code: 1,
      out: '',
      err: 'Nothing is stored about this patient. Check the id.',
    });
  });
});

describe('erase', () => {
  it('asks first, and erases what was confirmed', async () => {
    await fill('p-1');
    expect(await lab.ops(['erase', 'p-1'])).toMatchObject({
      code: 1,
      err: 'Nobody is here to confirm. Add --yes to erase.',
    });
    expect(await lab.ops(['erase', 'p-1'], 'p-2')).toMatchObject({
      code: 1,
      err: 'The two ids differ. Nothing was erased.',
    });
    expect((await lab.store.load('p-1')).profile).toBeDefined();
    const erased = await lab.ops(['erase', 'p-1'], 'p-1');
    expect(erased).toMatchObject({ code: 0, err: '' });
    expect(erased.out).toMatch(/^Erased: 4 items and 1 link\./);
    expect((await ops('recompute')).out).toBe('The counts follow from the records of 0 patients.');
  });

  it('does not ask with --yes, and a second time finds nothing left', async () => {
    await fill('p-1');
    expect(await ops('erase', 'p-1', '--yes')).toMatchObject({ code: 0 });
    expect((await ops('erase', 'p-1', '--yes')).out).toMatch(/nothing was left/);
    expect(await ops('erase', 'nobody', '--yes')).toMatchObject({ code: 1 });
    const file = await lab.file(
      'again.csv',
      `${header}\np-1,maria@example.com,,s-9,2026-03-18,LOCAL:mild,\n`,
    );
    expect((await ops('import', file)).out).toMatch(/^row 2: ignored: erased/);
  });
});

describe('recompute', () => {
  it('finds who is not counted, and counts them with --repair', async () => {
    await fill('p-1');
    const found = await ops('recompute');
    expect(found.code).toBe(1);
    expect(found.out).toMatch(/^1 patient of 1 not counted as they should be, \d+ cells differ\./);
    expect(found.err).toMatch(/--repair/);
    const repaired = await ops('recompute', '--repair');
    expect(repaired).toMatchObject({ code: 0, err: '' });
    expect(repaired.out).toBe('1 patient counted again.\nThe counts follow from the records of 1 patient.');
  });

  it('names the cell and the counter that were changed by hand, which no repair hides', async () => {
    await fill('p-1');
    await ops('recompute', '--repair');
    await lab.document.send(
      new UpdateCommand({
        TableName: 'outcomes',
        Key: { pk: 'CELLS#overall', sk: '2026-03#2w' },
        UpdateExpression: 'SET answered = :value',
        ExpressionAttributeValues: { ':value': 5 },
      }),
    );
    for (const args of [['recompute'], ['recompute', '--repair'], ['verify']]) {
      const found = await ops(...args);
      expect(found.code).toBe(1);
      expect(found.out).toContain('overall|2026-03|2w: answered is 5 and should be 1');
    }
    const corrected = await ops('recompute', '--repair-cells');
    expect(corrected).toMatchObject({ code: 0, err: '' });
    expect(corrected.out).toBe('1 cell corrected.\nThe counts follow from the records of 1 patient.');
  });

  it('corrects no cell while a patient is not counted, nor one that has changed meanwhile', async () => {
    await fill('p-1');
    expect(await ops('recompute', '--repair-cells')).toMatchObject({ code: 1 });
    await ops('recompute', '--repair');
    const repair = cellRepairOn(lab.document, 'outcomes');
    const id = 'overall|2026-03|2w' as const;
    const moved = { id, stored: { answered: 7 }, expected: { answered: 8 } };
    expect(await repair.set(moved)).toBe('changed-meanwhile');
    expect((await ops('recompute')).code).toBe(0);
    expect(await repair.set({ id, stored: { delivered: 0 }, expected: { delivered: 2 } })).toBe('set');
    expect((await ops('recompute')).out).toContain('delivered is 2 and should be 0');
  });
});

describe('release and verify', () => {
  const publish = async () => {
    const releases = releaseStoreOn(lab.document, 'outcomes');
    const first = sampleRelease();
    const second = sampleRelease(undefined, [first], 80);
    for (const release of [first, second]) await releases.put(release);
    return { first, second };
  };
  const change = (partition: string, number: number, set: Readonly<Record<string, unknown>>) => {
    const names = Object.keys(set);
    return lab.document.send(
      new UpdateCommand({
        TableName: 'outcomes',
        Key: { pk: partition, sk: String(number).padStart(8, '0') },
        UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
        ExpressionAttributeNames: Object.fromEntries(names.map((name) => [`#${name}`, name])),
        ExpressionAttributeValues: Object.fromEntries(names.map((name) => [`:${name}`, set[name]])),
      }),
    );
  };

  it('says that nothing new may be said', async () => {
    expect(await ops('release')).toEqual({
      code: 0,
      out: 'Nothing new may be said. There is no release yet.',
      err: '',
    });
  });

  it('finds releases as they were published', async () => {
    await publish();
    const { code, out } = await ops('verify');
    expect(code).toBe(0);
    expect(out).toContain('2 releases as published.');
    expect((await ops('verify', '1')).out).toContain('Release 1 is as published.');
    expect(await ops('verify', '7')).toMatchObject({ code: 1, err: 'There is no release 7.' });
    expect(await ops('verify', 'x')).toMatchObject({ code: 1 });
  });

  it('detects a changed figure', async () => {
    const { first } = await publish();
    const text = JSON.stringify(first.public).replace('"percent":91', '"percent":97');
    await change('RELEASES', 1, { release: text });
    const found = await ops('verify', '1');
    expect(found.code).toBe(1);
    expect(found.out).toContain('release 1: what is shown is not what was published');
    expect(found.out).toContain('a figure does not follow from the counts kept with it (facet-improved)');
  });

  it('detects a changed figure whose digest was made anew', async () => {
    const { first } = await publish();
    const text = JSON.stringify(first.public).replace('"percent":91', '"percent":97');
    await change('RELEASES', 1, { release: text, digest: digestOf(JSON.parse(text)) });
    const found = await ops('verify');
    expect(found.code).toBe(1);
    expect(found.out).not.toContain('what is shown is not what was published');
    expect(found.out).toContain('release 2: it does not follow from the release before it');
    expect(found.out).toContain('(facet-improved)');
  });

  it('detects changed counts behind a release', async () => {
    const { first } = await publish();
    const claims = first.basis.claims.map((claim) => ({ ...claim, x: Math.max(0, claim.x - 100) }));
    await change('BASIS', 1, { basis: JSON.stringify({ ...first.basis, claims }) });
    expect((await ops('verify', '1')).code).toBe(1);
  });

  it('holds a page against the release', async () => {
    await publish();
    const page = await lab.file(
      'page.html',
      '<p>Over 90% of our facet joint injection patients report improvement.</p>\n<p>99% of our patients report less pain.</p>',
    );
    const { code, out } = await ops('claims', 'lint', page);
    expect(code).toBe(1);
    expect(out).toContain('line 1: Over 90%: supported');
    expect(out).toContain('1 not supported.');
    expect(await ops('claims', 'lint', join(lab.folder, 'none.html'))).toMatchObject({ code: 1 });
  });
});

describe('everything else', () => {
  it('shows the clock, and says that nothing runs that could move it', async () => {
    await patient('p-1');
    const shown = await ops('clock');
    expect(shown.out).toBe('The clock shows 2026-03-20T15:00:00Z.\nNext contact due: 2026-03-02T23:00:00Z.');
    expect(await ops('clock', '+1x')).toMatchObject({ code: 1 });
    expect(await ops('clock', '+1d')).toMatchObject({
      code: 1,
      err: 'Nothing answers there. Check that it runs, then try again.',
    });
  });

  it('shows dead letters and counts what was left uncounted', async () => {
    await fill('p-1');
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

  it('says that nothing is stored yet', async () => {
    const folder = join(lab.folder, 'empty');
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
