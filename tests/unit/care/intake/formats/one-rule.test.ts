import { describe, expect, it } from 'vitest';
import { everyEntry, type Facts, plainFacts, type Read } from './every-entry.ts';

/** What each entry reads when one of the facts is written in another way. */
const readings = (change: Partial<Facts>): Readonly<Record<string, Read>> =>
  Object.fromEntries(
    Object.entries(everyEntry).map(([name, read]) => [name, read({ ...plainFacts, ...change })]),
  );

const onEvery = (read: unknown) =>
  Object.fromEntries(Object.keys(everyEntry).map((name) => [name, expect.objectContaining(read)]));

/** The fact as it is read, with nothing to note. */
const expectRead = (fact: keyof Facts, written: string, as: string, name: string = fact) =>
  expect(readings({ [fact]: written })).toEqual(
    onEvery({ taken: expect.objectContaining({ [name]: as }), notes: [] }),
  );

const expectNoted = (fact: keyof Facts, written: string, note: string, name: string = fact) => {
  const { [fact]: _, ...others } = plainFacts;
  expect(Object.keys(others)).toHaveLength(7);
  expect(readings({ [fact]: written })).toEqual(
    onEvery({
      taken: expect.not.objectContaining({ [name]: expect.anything() }),
      notes: [note],
    }),
  );
};

const expectRefused = (fact: keyof Facts, written: string) =>
  expect(readings({ [fact]: written })).toEqual(onEvery({ refused: true }));

describe('an address, on every way in', () => {
  it.each([
    ['ana@example.org ', 'ana@example.org'],
    ['\u00a0ana@example.org', 'ana@example.org'],
    ['ana@example.org\u200b', 'ana@example.org'],
    ['\ufeffana@example.org\u2060\u00a0', 'ana@example.org'],
    ['mailto:ana@example.org', 'ana@example.org'],
    ['a&b@example.org', 'a&b@example.org'],
    ['first/last@example.org', 'first/last@example.org'],
    ["o'neil+care@example.org", "o'neil+care@example.org"],
    ['ana@example.xn--p1ai', 'ana@example.xn--p1ai'],
    ['ana@mail.museum', 'ana@mail.museum'],
    ['na@smith.org', 'na@smith.org'],
  ])('%j is read as %s', (written, as) => expectRead('email', written, as));

  it.each([
    ['ana'],
    ['ana@'],
    ['@example.org'],
    ['ana(at)example.org'],
    ['a@example.org,b@example.org'],
    ['a@example.org; b@example.org'],
    ['Ana <ana@example.org>'],
    ['ana@example'],
    ['ana@example..org'],
    ['.ana@example.org'],
    ['ana@-example.org'],
    ['ana@192.168.0.1'],
    ['josé@example.org'],
    ['a na@example.org'],
    ['ana\u200b@example.org'],
    [`${'a'.repeat(65)}@example.org`],
    [`ana@${'a'.repeat(64)}.org`],
    [`ana@${'example.'.repeat(40)}org`],
  ])('%j is left out and noted; the procedure counts', (written) =>
    expectNoted('email', written, 'email-not-usable'),
  );

  it.each([
    ['noemail@clinic.org'],
    ['no-email@gmail.com'],
    ['none@none.com'],
    ['NONE@NONE.COM'],
    ['na@na.com'],
    ['unknown@unknown.org'],
    ['declined@hospital.org'],
    ['patient.declined@hospital.org'],
    ['x@x.com'],
    ['123@123.com'],
    ['test@test.com'],
    ['someone@noemail.com'],
    ['ana@example.invalid'],
    ['do-not-reply@hospital.org'],
  ])('%s stands for no address: it is left out and noted', (written) =>
    expectNoted('email', written, 'email-placeholder'),
  );
});

describe('a language, on every way in', () => {
  it.each([
    ['es', 'es'],
    ['es-US', 'es'],
    ['ES_mx', 'es'],
    ['es-419', 'es'],
    ['spa', 'es'],
    ['SPA', 'es'],
    ['sp', 'es'],
    ['esp', 'es'],
    ['Spanish', 'es'],
    ['Spanish; Castilian', 'es'],
    ['Spanish (Mexico)', 'es'],
    ['Español', 'es'],
    ['castellano', 'es'],
    ['en-GB', 'en'],
    ['eng', 'en'],
    ['English', 'en'],
    ['ENGLISH (US)', 'en'],
    ['Inglés', 'en'],
  ])('%s is read as %s', (written, as) => expectRead('language', written, as, 'locale'));

  it.each([['fr'], ['vie'], ['Haitian Creole'], ['Non-English'], ['esperanto'], ['sgn-ES'], ['??'], ['1']])(
    '%s is one that nobody is written to in: left out and noted',
    (written) => expectNoted('language', written, 'language-not-used', 'locale'),
  );
});

describe('a given name, on every way in', () => {
  it.each([
    [' Ana ', 'Ana'],
    ['Na', 'Na'],
    ['Nan', 'Nan'],
    ['José María', 'José María'],
    ['王芳', '王芳'],
    ["D'Angelo-Lee", "D'Angelo-Lee"],
  ])('%j is read as %s', (written, as) => expectRead('givenName', written, as));

  it.each([
    ['NULL'],
    ['null'],
    ['undefined'],
    ['None'],
    ['NaN'],
    ['N/A'],
    ['[object Object]'],
    ['-'],
    ['0'],
    ['Jos\ufffd'],
    ['A\u202ena'],
    ['A\u0007na'],
    ['a'.repeat(81)],
  ])('%j is no name: it is left out and noted', (written) =>
    expectNoted('givenName', written, 'given-name-not-usable'),
  );
});

describe('a time zone, on every way in', () => {
  it.each([
    ['US/Eastern', 'America/New_York'],
    ['america/denver', 'America/Denver'],
    ['America/Chicago\u00a0', 'America/Chicago'],
  ])('%j is read as %s', (written, as) => expectRead('zone', written, as));

  it.each([['-05:00'], ['America/Nowhere'], ['Eastern'], ['GMT+5 hours'], ['NULL']])(
    '%s is no zone: it is left out and noted',
    (written) => expectNoted('zone', written, 'time-zone-not-usable'),
  );
});

describe('a code, on every way in', () => {
  it.each([
    ['62323', 'CPT 62323'],
    ['62323 ', 'CPT 62323'],
    ['\u00a062323', 'CPT 62323'],
    ['64493-KX', 'CPT 64493 KX'],
    ['64493-kx', 'CPT 64493 kx'],
    ['64493-KX-50', 'CPT 64493 KX 50'],
    ['0275T', 'CPT 0275T'],
    ['0275T-53', 'CPT 0275T 53'],
    ['G0260-LT', 'HCPCS G0260 LT'],
  ])('%j is read as %s', (written, as) => expectRead('code', written, as));

  it.each([
    ['64493-KX.'],
    ['64493-KX1'],
    ['64493-XKX'],
    ['64493-KX_50'],
    ['64493-.KX'],
    ['64493-K'],
    ['64493-'],
    ['64493--KX'],
    ['64493-KX/64494'],
    ['64493-KX,64494'],
    ['64493 KX'],
    ['64493KX'],
    ['64493.KX'],
    ['64493.0'],
    ['64493\u2013KX'],
    ['6449'],
    ['644930'],
    ['#REF!'],
    ['NULL'],
    [`64493${'-50'.repeat(9)}`],
  ])('%s cannot be read whole, and nothing of it is used', (written) => expectRefused('code', written));
});

describe('a day, on every way in', () => {
  it.each([
    ['2026-03-08', '2026-03-08'],
    [' 2026-03-08\u00a0', '2026-03-08'],
    ['2026-03-08T10:30:00-05:00', '2026-03-08T15:30:00Z'],
    ['2026-03-08T10:30:00.123Z', '2026-03-08T10:30:00Z'],
    ['2024-02-29', '2024-02-29'],
  ])('%j is read as %s', (written, as) => expectRead('performed', written, as));

  it.each([
    ['03/08/2026'],
    ['8.3.2026'],
    ['20260308'],
    ['46089'],
    ['2026-3-8'],
    ['2026-02-30'],
    ['2025-02-29'],
    ['2026'],
    ['2026-03'],
    ['2026-03-08T10:30:00'],
    ['2026-03-08T25:00:00Z'],
    ['2026-03-08 10:30'],
    ['2026-03-12'],
    ['1926-03-08'],
    ['0000-00-00'],
    ['today'],
    ['NULL'],
  ])('%s is no day of service', (written) => expectRefused('performed', written));
});

describe('an id, on every way in', () => {
  const ids = ['patientId', 'procedureId'] as const;
  const nothing = [
    'NULL',
    'null',
    'undefined',
    'NaN',
    'None',
    'nil',
    '0',
    '000',
    '00000000-0000-0000-0000-000000000000',
    'N/A',
    'n.a.',
    'unknown',
    'UNK',
    '-',
    '--',
    'test',
    'TBD',
    'missing',
    'true',
    '[object Object]',
  ];
  const mangled = [
    '1.23457E+11',
    '1E+05',
    '1,5e+10',
    '1e-7',
    '4567.0',
    '####',
    '#REF!',
    '#N/A',
    '#VALUE!',
    '#NAME?',
    '#DIV/0!',
  ];
  const wrong = ['ana@example.org', 'a b', 'a#b', 'a|b', `P${'1'.repeat(128)}`];

  it.each(ids.flatMap((id) => [...nothing, ...mangled, ...wrong].map((written) => [id, written] as const)))(
    'is refused: %s %s',
    (id, written) => expectRefused(id, written),
  );

  it.each(
    ids.flatMap((id) =>
      ['P-1', '1001', '12E4', '0012', 'nullah', 'none-1', 'test-1', 'urn:x:1'].map(
        (written) => [id, written] as const,
      ),
    ),
  )('is taken as it is: %s %s', (id, written) => expectRead(id, written, written));

  it.each([['123-45-6789'], ['1EG4-TE5-MK73'], ['1EG4TE5MK73']])(
    'of a patient is never a number of the government or an insurer: %s',
    (written) => expectRefused('patientId', written),
  );
});
