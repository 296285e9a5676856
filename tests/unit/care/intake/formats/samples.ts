import type { Bundle, Patient, Procedure } from 'fhir/r4.js';

/** The time at which all samples are read. */
export const now = '2026-03-10T12:00:00Z';

/** The systems whose values are the clinic's own ids. */
export const own = ['urn:clinic:patient', 'https://ehr.example/fhir'];

/** A detail as a clinic's system sends it. */
export const detail = {
  version: 1,
  eventId: 'evt-0001',
  reportedAt: '2026-03-09T08:00:00-05:00',
  patient: {
    id: 'pat-1',
    email: 'ana.reyes@example.org',
    givenName: 'Ana',
    locale: 'es-US',
    timeZone: 'US/Eastern',
  },
  procedure: {
    id: 'proc-1',
    codes: [{ system: 'CPT', code: '64493', modifiers: ['50'] }],
    performedAt: '2026-03-08T10:30:00-05:00',
    intent: 'therapeutic',
    site: 'north',
  },
  baseline: { nrsPain: 7, peg: 6.5 },
};

export const busEvent = {
  version: '0',
  id: '5d6f1c2e-0000-4000-8000-000000000001',
  source: 'clinic.ehr',
  'detail-type': 'Procedure Completed',
  account: '111111111111',
  time: '2026-03-09T13:00:05Z',
  region: 'us-east-1',
  resources: [],
  detail,
};

export const patient = {
  resourceType: 'Patient',
  id: 'pat-1',
  meta: { lastUpdated: '2026-03-01T09:00:00.000-05:00' },
  identifier: [{ system: 'urn:clinic:patient', value: 'P-1001' }],
  name: [
    { use: 'old', given: ['Anna'] },
    { use: 'official', given: ['Ana María'], family: 'Reyes' },
  ],
  telecom: [
    { system: 'phone', value: '555-0100' },
    { system: 'email', value: 'gone@example.org', use: 'old', rank: 1 },
    { system: 'email', value: 'second@example.org', rank: 2 },
    { system: 'email', value: 'first@example.org', rank: 1, period: { start: '2024' } },
    { system: 'email', value: 'expired@example.org', rank: 1, period: { end: '2025-12' } },
  ],
  communication: [
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'en' }] } },
    { language: { coding: [{ system: 'urn:ietf:bcp:47', code: 'es-MX' }] }, preferred: true },
  ],
  extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/timezone', valueCode: 'America/Denver' }],
} satisfies Patient;

export const procedure = {
  resourceType: 'Procedure',
  id: 'proc-1',
  meta: { versionId: '3', lastUpdated: '2026-03-09T08:00:00Z' },
  status: 'completed',
  category: { coding: [{ system: 'http://snomed.info/sct', code: '277132007' }] },
  code: {
    coding: [
      { system: 'http://www.ama-assn.org/go/cpt', code: '64493' },
      { system: 'http://example.org/other', code: 'x' },
    ],
  },
  subject: { reference: '#p' },
  performedDateTime: '2026-03-08T10:30:00-05:00',
  contained: [{ ...patient, id: 'p' }],
} satisfies Procedure;

const { contained: _contained, ...withoutContained } = procedure;

export const bundle = {
  resourceType: 'Bundle',
  type: 'collection',
  entry: [
    { fullUrl: 'https://ehr.example/fhir/Patient/pat-1', resource: patient },
    {
      fullUrl: 'https://ehr.example/fhir/Procedure/proc-1',
      resource: { ...withoutContained, subject: { reference: 'Patient/pat-1' } },
    },
  ],
} satisfies Bundle<Patient | Procedure>;
