import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { receiverHarness, request } from './harness.ts';

const path = fc.constantFrom(
  '/procedures',
  '/contacts/',
  '/fhir/Procedure',
  '/fhir/Procedure/x',
  '/fhir/Patient/',
  '/fhir/Appointment/x',
  '/fhir',
  '/',
  '/fhir/x',
);
const method = fc.constantFrom('POST', 'PUT');
const type = fc.constantFrom('application/json', 'application/fhir+json', 'text/plain', '');
const body = fc.oneof(
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => Buffer.from(bytes)),
  fc.constant(undefined),
);

describe('the receiver', () => {
  it('answers any garbage with a client error and takes nothing of it', async () => {
    const { call, reports, contacts, logged } = receiverHarness();
    await fc.assert(
      fc.asyncProperty(path, type, body, method, async (to, contentType, content, verb) => {
        const response = await call(request(to, content, { 'content-type': contentType }, verb));
        expect(response.status).toBeGreaterThanOrEqual(400);
        expect(response.status).toBeLessThan(500);
      }),
      { numRuns: 3000 },
    );
    expect([reports, contacts, logged.filter(({ level }) => level === 'error')]).toEqual([[], [], []]);
  });
});
