import { describe, expect, it } from 'vitest';
import { readProcedureCsv } from '../../../../../shared/care/intake/formats/procedure-csv.ts';
import { now } from './samples.ts';

const header = 'patient_id,email,given_name,procedure_id,performed,codes,intent,nrs_pain,status';
const good = 'P1,ana@example.org,Ana,PR1,2026-03-08,64493-50;64494,therapeutic,7,';
const read = (...lines: string[]) => readProcedureCsv([header, ...lines].join('\n'), now);

describe('readProcedureCsv', () => {
  it('gives the report of a row', () => {
    expect(read(good)).toEqual([
      {
        row: 2,
        result: {
          outcome: 'accepted',
          report: {
            status: 'completed',
            sourceId: 'PR1',
            patient: { patientId: 'P1', email: 'ana@example.org', givenName: 'Ana' },
            performed: { kind: 'date', on: '2026-03-08' },
            codes: [
              { system: 'CPT', code: '64493', modifiers: ['50'] },
              { system: 'CPT', code: '64494', modifiers: [] },
            ],
            intent: 'therapeutic',
            baseline: { nrsPain: 7 },
          },
        },
      },
    ]);
  });

  it('reads what spreadsheets write: a byte order mark, CRLF, quotes, blank lines, capitals in the header', () => {
    const text = `\ufeff${header.toUpperCase()}\r\n"P1"," ana@example.org ","Ana ""Nita"", M",PR1,2026-03-08,64493,,,\r\n,,,,,,,,\r\n\r\n`;
    expect(readProcedureCsv(text, now)).toMatchObject([
      { row: 2, result: { report: { patient: { email: 'ana@example.org', givenName: 'Ana "Nita", M' } } } },
    ]);
  });

  it.each([
    ['an unclosed quote', '"P2,ana@example.org,Ana,PR2,2026-03-08,64493,,,', 'row'],
    ['a cell too few', 'P2,ana@example.org,Ana,PR2,2026-03-08,64493,,', 'row'],
    ['a cell too many', `${good},x`, 'row'],
    ['a month first', 'P2,ana@example.org,Ana,PR2,03/08/2026,64493,,,', 'performed'],
    ['no code', 'P2,ana@example.org,Ana,PR2,2026-03-08,,,,', 'codes'],
    ['no patient', ',ana@example.org,Ana,PR2,2026-03-08,64493,,,', 'patient_id'],
    ['no procedure id', 'P2,ana@example.org,Ana,,2026-03-08,64493,,,', 'procedure_id'],
    ['a word for a score', 'P2,ana@example.org,Ana,PR2,2026-03-08,64493,,bad,', 'nrs_pain'],
    ['a modifier behind a space', 'P2,,Ana,PR2,2026-03-08,64493 KX,therapeutic,,', 'codes'],
    ['a code of no system', 'P2,,Ana,PR2,2026-03-08,64493 therapeutic,,,', 'codes'],
  ])('lets %s spoil its own row only', (_name, line, path) => {
    const rows = read(good, line, good);
    expect(rows.map(({ row, result }) => [row, result.outcome])).toEqual([
      [2, 'accepted'],
      [3, 'rejected'],
      [4, 'accepted'],
    ]);
    expect(rows[1]?.result).toMatchObject({
      problems: expect.arrayContaining([expect.objectContaining({ path })]),
    });
  });

  it('takes a record back without a date or codes', () => {
    expect(read('P1,,,PR1,,,,,entered-in-error')).toMatchObject([
      { result: { report: { status: 'retracted' } } },
    ]);
  });

  it.each([
    ['HCPCS:G0260', { system: 'HCPCS', code: 'G0260' }],
    ['G0260', { system: 'HCPCS', code: 'G0260' }],
    ['0275T', { system: 'CPT', code: '0275T' }],
    ['local:facet-joint-injection', { system: 'LOCAL', code: 'facet-joint-injection' }],
    ['mild', { system: 'LOCAL', code: 'mild' }],
    ['SNOMED:1234567', { system: 'SNOMED', code: '1234567' }],
  ])('knows the system of %s', (text, code) => {
    expect(read(`P1,,,PR1,2026-03-08,${text},,,`)).toMatchObject([{ result: { report: { codes: [code] } } }]);
  });

  it.each([
    ['an unknown column', `${header},phone`, 'column 10'],
    ['a column twice', `${header},email`, 'column 10'],
    ['a column missing', 'patient_id,procedure_id,codes', 'performed'],
    ['nothing', '', 'patient_id'],
  ])('refuses a file with %s in its header', (_name, first, path) => {
    expect(readProcedureCsv(`${first}\n${good}`, now)).toMatchObject([
      { row: 1, result: { problems: expect.arrayContaining([expect.objectContaining({ path })]) } },
    ]);
  });
});
