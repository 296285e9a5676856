import { describe, expect, it } from 'vitest';
import { stageSettingsSchema } from '../../../../../infra/settings/stage-settings.ts';
import { readFhirBundle, readFhirPatient } from '../../../../../shared/care/intake/formats/fhir-bundle.ts';
import { readFhirProcedure } from '../../../../../shared/care/intake/formats/fhir-procedure.ts';
import { now } from './samples.ts';

const own = ['urn:clinic:mrn', 'https://a.example/fhir'];

/** The patient id that a contained Patient with these identifiers is known by. */
const patientIdOf = (...identifier: readonly object[]): string | undefined => {
  const read = readFhirProcedure(
    {
      resourceType: 'Procedure',
      id: 'x-1',
      status: 'not-done',
      subject: { reference: '#p' },
      contained: [{ resourceType: 'Patient', id: 'p', identifier }],
    },
    { now, own },
  );
  return read.outcome === 'accepted' ? read.report.patient.patientId : undefined;
};

const entryOf = (server: string, type: string, id: string, more: object = {}) => ({
  fullUrl: `${server}${type}/${id}`,
  resource: { resourceType: type, id, ...more },
});

/** The ids of procedure and patient in each entry. */
const idsIn = (...entry: readonly object[]) => {
  const read = readFhirBundle({ resourceType: 'Bundle', type: 'collection', entry }, { now, own });
  if (read.outcome === 'rejected') return read.problems;
  return read.report.entries.map((each) => {
    switch (each.outcome) {
      case 'accepted':
        return [each.report.sourceId, each.report.patient.patientId];
      case 'contact':
        return each.contact.patientId;
      default:
        return each.outcome;
    }
  });
};

const retracted = (reference: string) => ({ status: 'not-done', subject: { reference } });

describe('an identifier', () => {
  it("of the clinic's own system, or of none, is the id that JSON and CSV send", () => {
    expect(patientIdOf({ system: 'urn:clinic:mrn', value: '1001' })).toBe('1001');
    expect(patientIdOf({ system: 'URN:clinic:MRN/', value: ' 1001 ' })).toBe('1001');
    expect(patientIdOf({ value: '1001' })).toBe('1001');
  });

  it('of another system is another patient, and the same one each time', () => {
    const systems = [
      'https://b.example/mrn',
      'https://c.example/mrn',
      'urn:oid:1.2.3',
      'urn:b:mrn',
      'urn:clinic',
    ];
    const ids = systems.map((system) => patientIdOf({ system, value: '1001' }));
    expect(new Set([...ids, '1001']).size).toBe(6);
    for (const id of ids) expect(id).toMatch(/^1001~[\w-]{10}$/);
    expect(patientIdOf({ system: 'http://b.example/mrn/', value: '1001' })).toBe(ids[0]);
  });

  it("of the clinic's own system goes before one of another, wherever it stands", () => {
    const other = { system: 'https://b.example/mrn', value: '7' };
    const mine = { system: 'urn:clinic:mrn', value: '1001' };
    expect(patientIdOf(other, mine)).toBe('1001');
    expect(patientIdOf(mine, other)).toBe('1001');
  });

  const coded = (code: string) => ({ type: { coding: [{ code }] }, system: 'urn:x:1', value: '1001' });
  const official = [
    { system: 'http://hl7.org/fhir/sid/us-ssn', value: '999887777' },
    { system: 'https://hl7.org/fhir/sid/us-ssn/', value: '999887777' },
    { system: 'urn:oid:2.16.840.1.113883.4.1', value: '999887777' },
    { system: 'http://hl7.org/fhir/sid/us-mbi', value: '1EG4TE5MK73' },
    { system: 'urn:oid:2.16.840.1.113883.4.3.25', value: 'S99912345' },
    { system: 'urn:oid:2.16.840.1.113883.4.330.840', value: 'X1234567' },
    { system: 'http://standardhealthrecord.org/fhir/StructureDefinition/passportNumber', value: 'X1234567' },
    { system: 'https://clinic.example/ids/ssn', value: '999887777' },
    { system: 'https://clinic.example/member-id', value: 'M-1' },
    { system: 'urn:x:1', type: { text: 'Social Security Number' }, value: '999887777' },
    { system: 'urn:x:1', type: { coding: [{ display: "Driver's License" }] }, value: 'D-1' },
    { system: 'urn:clinic:mrn', value: '123-45-6789' },
    ...['SS', 'SB', 'MB', 'DL', 'PPN', 'MC', 'MA', 'SN', 'NI', 'ss', 'AN', 'VN'].map(coded),
  ];

  it.each(official)('of a government, an insurer, an account or a visit is never taken: %j', (identifier) => {
    expect(patientIdOf(identifier)).toBeUndefined();
    expect(patientIdOf(identifier, { system: 'urn:clinic:mrn', value: '1001' })).toBe('1001');
  });

  it.each(['MR', 'PI', 'PT', 'U', 'XX'])('of another type is taken: %s', (code) => {
    expect(patientIdOf({ ...coded(code), system: 'urn:clinic:mrn' })).toBe('1001');
  });
});

describe('the id of a resource', () => {
  const [a, b] = ['https://a.example/fhir/', 'https://b.example/fhir/'];

  it('of another server is another patient and another procedure', () => {
    const ids = idsIn(
      entryOf(a, 'Patient', '77'),
      entryOf(b, 'Patient', '77'),
      entryOf(a, 'Procedure', '7', retracted('Patient/77')),
      entryOf(b, 'Procedure', '7', retracted('Patient/77')),
    );
    const [, other] = ids;
    expect(ids).toEqual([
      '77',
      expect.stringMatching(/^77~/),
      ['7', '77'],
      [expect.stringMatching(/^7~/), other],
    ]);
  });

  it.each([
    ['relative', 'Patient/77'],
    ['absolute', 'https://b.example/fhir/Patient/77'],
    ['to a version', 'https://b.example/fhir/Patient/77/_history/3'],
  ])('is the same whether the Patient is in the Bundle or not: a reference %s', (_name, reference) => {
    const there = entryOf(b, 'Patient', '77');
    const procedure = entryOf(b, 'Procedure', '7', retracted(reference));
    const [patient] = idsIn(there);
    expect(idsIn(procedure)).toEqual([[expect.any(String), patient]]);
    expect(idsIn(there, procedure)).toEqual([patient, [expect.any(String), patient]]);
  });

  it('that names no server is the one that the clinic sends elsewhere', () => {
    expect(readFhirPatient({ resourceType: 'Patient', id: '77' }, { now, own })).toMatchObject({
      contact: { patientId: '77' },
    });
    expect(idsIn({ resource: { resourceType: 'Patient', id: '77' } })).toEqual(['77']);
  });

  it.each(['undefined', 'null', 'NaN', '0', 'unknown', '1.0'])('that says nothing is refused: %s', (id) => {
    expect(readFhirPatient({ resourceType: 'Patient', id }, { now, own })).toMatchObject({
      problems: [{ path: 'Patient.id', message: expect.stringMatching(/^must (identify|be the id)/) }],
    });
    const procedure = { resourceType: 'Procedure', id, ...retracted('Patient/77') };
    expect(readFhirProcedure(procedure, { now, own })).toMatchObject({
      problems: [{ path: 'Procedure.id' }],
    });
    const other = { ...procedure, id: '7', ...retracted(`Patient/${id}`) };
    expect(readFhirProcedure(other, { now, own })).toMatchObject({
      problems: [{ path: 'Procedure.subject' }],
    });
  });
});

describe('the setting', () => {
  const systems = stageSettingsSchema.shape.patientSystems;

  it.each(['urn:oid:1.2.3', 'https://ehr.clinic.example/fhir'])('may name %s', (system) => {
    expect(systems.safeParse([system]).success).toBe(true);
  });

  it.each([
    'http://hl7.org/fhir/sid/us-ssn',
    'urn:oid:2.16.840.1.113883.4.1',
    'mrn',
    'urn:a,urn:b',
    'urn:a b',
  ])('may not name %s', (system) => {
    expect(systems.safeParse([system]).success).toBe(false);
  });
});
