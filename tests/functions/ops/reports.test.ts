import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { patientId, sourceId } from '../../../shared/care/patient/ids.ts';
import type { LocalDate } from '../../../shared/platform/time.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { stoppedFor } from '../../support/samples/builders.ts';
import { patientsIn } from '../../support/samples/ops-patients.ts';

const lab = sharedLab(startOpsLab);
beforeEach(async () => {
  await lab().empty();
  await lab().at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab().ops(args);
const { store, patient } = patientsIn(() => lab().store);
const header = 'patient_id,email,given_name,procedure_id,performed,codes,intent';

describe('import', () => {
  it('stores the valid rows, explains the others and exits 1', async () => {
    const file = await lab().file(
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
      'row 3: enrolled: email-not-usable',
      'row 4: ignored: intent-unknown',
      'row 6: failed: row has a quote that is not closed or stray',
      'row 7: enrolled',
      '5 rows: 3 enrolled, 1 ignored, 1 failed.',
      'To be emailed: 1 at once, 0 within a week, 0 later.',
    ]);
    expect(first.err).toBe('1 row failed; all others are stored. Correct the file and import it again.');
    expect((await lab().store.load(patientId('p-1'))).episodes).toHaveLength(1);
    expect((await lab().store.load(patientId('p-5'))).episodes).toHaveLength(1);
    expect((await lab().store.load(patientId('p-2'))).profile).not.toHaveProperty('email');
    expect(`${first.out}${first.err}`).not.toMatch(/maria|Ana|jo@/);

    const again = await ops('import', file, '--json');
    expect(JSON.parse(again.out)).toMatchObject({ counts: { 'already-taken': 3, failed: 1, ignored: 1 } });
    expect((await lab().store.load(patientId('p-1'))).episodes).toMatchObject([{ revision: 1 }]);
  });

  it('exits 0 when every row is stored', async () => {
    const file = await lab().file('good.csv', `${header}\np-1,,,s-1,2026-03-18,LOCAL:mild,\n`);
    expect(await ops('import', file)).toMatchObject({ code: 0, err: '' });
  });

  it('prints one line on an unusable header or file', async () => {
    const file = await lab().file('wrong.csv', 'name\nMaria\n');
    expect(await ops('import', file)).toMatchObject({ code: 1 });
    expect(await ops('import', join(lab().folder, 'nowhere.csv'))).toMatchObject({
      code: 1,
      err: `Cannot read the file ${join(lab().folder, 'nowhere.csv')}. Check its name.`,
    });
  });
});

describe('enroll', () => {
  const enroll = ['enroll', '--patient-id', 'p-1', '--procedure-id', 's-1', '--performed', '2026-03-18'];

  it('reports one procedure', async () => {
    expect(await ops(...enroll, '--codes', '64493-RT 64494', '--intent', 'therapeutic')).toEqual({
      code: 0,
      out: 'enrolled, 1 episode',
      err: '',
    });
    expect((await lab().store.load(patientId('p-1'))).episodes).toMatchObject([
      { family: 'facet-joint-injection' },
    ]);
  });

  it('reports why it starts nothing', async () => {
    expect(await ops(...enroll, '--codes', '64493')).toEqual({
      code: 1,
      out: 'ignored: intent-unknown',
      err: '',
    });
  });

  it('names the invalid option', async () => {
    const { code, err } = await ops(...enroll, '--codes', '64493', '--nrs-pain', '11');
    expect(code).toBe(1);
    expect(err).toMatch(/^Nothing was stored: --nrs-pain .+\.$/);
  });
});

describe('status and due', () => {
  it('show numbers and no patient', async () => {
    await patient(patientId('p-1'));
    await patient(patientId('p-2'), {}, stoppedFor('opted-out', '2026-03-18T10:00:00Z'));
    await store({
      kind: 'ignored',
      item: {
        patientId: patientId('p-3'),
        sourceId: sourceId('s-3'),
        at: '2026-03-20T10:00:00Z',
        reason: 'intent-unknown',
        codes: ['CPT 64493'],
      },
    });
    await lab().at('2026-03-03T12:00:00Z');
    const status = await ops('status', '--json');
    expect(JSON.parse(status.out)).toMatchObject({
      episodes: { active: 2, finished: 0, stopped: 0, cancelled: 0 },
      enrolledLastDay: 2,
      dueNow: 2,
      oldestDue: '2026-03-02T23:00:00Z',
      ignored: { 'intent-unknown': 1 },
      ignoredCodes: { 'CPT 64493': 1 },
      deadLetters: 0,
    });
    const due = await ops('due');
    expect(due.out).toMatch(
      /^2 emails due at 2026-03-03T12:00:00Z, the oldest since 2026-03-02T23:00:00Z \(13 hours\)\./,
    );
    const words = await ops('status');
    expect(words.out).toMatch(/emails due +2, the oldest since/);
    expect(words.out).toMatch(/ignored, code CPT 64493 +1/);
    expect(`${words.out}${due.out}${status.out}`).not.toMatch(/p-1|maria|Maria/);
  });

  it('report that nothing is due', async () => {
    expect((await ops('due')).out).toBe('No email is due at 2026-03-20T15:00:00Z.\nNo email is planned.');
  });
});

describe('worklist', () => {
  it('lists patients who did not answer, cannot be emailed or want a call, never an address', async () => {
    await lab().at('2026-03-22T15:00:00Z');
    const emailed = (emails: number, lastEmailOn: LocalDate, delivered = true) => ({
      '2w': {
        status: 'emailed' as const,
        emails,
        firstEmailOn: '2026-03-12' as const,
        lastEmailOn,
        delivered,
      },
    });
    await patient(patientId('answering'), emailed(2, '2026-03-21'));
    await patient(patientId('silent'), emailed(3, '2026-03-18'));
    await patient(patientId('unconfirmed'), emailed(1, '2026-03-19', false));
    await patient(patientId('bounced'), emailed(1, '2026-03-19'), {
      ...stoppedFor('hard-bounce', '2026-03-19T10:00:00Z'),
    });
    await patient(patientId('opted-out'), emailed(3, '2026-03-18'), {
      ...stoppedFor('opted-out', '2026-03-19T10:00:00Z'),
    });
    await patient(patientId('died'), emailed(3, '2026-03-18'), {
      ...stoppedFor('died', '2026-03-19T10:00:00Z'),
    });
    await store(
      {
        kind: 'notice',
        item: { patientId: patientId('caller'), kind: 'call-me', at: '2026-03-21T10:00:00Z' },
      },
      {
        kind: 'notice',
        item: { patientId: patientId('caller'), kind: 'call-me', at: '2026-01-21T10:00:00Z' },
      },
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
        ['answering', 'no-answer', '2026-03-23'],
        ['unconfirmed', 'not-delivered', '2026-03-23'],
        ['bounced', 'cannot-be-emailed', '2026-03-23'],
      ]),
    );
    expect(surveys).toHaveLength(4);
    const words = await ops('worklist');
    expect(words.out).toMatch(/until 2026-03-23 +silent +has not answered/);
    expect(`${out}${words.out}`).not.toMatch(/@|Maria|opted-out|died/);
  });
});
