import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { startOpsLab } from '../../support/labs/ops-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';

const lab = sharedLab(startOpsLab);
beforeEach(async () => {
  await lab().empty();
  await lab().at('2026-03-20T15:00:00Z');
});

const ops = (...args: readonly string[]) => lab().ops(args);
const header = 'patient_id,email,procedure_id,performed,codes';
const row = (number: number, performed: string) =>
  `p-${number},p${number}@example.org,s-${number},${performed},LOCAL:mild`;
const csv = (...lines: readonly string[]) => [header, ...lines, ''].join('\n');
const record = (number: number) => lab().store.load(patientId(`p-${number}`));
const utf16 = (text: string, isBig = false) => {
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
};

describe('a file of procedures', () => {
  const text = csv(row(1, '2026-03-19'));
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ['UTF-8 with a mark', `\ufeff${text}`],
    ['UTF-16, little endian', utf16(text)],
    ['UTF-16, big endian', utf16(text, true)],
    ['semicolons', text.replaceAll(',', ';')],
    ['tabs', text.replaceAll(',', '\t')],
    ['bars', text.replaceAll(',', '|')],
    ['the sep= line of Excel', `sep=;\r\n${text.replaceAll(',', ';')}`],
    ['a comma behind every row', text.replaceAll(/(.)\n/g, '$1,\n')],
    ['commas behind the header only', text.replace('codes\n', 'codes,,\n')],
    ['a blank line and empty cells at the end', `${text}\n,,,,\n;;\n`],
    ['old line ends', text.replaceAll('\n', '\r')],
  ];

  it.each(files)('is read with %s', async (_name, content) => {
    const file = await lab().file('procedures.csv', content);
    expect(await ops('import', file)).toMatchObject({ code: 0, err: '' });
    expect((await record(1)).profile?.email).toBe('p1@example.org');
  });

  const windows = Buffer.from(
    text.replace('p-1,', 'p-1,Jos\u00e9').replace('Jos\u00e9', 'Jos\u00e9'),
    'latin1',
  );
  const refusals: readonly (readonly [string, string | Uint8Array, RegExp])[] = [
    ['Windows-1252', windows, /is not UTF-8, probably Windows-1252.*--encoding windows-1252/],
    ['a letter lost before', text.replace('p1@', 'p\ufffd@'), /replacement characters/],
    ['zero bytes', utf16(text).subarray(2), /zero bytes/],
    ['an Excel workbook', Buffer.from('PK\u0003\u0004abc'), /Excel workbook/],
    ['a PDF', '%PDF-1.7', /PDF/],
    ['nothing', '', /is empty/],
    ['blank lines only', ' \n\n', /is empty/],
    ['a FHIR Bundle', '{"resourceType":"Bundle"}', /holds JSON.*\/fhir/],
    ['NDJSON', '{"resourceType":"Patient"}\n{"resourceType":"Patient"}\n', /holds JSON/],
    ['a list', '[1]', /holds JSON/],
    ['a page', '<html>', /XML or HTML/],
  ];

  it.each(refusals)(
    'is refused by name as %s, and says that nothing was stored',
    async (_name, content, why) => {
      const file = await lab().file('procedures.csv', content);
      const { code, out, err } = await ops('import', file);
      expect([code, out]).toEqual([1, '']);
      expect(err).toMatch(why);
      expect(err).toMatch(/Nothing was stored\.$/);
    },
  );

  it('in Windows-1252 is read when that is said', async () => {
    const named = [
      'patient_id,given_name,procedure_id,performed,codes',
      'p-1,Jos\u00e9,s-1,2026-03-19,LOCAL:mild',
    ];
    const file = await lab().file('procedures.csv', Buffer.from(named.join('\n'), 'latin1'));
    expect(await ops('import', file, '--encoding', 'windows-1252')).toMatchObject({ code: 0 });
    expect((await record(1)).profile?.givenName).toBe('José');
  });

  it.each([
    ['an unknown column, by its name', `${header},phone`, /column 6 is "phone", which must be one of/],
    [
      'no header, without what the row holds',
      row(1, '2026-03-19'),
      /^row 1: failed: column 1 must be one of/,
    ],
  ])('is refused with %s', async (_name, first, why) => {
    const file = await lab().file('procedures.csv', `${first}\n${row(2, '2026-03-19')}\n`);
    const { code, out, err } = await ops('import', file);
    expect(code).toBe(1);
    expect(out).toMatch(why);
    expect(err).toBe('1 row failed; nothing was stored. Correct the file and import it again.');
    expect(out).not.toContain('example.org');
  });

  it('leaves the rows that failed in a file of their own, which can be corrected and imported', async () => {
    const bad = 'NULL,p2@example.org,s-2,2026-03-19,LOCAL:mild';
    const file = await lab().file('procedures.csv', csv(row(1, '2026-03-19'), bad));
    const rejects = join(lab().folder, 'rejects.csv');
    const { err } = await ops('import', file, '--rejects', rejects);
    expect(err).toBe(
      '1 row failed; all others are stored. Correct the rows in the file of rejects and import it again.',
    );
    expect(readFileSync(rejects, 'utf8')).toBe(`${header}\n${bad}\n`);
    expect(statSync(rejects).mode & 0o777).toBe(0o600);
    await lab().file('rejects.csv', readFileSync(rejects, 'utf8').replace('NULL', 'p-2'));
    expect(await ops('import', rejects)).toMatchObject({ code: 0 });
    expect((await record(2)).episodes).toHaveLength(1);
  });
});

describe('a rehearsal', () => {
  it('says what would be stored and emailed, and stores nothing', async () => {
    const file = await lab().file(
      'procedures.csv',
      csv(row(1, '2026-03-19'), row(2, '2026-03-20'), row(1, '2026-03-19'), 'x'),
    );
    const { code, out, err } = await ops('import', file, '--dry-run');
    expect(code).toBe(1);
    expect(out.split('\n')).toEqual([
      'row 2: enrolled',
      'row 3: enrolled',
      'row 4: already-known',
      expect.stringMatching(/^row 5: failed/),
      '4 rows: 2 enrolled, 1 already-known, 1 failed.',
      'Would be emailed: 1 at once, 1 within a week, 0 later.',
      'This was a rehearsal: nothing was stored.',
    ]);
    expect(err).toMatch(/nothing was stored/);
    expect((await record(1)).profile).toBeUndefined();
    expect((await ops('import', file)).out).toMatch(/4 rows: 2 enrolled/);
  });
});

describe('old procedures', () => {
  const old = csv(row(1, '2026-03-04'), row(2, '2026-01-10'), row(3, '2024-05-01'), row(4, '2026-03-18'));

  it('are not emailed what was due long ago, and are followed up from now on', async () => {
    const file = await lab().file('procedures.csv', old);
    expect((await ops('import', file)).out.split('\n').at(-1)).toBe(
      'To be emailed: 2 at once, 0 within a week, 1 later.',
    );
    const [episode] = (await record(1)).episodes;
    expect(episode).toMatchObject({ status: 'active', touchpoints: { instructions: { status: 'skipped' } } });
    expect(episode?.nextDueAt?.slice(0, 10)).toBe('2026-03-18');
    expect((await record(2)).episodes[0]?.nextDueAt?.slice(0, 10)).toBe('2026-04-10');
    expect((await record(3)).episodes).toMatchObject([{ status: 'finished' }]);
    expect((await record(4)).episodes[0]?.nextDueAt?.slice(0, 10)).toBe('2026-03-18');
  });

  it('are emailed all that is still open when that is asked for', async () => {
    const file = await lab().file('procedures.csv', csv(row(1, '2026-03-01')));
    expect((await ops('import', file)).out).not.toMatch(/[1-9]\d* at once/);
    await lab().empty();
    expect((await ops('import', file, '--email-history')).out).toMatch(/1 at once/);
  });
});
