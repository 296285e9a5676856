import { describe, expect, it } from 'vitest';
import { bundle, patient, procedure } from '../../unit/care/intake/formats/samples.ts';
import { receiverHarness, request } from './harness.ts';

const fhir = { 'content-type': 'application/fhir+json' };
const put = (path: string, body: unknown) => request(path, JSON.stringify(body), fhir, 'PUT');
const post = (path: string, body: unknown) => request(path, JSON.stringify(body), fhir);
const appointment = { resourceType: 'Appointment', id: 'a-1', status: 'booked' };

describe('a FHIR resource', () => {
  it.each([
    ['Procedure', procedure, 201],
    ['Patient', patient, 200],
    ['Appointment', appointment, 200],
  ])(
    'is taken at its type and at its own address, with or without a slash at the end: %s',
    async (type, resource, status) => {
      const { call } = receiverHarness();
      const events = [
        post(`/fhir/${type}`, resource),
        post(`/fhir/${type}/`, resource),
        put(`/fhir/${type}/${resource.id}`, resource),
        put(`/fhir/${type}/${resource.id}/`, resource),
      ];
      for (const event of events) expect((await call(event)).status).toBe(status);
    },
  );

  it.each([
    ['another id', '/fhir/Procedure/proc-2', procedure],
    ['an id in other letters', '/fhir/Procedure/PROC-1', procedure],
    ['an id with an escape', '/fhir/Procedure/proc%2D1', procedure],
    ['no id in the resource', '/fhir/Patient/pat-1', { ...patient, id: undefined }],
    ['an id that is no text', '/fhir/Patient/7', { ...patient, id: 7 }],
    ['no resource', '/fhir/Appointment/a-1', null],
  ])('is refused at %s than its own', async (_name, path, resource) => {
    const { call, reports, contacts } = receiverHarness();
    const response = await call(put(path, resource));
    expect([response.status, response.body.resourceType]).toEqual([400, 'OperationOutcome']);
    expect([reports, contacts]).toEqual([[], []]);
  });

  it.each([
    ['a Patient', '/fhir/Procedure/pat-1', patient],
    ['a Procedure', '/fhir/Patient/proc-1', procedure],
    ['a Procedure', '/fhir/Appointment/proc-1', procedure],
  ])('is refused at the address of another type: %s at %s', async (_name, path, resource) => {
    expect((await receiverHarness().call(put(path, resource))).status).toBe(422);
  });

  it.each(['/procedures/', '/contacts//', '/fhir/'])(
    'is not lost for a slash at the end of %s',
    async (path) => {
      const event = request(path, '{}', { 'content-type': 'application/json' });
      expect((await receiverHarness().call(event)).status).toBe(422);
    },
  );

  it.each(['utf-8', 'UTF-8', 'utf8', '"utf-8"'])('is read in the character set %s', async (charset) => {
    const type = `application/fhir+json; charset=${charset}`;
    const event = request('/fhir/Patient', JSON.stringify(patient), { 'content-type': type });
    expect((await receiverHarness().call(event)).status).toBe(200);
  });

  it('of a patient is news about reaching the patient', async () => {
    const { call, contacts } = receiverHarness();
    const telecom = [{ system: 'email', value: 'none@none.com' }];
    const response = await call(put('/fhir/Patient/pat-1', { ...patient, telecom, deceasedBoolean: true }));
    expect(response.body.issue.map(({ diagnostics }: { diagnostics: string }) => diagnostics)).toEqual([
      'updated',
      'email-placeholder',
    ]);
    expect(contacts).toMatchObject([{ patientId: 'pat-1', died: true }]);
  });
});

describe('a Bundle', () => {
  const of = (count: number, type = 'collection') => ({
    ...bundle,
    type,
    entry: Array.from({ length: count }, (_, index) => ({
      resource: { resourceType: 'Observation', id: `o-${index}` },
    })),
  });

  it('of 250 entries is taken, one of more is refused as too long', async () => {
    const { call } = receiverHarness();
    expect((await call(post('/fhir', of(250)))).status).toBe(200);
    const refused = await call(post('/fhir', of(251, 'transaction')));
    expect([refused.status, refused.body.issue[0].code]).toEqual([413, 'too-long']);
  });
});
