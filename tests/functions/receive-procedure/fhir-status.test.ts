import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/receive-procedure/create-handler.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { context, type FunctionLab, startFunctionLab, type World } from '../../support/labs/function-lab.ts';
import { request } from './harness.ts';

let lab: FunctionLab;
let world: World;
beforeAll(async () => {
  lab = await startFunctionLab();
});
afterAll(() => lab.stop());
beforeEach(async () => {
  world = await lab.fresh();
});

const procedure = (status: string, minute: string, change: object = {}) => ({
  resourceType: 'Procedure',
  id: 's-1',
  meta: { lastUpdated: `2026-03-02T20:${minute}:00Z` },
  status,
  subject: { reference: '#p' },
  contained: [
    {
      resourceType: 'Patient',
      id: 'p',
      identifier: [{ value: 'p-1' }],
      telecom: [{ system: 'email', value: 'maria@example.com' }],
    },
  ],
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '62323' }] },
  performedDateTime: '2026-03-02',
  ...change,
});

const put = async (resource: object) => {
  const handler = createHandler(world.environment, world.runtime);
  const event = request(
    '/fhir/Procedure/s-1',
    JSON.stringify(resource),
    { 'content-type': 'application/fhir+json' },
    'PUT',
  );
  const response = await handler(event, context);
  return JSON.parse(response.body ?? '').issue[0].diagnostics;
};

const statuses = async () => (await world.store.load(patientId('p-1'))).episodes.map(({ status }) => status);

const unfinished = ['preparation', 'in-progress', 'on-hold', 'stopped', 'unknown'];

describe('a FHIR Procedure', () => {
  it.each([...unfinished, 'not-done', 'entered-in-error'])(
    'that was completed and is %s now is taken back, and starts again when it is completed after all',
    async (status) => {
      expect(await put(procedure('completed', '10'))).toBe('enrolled');
      expect(await put(procedure(status, '20'))).toBe('retracted');
      expect(await statuses()).toEqual(['cancelled']);
      expect(await put(procedure('completed', '30'))).toBe('enrolled');
      expect(await statuses()).toEqual(['active']);
    },
  );

  it.each(unfinished)('that is %s starts nothing and stands in the way of nothing', async (status) => {
    expect(await put(procedure(status, '10'))).toBe(`ignored, status-${status}`);
    expect(await put(procedure('completed', '10'))).toBe('enrolled');
    expect(await put(procedure(status, '05'))).toBe('unchanged');
    expect(await statuses()).toEqual(['active']);
  });

  it('whose code starts nothing is counted by system and code for operations', async () => {
    const coding = [
      { system: 'http://www.ama-assn.org/go/cpt', code: '99213-25' },
      { system: 'http://loinc.org', code: '1-8' },
    ];
    expect(await put(procedure('completed', '10', { code: { coding } }))).toBe('ignored, unknown-code');
    const items = await world.everything();
    expect(items.find(({ sk }) => sk === 'IGNORED#s-1')).toMatchObject({
      codes: ['CPT 99213', 'http://loinc.org 1-8'],
    });
  });
});
