import type { Bundle, BundleEntry, Patient, Procedure } from 'fhir/r4.js';
import { describe, expect, it } from 'vitest';
import { readFhirBundle } from '../../../../../shared/care/intake/formats/fhir-bundle.ts';
import { readFhirProcedure } from '../../../../../shared/care/intake/formats/fhir-procedure.ts';
import { bundle, now, own, patient, procedure } from './samples.ts';

/** As JSON brings it: a member that is undefined is not there. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
const read = (change: Partial<Procedure> | object): unknown =>
  readFhirProcedure(asJson({ ...procedure, ...change }), { now, own });
const withContained = (change: Partial<Patient> | object): unknown =>
  read({ contained: [{ ...patient, id: 'p', ...change }] });
const readEntries = (entry: readonly unknown[], type = 'collection'): unknown => {
  const parsed = readFhirBundle({ resourceType: 'Bundle', type, entry }, { now, own });
  return parsed.outcome === 'accepted' ? parsed.report.entries : parsed;
};

describe('readFhirProcedure', () => {
  it('gives the report in our words', () => {
    expect(readFhirProcedure(procedure, { now, own })).toEqual({
      outcome: 'accepted',
      report: {
        status: 'completed',
        eventId: 'fhir:Procedure:proc-1:3',
        sourceId: 'proc-1',
        reportedAt: '2026-03-09T08:00:00Z',
        patient: {
          patientId: 'P-1001',
          email: 'first@example.org',
          givenName: 'Ana María',
          locale: 'es',
          zone: 'America/Denver',
        },
        performed: { kind: 'instant', at: '2026-03-08T15:30:00Z' },
        codes: [{ system: 'CPT', code: '64493', modifiers: [] }],
        otherCodes: ['http://example.org/other x'],
        intent: 'therapeutic',
      },
    });
  });

  it.each([
    ['the end of a period', { performedPeriod: { start: '2026-03-07', end: '2026-03-08' } }, '2026-03-08'],
    [
      'the start of a period whose end is a month',
      { performedPeriod: { start: '2026-03-07', end: '2026-03' } },
      '2026-03-07',
    ],
    [
      'the end of a period whose start is a year',
      { performedPeriod: { start: '2026', end: '2026-03-08' } },
      '2026-03-08',
    ],
    ['the start of a period without end', { performedPeriod: { start: '2026-03-07' } }, '2026-03-07'],
    ['a date', { performedDateTime: '2026-03-08' }, '2026-03-08'],
  ])('takes %s for the day', (_name, performed, on) => {
    expect(read({ performedDateTime: undefined, ...performed })).toMatchObject({
      report: { performed: { kind: 'date', on } },
    });
  });

  it.each([
    ['a year', { performedDateTime: '2026' }, 'Procedure.performed'],
    ['a month', { performedDateTime: '2026-03' }, 'Procedure.performed'],
    [
      'a period of months',
      { performedDateTime: undefined, performedPeriod: { start: '2026-02', end: '2026-03' } },
      'Procedure.performed',
    ],
    ['no day at all', { performedDateTime: undefined }, 'Procedure.performed'],
    ['text for a day', { performedDateTime: undefined, performedString: 'in March' }, 'Procedure.performed'],
    ['a day to come', { performedDateTime: '2026-04-01' }, 'Procedure.performed'],
    ['no subject', { subject: undefined }, 'Procedure.subject'],
    ['a group of patients', { subject: { reference: 'Group/1' } }, 'Procedure.subject'],
    [
      'a contained Patient that is not there',
      { subject: { reference: '#q' } },
      'Procedure.subject.reference',
    ],
    ['a status of another version', { status: 'done' }, 'Procedure.status'],
    ['no id', { id: undefined }, 'Procedure.identifier'],
    ['a meaning changed', { modifierExtension: [{ url: 'x' }] }, 'Procedure.modifierExtension'],
    ['news from the future', { meta: { lastUpdated: '2036-01-01T00:00:00Z' } }, 'Procedure.meta.lastUpdated'],
  ])('rejects %s and says where', (_name, change, path) => {
    expect(read(change)).toMatchObject({ outcome: 'rejected', problems: [{ path }] });
  });

  it('does not name a patient by the id of a contained resource, which every sender reuses', () => {
    expect(withContained({ identifier: undefined })).toMatchObject({
      problems: [{ path: 'Procedure.contained[0].identifier' }],
    });
  });

  it.each(['entered-in-error', 'not-done'])('takes the record back: %s', (status) => {
    expect(read({ status, performedDateTime: undefined, code: 'garbage', category: 3 })).toMatchObject({
      outcome: 'accepted',
      report: { status: 'retracted', sourceId: 'proc-1', patient: { patientId: 'P-1001' } },
    });
  });

  it.each(['preparation', 'in-progress', 'on-hold', 'stopped', 'unknown'])(
    'reports %s as unfinished, whatever else is wrong with it',
    (status) => {
      expect(read({ status, performedDateTime: undefined, code: 'garbage' })).toEqual({
        outcome: 'accepted',
        report: {
          status: 'unfinished',
          eventId: 'fhir:Procedure:proc-1:3',
          sourceId: 'proc-1',
          reportedAt: '2026-03-09T08:00:00Z',
          patient: { patientId: 'P-1001' },
          reason: `status-${status}`,
        },
      });
    },
  );

  it.each([
    ['103693007', 'diagnostic'],
    ['277132007', 'therapeutic'],
    ['387713003', undefined],
  ])('reads the purpose from category %s: %s', (code, intent) => {
    const parsed = readFhirProcedure(
      { ...procedure, category: { coding: [{ system: 'http://snomed.info/sct', code }] } },
      { now, own },
    );
    expect(
      parsed.outcome === 'accepted' && parsed.report.status === 'completed' && parsed.report.intent,
    ).toBe(intent);
  });

  it('keeps a modifier that is written behind the code', () => {
    const code = { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '64493-KX' }] };
    expect(read({ code })).toMatchObject({ report: { codes: [{ code: '64493', modifiers: ['KX'] }] } });
  });

  it.each([
    'http://www.ama-assn.org/go/cpt',
    'https://www.ama-assn.org/go/cpt',
    'http://www.ama-assn.org/go/cpt/',
    'HTTP://WWW.AMA-ASSN.ORG/go/CPT//',
    ' http://www.ama-assn.org/go/cpt ',
    'urn:oid:2.16.840.1.113883.6.12',
  ])('knows CPT by %s', (system) => {
    expect(read({ code: { coding: [{ system, code: '62323' }] } })).toMatchObject({
      report: { codes: [{ system: 'CPT', code: '62323' }] },
    });
  });

  it('names the codes of other systems for operations, and nothing that may be text about a person', () => {
    const coding = [
      { system: 'http://loinc.org', code: '1-8' },
      { system: 'http://example.org/x', code: 'Ana Reyes' },
      { code: 'local-7' },
      { system: 'http://example.org/x' },
    ];
    expect(read({ code: { coding } })).toMatchObject({
      report: {
        codes: [],
        otherCodes: ['http://loinc.org 1-8', 'http://example.org/x unreadable', 'no-system local-7'],
      },
    });
  });

  it('passes a procedure without a code that we know on, so that it is recorded as ignored', () => {
    expect(read({ code: { text: 'injection' } })).toMatchObject({
      outcome: 'accepted',
      report: { codes: [] },
    });
  });

  it.each([['declined'], ['none@none'], [''], ['a@example.org; b@example.org']])(
    'enrolls without an address where the record holds %j for one',
    (value) => {
      const parsed = readFhirProcedure(
        { ...procedure, contained: [{ ...patient, id: 'p', telecom: [{ system: 'email', value }] }] },
        { now, own },
      );
      expect(parsed).toMatchObject({ outcome: 'accepted' });
      expect(parsed.outcome === 'accepted' && 'email' in parsed.report.patient).toBe(false);
    },
  );

  it('prefers a private address over one at work', () => {
    const telecom = [
      { system: 'email', value: 'office@example.org', use: 'work' },
      { system: 'email', value: 'mailto:home@example.org', use: 'home' },
    ];
    expect(withContained({ telecom })).toMatchObject({ report: { patient: { email: 'home@example.org' } } });
  });

  it.each([{ deceasedBoolean: true }, { deceasedDateTime: '2026' }])('passes a death on: %j', (deceased) => {
    expect(withContained(deceased)).toMatchObject({ contact: { patientId: 'P-1001', died: true } });
  });

  it('does not take "deceased: no" for a death', () => {
    expect(withContained({ deceasedBoolean: false })).toMatchObject({ contact: { died: false } });
    expect(withContained({})).not.toHaveProperty('contact');
  });
});

describe('readFhirBundle', () => {
  it('finds the patient of a procedure among the entries', () => {
    const parsed = readFhirBundle(bundle, { now, own });
    expect(parsed).toMatchObject({
      report: {
        type: 'collection',
        entries: [
          { outcome: 'skipped' },
          { outcome: 'accepted', report: { patient: { patientId: 'pat-1', email: 'first@example.org' } } },
        ],
      },
    });
  });

  it.each(['https://ehr.example/fhir/Patient/pat-1', 'Patient/pat-1/_history/2'])(
    'follows the reference %s',
    (reference) => {
      const [first, second] = bundle.entry;
      const entry = { ...second, resource: { ...second?.resource, subject: { reference } } };
      expect(readEntries([first, entry])).toMatchObject([
        {},
        { report: { patient: { patientId: 'pat-1' } } },
      ]);
    },
  );

  it('names patients of a transaction by identifier, as their ids are placeholders', () => {
    const create = { method: 'POST', url: 'Patient' } as const;
    const entries: BundleEntry<Patient | Procedure>[] = [
      { fullUrl: 'urn:uuid:1', resource: patient, request: create },
      {
        fullUrl: 'urn:uuid:2',
        resource: { ...procedure, subject: { reference: 'urn:uuid:1' }, identifier: [{ value: 'PR-9' }] },
        request: { method: 'POST', url: 'Procedure' },
      },
    ];
    expect(readEntries(entries, 'transaction')).toMatchObject([
      { outcome: 'skipped' },
      { report: { sourceId: 'PR-9', patient: { patientId: 'P-1001' } } },
    ]);
  });

  it.each(['collection', 'batch', 'transaction'])(
    'takes an id that is the UUID of its URL for a lasting one in a %s',
    (type) => {
      const ids = ['0b4b1f1e-7f0a-4b1a-9e0a-1f2e3d4c5b6a', '9C1f0b7e-1111-4222-8333-944445555666'];
      const [patientUuid, procedureUuid] = ids;
      const entries = [
        { fullUrl: `urn:uuid:${patientUuid}`, resource: { resourceType: 'Patient', id: patientUuid } },
        {
          fullUrl: `urn:uuid:${procedureUuid}`,
          resource: {
            ...procedure,
            id: procedureUuid,
            contained: undefined,
            subject: { reference: `urn:uuid:${patientUuid}` },
          },
          request: { method: 'POST', url: 'Procedure' },
        },
      ];
      expect(readEntries(entries.map(asJson), type)).toMatchObject([
        { outcome: 'skipped' },
        { report: { sourceId: procedureUuid, patient: { patientId: patientUuid } } },
      ]);
    },
  );

  it.each([
    ['of another URL', 'urn:uuid:0b4b1f1e-7f0a-4b1a-9e0a-1f2e3d4c5b6a', 'pat-1'],
    ['that is no UUID', 'urn:uuid:1', '1'],
    ['that is an OID', 'urn:oid:1.2.3', '1.2.3'],
  ])('does not take an id %s for a lasting one', (_name, fullUrl, id) => {
    expect(readEntries([{ fullUrl, resource: { resourceType: 'Patient', id } }])).toMatchObject([
      { problems: [{ path: 'Bundle.entry[0].resource.identifier' }] },
    ]);
  });

  it('takes only the newest version of a history, wherever it stands', () => {
    const older = { ...procedure, meta: { lastUpdated: '2026-03-08T20:00:00Z' } };
    const newer = { ...procedure, status: 'entered-in-error' };
    const outcome = [{ outcome: 'skipped' }, { report: { status: 'retracted' } }];
    expect(readEntries([{ resource: older }, { resource: newer }], 'history')).toMatchObject(outcome);
    expect(readEntries([{ resource: newer }, { resource: older }], 'history')).toMatchObject(
      outcome.toReversed(),
    );
  });

  it('enrolls by reference alone when the Patient entry is broken, and says that it is', () => {
    const broken = { resource: { ...patient, telecom: 'x' } };
    const [, second] = bundle.entry;
    expect(readEntries([broken, second])).toMatchObject([
      { outcome: 'rejected', problems: [{ path: 'Bundle.entry[0].resource.telecom' }] },
      { report: { patient: { patientId: 'pat-1' } } },
    ]);
  });

  it('passes a Patient on where no completed procedure brings the news along, and a death always', () => {
    const [, second] = bundle.entry;
    const planned = { resource: { ...second?.resource, status: 'preparation' } };
    const died = { resource: { ...patient, deceasedBoolean: true } };
    expect(readEntries([{ resource: patient }])).toMatchObject([{ contact: { email: 'first@example.org' } }]);
    expect(readEntries([{ resource: patient }, planned])).toMatchObject([
      { outcome: 'contact' },
      { outcome: 'accepted', report: { status: 'unfinished' } },
    ]);
    const entries = readEntries([died, second]);
    expect(entries).toMatchObject([{ contact: { died: true } }, { outcome: 'accepted' }]);
    expect(entries).not.toMatchObject([{}, { contact: {} }]);
  });

  it('does not lose a deletion or an id-only notification in silence', () => {
    const entries = [
      { request: { method: 'DELETE', url: 'Procedure/1' } },
      { fullUrl: 'https://ehr.example/fhir/Procedure/2' },
    ];
    expect(readEntries(entries, 'history')).toMatchObject([
      { problems: [{ path: 'Bundle.entry[0].request' }] },
      { problems: [{ path: 'Bundle.entry[1].resource' }] },
    ]);
  });

  it('passes over resources that do not concern us', () => {
    const status = { resource: { resourceType: 'Parameters', id: 's' } };
    expect(readEntries([status], 'subscription-notification')).toEqual([{ outcome: 'skipped' }]);
    const empty: Bundle = { resourceType: 'Bundle', type: 'batch' };
    expect(readFhirBundle(empty, { now, own })).toMatchObject({ outcome: 'accepted' });
  });

  it('does not take a response for news', () => {
    expect(readEntries([], 'batch-response')).toMatchObject({ problems: [{ path: 'Bundle.type' }] });
  });
});
