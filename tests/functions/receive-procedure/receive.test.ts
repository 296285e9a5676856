import { describe, expect, it } from 'vitest';
import { bundle, detail, patient, procedure } from '../../unit/care/intake/formats/samples.ts';
import { receiverHarness, request } from './harness.ts';

const fhir = { 'content-type': 'application/fhir+json; charset=utf-8' };
const post = (path: string, body: unknown, headers?: Record<string, string>) =>
  request(path, JSON.stringify(body), headers);

describe('POST /procedures', () => {
  it('enrolls and answers with nothing of the patient', async () => {
    const { call, reports } = receiverHarness();
    const response = await call(post('/procedures', detail));
    expect([response.status, response.type, response.body]).toEqual([
      201,
      'application/json',
      { outcome: 'enrolled', episodes: 1 },
    ]);
    expect(reports).toMatchObject([{ sourceId: 'proc-1' }]);
  });

  it('answers 200 with the reasons when nothing starts', async () => {
    const { call } = receiverHarness({
      accept: async () => ({ outcome: 'ignored', reasons: ['unknown-code'] }),
    });
    const response = await call(post('/procedures', detail));
    expect([response.status, response.body]).toEqual([
      200,
      { outcome: 'ignored', reasons: ['unknown-code'] },
    ]);
  });

  it('says what is wrong and where, and takes nothing', async () => {
    const { call, reports } = receiverHarness();
    const response = await call(post('/procedures', { ...detail, patient: { id: 'secret value' } }));
    expect([response.status, response.type]).toEqual([422, 'application/problem+json']);
    expect(response.body).toEqual({
      type: 'about:blank',
      title: 'Unprocessable Content',
      status: 422,
      detail: 'The body was read and does not follow the schema.',
      errors: [
        { path: 'patient.id', message: 'must be an opaque id of letters, digits and . _ : / = + ~ -' },
      ],
    });
    expect(response.text).not.toContain('secret');
    expect(reports).toEqual([]);
  });

  it('says what of the message is not used, without repeating it', async () => {
    const { call, reports } = receiverHarness();
    const response = await call(
      post('/procedures', { ...detail, patient: { id: 'pat-1', email: 'secret', locale: 'fr' } }),
    );
    expect([response.status, response.body]).toEqual([
      201,
      { outcome: 'enrolled', episodes: 1, notes: ['email-not-usable', 'language-not-used'] },
    ]);
    expect(reports).toHaveLength(1);
  });

  it('reads a body that the gateway encoded', async () => {
    const response = await receiverHarness().call(
      request('/procedures', Buffer.from(JSON.stringify(detail))),
    );
    expect(response.status).toBe(201);
  });

  it('reads header names in any case', async () => {
    const response = await receiverHarness().call(
      post('/procedures', detail, { 'Content-Type': 'application/json' }),
    );
    expect(response.status).toBe(201);
  });

  it.each([
    ['no JSON', '{', 400],
    ['no body', undefined, 400],
    ['half a surrogate', '"\ud800"', 400],
    ['bytes that are not UTF-8', Buffer.from([0x22, 0xff, 0x22]), 400],
    ['null', 'null', 422],
    ['256 KB and one byte', `"${'a'.repeat(256 * 1024 - 1)}"`, 413],
    ['as much, encoded', Buffer.from(`"${'a'.repeat(256 * 1024 - 1)}"`), 413],
    ['as much in two-byte letters', `"${'é'.repeat(128 * 1024)}"`, 413],
    ['256 KB', `"${'a'.repeat(256 * 1024 - 2)}"`, 422],
    ['deep nesting', '['.repeat(200_000), 400],
  ])('refuses %s', async (_name, body, status) => {
    const response = await receiverHarness().call(request('/procedures', body));
    expect([response.status, response.body.status, response.type]).toEqual([
      status,
      status,
      'application/problem+json',
    ]);
  });

  it.each([
    ['text', { 'content-type': 'text/plain' }],
    ['no type', {}],
    ['another character set', { 'content-type': 'application/json; charset=latin1' }],
    ['FHIR, which has a route of its own', fhir],
    ['a compressed body', { 'content-type': 'application/json', 'content-encoding': 'gzip' }],
  ])('refuses %s as 415', async (_name, headers) => {
    expect((await receiverHarness().call(post('/procedures', detail, headers))).status).toBe(415);
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE', 'OPTIONS'])(
    'refuses %s as 405 and says what is allowed',
    async (method) => {
      const response = await receiverHarness().call(request('/procedures', undefined, {}, method));
      expect([response.status, response.headers['allow']]).toEqual([405, 'POST']);
    },
  );

  it('answers 404 without repeating the path', async () => {
    const response = await receiverHarness().call(post('/ana.reyes', detail));
    expect(response.status).toBe(404);
    expect(response.text).not.toContain('ana');
  });

  it('answers 500 without the reason, and logs none of it', async () => {
    const { call, logged, measured } = receiverHarness({
      accept: async () => {
        throw new TypeError('could not store ana.reyes@example.org');
      },
    });
    const response = await call(post('/procedures', detail));
    expect([response.status, response.type]).toEqual([500, 'application/problem+json']);
    expect(response.text + JSON.stringify(logged)).not.toContain('ana');
    expect(logged).toEqual([
      {
        level: 'error',
        code: 'http.unexpected-error',
        fields: { error: 'TypeError', stack: expect.stringMatching(/^at accept \(.*receive\.test\.ts/) },
      },
    ]);
    expect(measured.get('Failed')).toBe(1);
  });

  it.each([201, 404, 415])('forbids caching and sniffing on a %i too', async (status) => {
    const event = {
      201: post('/procedures', detail),
      404: post('/', detail),
      415: post('/procedures', detail, {}),
    }[status];
    const response = await receiverHarness().call(event ?? post('/', detail));
    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject({
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    });
  });
});

describe('POST /contacts', () => {
  it('takes news about a contact', async () => {
    const { call, contacts } = receiverHarness();
    const response = await call(
      post('/contacts', { version: 1, eventId: 'c-1', patient: { id: 'p' }, died: true }),
    );
    expect([response.status, response.body]).toEqual([200, { outcome: 'updated' }]);
    expect(contacts).toMatchObject([{ patientId: 'p', died: true }]);
  });
});

describe('POST /fhir/Procedure', () => {
  it('enrolls and answers with an OperationOutcome', async () => {
    const { call } = receiverHarness();
    const response = await call(post('/fhir/Procedure', procedure, fhir));
    expect([response.status, response.type]).toEqual([201, 'application/fhir+json']);
    expect(response.body).toEqual({
      resourceType: 'OperationOutcome',
      issue: [{ severity: 'information', code: 'informational', diagnostics: 'enrolled' }],
    });
  });

  it('stores what is only planned as ignored', async () => {
    const { call, reports } = receiverHarness();
    const response = await call(post('/fhir/Procedure', { ...procedure, status: 'preparation' }, fhir));
    expect([response.status, response.body.issue[0].diagnostics]).toEqual([
      200,
      'ignored, status-preparation',
    ]);
    expect(reports).toMatchObject([
      { status: 'unfinished', patient: { patientId: 'P-1001' }, sourceId: 'proc-1' },
    ]);
  });

  it('passes the death of a contained Patient on, after the procedure', async () => {
    const { call, contacts } = receiverHarness();
    const contained = [{ ...patient, id: 'p', deceasedBoolean: true }];
    await call(post('/fhir/Procedure', { ...procedure, contained }, fhir));
    expect(contacts).toMatchObject([{ patientId: 'P-1001', died: true }]);
  });

  it('warns of what is not used', async () => {
    const contained = [{ ...patient, id: 'p', telecom: [{ system: 'email', value: 'none@none.com' }] }];
    const response = await receiverHarness().call(post('/fhir/Procedure', { ...procedure, contained }, fhir));
    expect([response.status, response.body.issue]).toMatchObject([
      201,
      [{ diagnostics: 'enrolled' }, { severity: 'warning', diagnostics: 'email-placeholder' }],
    ]);
  });

  it('says in FHIRPath what is wrong', async () => {
    const response = await receiverHarness().call(
      post('/fhir/Procedure', { ...procedure, performedDateTime: 5 }, fhir),
    );
    expect([response.status, response.body.issue[0].expression]).toEqual([422, ['Procedure.performed']]);
  });

  it.each([
    [400, request('/fhir/Procedure', '{', fhir)],
    [413, request('/fhir/Procedure', 'x'.repeat(300_000), fhir)],
    [415, request('/fhir/Procedure', '{}', { 'content-type': 'application/fhir+xml' })],
    [405, request('/fhir/Procedure', undefined, fhir, 'GET')],
    [404, request('/fhir/Observation', '{}', fhir)],
    [400, request('/fhir/Procedure/other', JSON.stringify(procedure), fhir, 'PUT')],
  ])('answers %i as an OperationOutcome', async (status, event) => {
    const response = await receiverHarness().call(event);
    expect([response.status, response.type, response.body.resourceType]).toEqual([
      status,
      'application/fhir+json',
      'OperationOutcome',
    ]);
  });
});

describe('POST /fhir', () => {
  const broken = { resource: { ...procedure, performedDateTime: '2026' } };

  it('takes procedures before the news about their patients', async () => {
    const order: string[] = [];
    const { call } = receiverHarness({
      accept: async () => {
        order.push('procedure');
        return { outcome: 'enrolled', episodes: 1 };
      },
      acceptContact: async () => {
        order.push('contact');
        return { outcome: 'unchanged' };
      },
    });
    const died = { resource: { ...patient, deceasedBoolean: true } };
    const response = await call(post('/fhir', { ...bundle, entry: [died, bundle.entry[1]] }, fhir));
    expect([response.status, order]).toEqual([200, ['procedure', 'contact']]);
  });

  it('takes the good entries of a collection, names the bad ones and counts them in the log', async () => {
    const { call, reports, logged } = receiverHarness();
    const response = await call(post('/fhir', { ...bundle, entry: [...bundle.entry, broken] }, fhir));
    expect(response.status).toBe(200);
    expect(response.body.issue).toMatchObject([
      { diagnostics: '2 of 3 entries understood' },
      { severity: 'error', expression: ['Bundle.entry[2].resource.performed'] },
    ]);
    expect(reports).toHaveLength(1);
    expect(logged).toEqual([
      { level: 'warn', code: 'receive.entries-rejected', fields: { count: 1, of: 3 } },
    ]);
  });

  it('refuses a transaction with one bad entry as a whole', async () => {
    const { call, reports, contacts } = receiverHarness();
    const response = await call(
      post('/fhir', { ...bundle, type: 'transaction', entry: [...bundle.entry, broken] }, fhir),
    );
    expect([response.status, reports, contacts]).toEqual([422, [], []]);
  });

  it('answers a batch entry by entry, in its order', async () => {
    const response = await receiverHarness().call(
      post('/fhir', { ...bundle, type: 'batch', entry: [...bundle.entry, broken] }, fhir),
    );
    expect(response.body).toMatchObject({ resourceType: 'Bundle', type: 'batch-response' });
    expect(
      response.body.entry.map((entry: { response: { status: string } }) => entry.response.status),
    ).toEqual(['200', '201', '422']);
  });

  it('refuses a notification of which nothing could be used', async () => {
    expect((await receiverHarness().call(post('/fhir', { ...bundle, entry: [broken] }, fhir))).status).toBe(
      422,
    );
  });

  it('answers a heartbeat without entries', async () => {
    const heartbeat = { resourceType: 'Bundle', type: 'subscription-notification' };
    expect((await receiverHarness().call(post('/fhir', heartbeat, fhir))).status).toBe(200);
  });
});
