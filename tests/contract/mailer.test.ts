import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SESClient } from '@aws-sdk/client-ses';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { localAwsEnvironment, localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { type EmailServer, startEmailServer } from '../../infra/laptop/emulation/ses/email-server.ts';
import { failureOf } from '../../shared/care/emailing/aws/send-errors.ts';
import { sesClient, sesMailerOn } from '../../shared/care/emailing/aws/ses-mailer.ts';
import type { OutgoingEmail } from '../../shared/care/emailing/ports.ts';

const email = (number = 1): OutgoingEmail => ({
  sendId: `send-${number}`,
  to: 'maria@example.com',
  raw: new TextEncoder().encode(
    [
      'From: Clinic <care@clinic.example>',
      'To: maria@example.com',
      `Subject: How are you? ${number}`,
      'MIME-Version: 1.0',
      'Content-Type: text/plain; charset=utf-8',
      '',
      'Hello',
      '',
    ].join('\r\n'),
  ),
});

const clientOn = (endpoint: string, requestTimeout = 1000): SESClient =>
  new SESClient({
    ...localClientConfig(endpoint),
    maxAttempts: 1,
    requestHandler: { connectionTimeout: 500, requestTimeout, throwOnRequestTimeout: true },
  });

describe('the mailer on the local SES', () => {
  let folder: string;
  let server: EmailServer;
  const events: unknown[] = [];
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'aftercare-mailer-'));
    server = await startEmailServer({
      folder,
      clock: { now: () => '2026-03-16T14:00:00Z' },
      onEvent: async (event) => {
        events.push(event);
      },
      quota: { perDay: 200, perSecond: 14 },
    });
  });
  afterAll(async () => {
    await server.stop();
    await rm(folder, { recursive: true, force: true });
  });
  afterEach(() => server.faults.clear());

  const mailer = () => sesMailerOn(clientOn(server.endpoint), 'aftercare');

  it('sends an email whose events carry its send id', async () => {
    expect(await mailer().send(email())).toMatchObject({ outcome: 'accepted', messageId: /.+/ });
    await server.settled();
    expect(JSON.stringify(events)).toContain('send-1');
  });

  it('reports the sending rate and the rest of the daily quota', async () => {
    const { perSecond, leftToday } = await mailer().allowance();
    expect(perSecond).toBe(14);
    expect(leftToday).toBeLessThanOrEqual(199);
    expect(leftToday).toBeGreaterThan(150);
  });

  it.each([
    ['throttled', { outcome: 'refused', scope: 'all-for-now' }],
    ['daily-quota', { outcome: 'refused', scope: 'all-today' }],
    ['sending-paused', { outcome: 'refused', scope: 'all-until-fixed' }],
    ['rejected', { outcome: 'refused', scope: 'this-email' }],
    ['not-verified', { outcome: 'refused', scope: 'all-until-fixed' }],
    ['server-error', { outcome: 'ambiguous' }],
    ['reset', { outcome: 'ambiguous' }],
    ['reset-after-accept', { outcome: 'ambiguous' }],
    ['silent-after-accept', { outcome: 'ambiguous' }],
  ] as const)('%s: %o, after one attempt', async (fault, expected) => {
    server.faults.set(fault, { times: 1 });
    expect(await mailer().send(email(2))).toMatchObject(expected);
    // A second attempt within the call would have succeeded, since the fault applies once.
    expect(server.faults.next(['maria@example.com'])).toBeUndefined();
  });
});

describe('the mailer without a server', () => {
  const listening = async (onConnection: (socket: Socket) => void): Promise<readonly [Server, string]> => {
    const server = createServer(onConnection);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (address === null || typeof address === 'string') throw new Error('The server has no port.');
    return [server, `http://127.0.0.1:${address.port}`];
  };

  it('treats a refused connection as refused for now', async () => {
    const [server, endpoint] = await listening(() => undefined);
    await new Promise((resolve) => server.close(resolve));
    expect(await sesMailerOn(clientOn(endpoint), undefined).send(email())).toEqual({
      outcome: 'refused',
      scope: 'all-for-now',
      reason: 'ECONNREFUSED',
    });
  });

  it('treats a connection without a response as ambiguous', async () => {
    const open: Socket[] = [];
    const [server, endpoint] = await listening((socket) => open.push(socket));
    expect(await sesMailerOn(clientOn(endpoint, 300), undefined).send(email())).toMatchObject({
      outcome: 'ambiguous',
    });
    for (const socket of open) socket.destroy();
    await new Promise((resolve) => server.close(resolve));
  });

  it('treats a closed connection as ambiguous', async () => {
    const [server, endpoint] = await listening((socket) => socket.once('data', () => socket.destroy()));
    expect(await sesMailerOn(clientOn(endpoint), undefined).send(email())).toMatchObject({
      outcome: 'ambiguous',
    });
    await new Promise((resolve) => server.close(resolve));
  });

  it('sends one request without retries, with a timeout', async () => {
    let requests = 0;
    const [server, endpoint] = await listening((socket) =>
      socket.once('data', () => {
        requests += 1;
        socket.destroy();
      }),
    );
    for (const [name, value] of Object.entries(localAwsEnvironment({ dynamo: endpoint, ses: endpoint }))) {
      vi.stubEnv(name, value);
    }
    const client = sesClient();
    expect(await sesMailerOn(client, undefined).send(email())).toMatchObject({ outcome: 'ambiguous' });
    expect(requests).toBe(1);
    const { requestHandler } = client.config;
    expect(requestHandler).toHaveProperty('config.connectionTimeout', 3000);
    expect(requestHandler).toHaveProperty('config.requestTimeout', 10_000);
    expect(requestHandler).toHaveProperty('config.throwOnRequestTimeout', true);
    client.destroy();
    vi.unstubAllEnvs();
    await new Promise((resolve) => server.close(resolve));
  });
});

describe('an error of the SES client', () => {
  const error = (name: string, message = '', rest: object = {}) =>
    Object.assign(new Error(message), { name, ...rest });
  const status = (httpStatusCode: number) => ({ $metadata: { httpStatusCode } });

  it.each([
    ['a throttle', error('Throttling', 'Maximum sending rate exceeded.', status(400)), 'all-for-now'],
    ['the daily quota', error('Throttling', 'Daily message quota exceeded.', status(400)), 'all-today'],
    [
      'a throttle under its other name',
      error('ThrottlingException', 'Rate exceeded', status(400)),
      'all-for-now',
    ],
    ['a rejected email', error('MessageRejected', 'Address blacklisted.', status(400)), 'this-email'],
    ['a paused account', error('AccountSendingPausedException', '', status(400)), 'all-until-fixed'],
    [
      'a paused configuration set',
      error('ConfigurationSetSendingPausedException', '', status(400)),
      'all-until-fixed',
    ],
    [
      'a missing configuration set',
      error('ConfigurationSetDoesNotExist', '', status(400)),
      'all-until-fixed',
    ],
    ['an unverified sender', error('MailFromDomainNotVerifiedException', '', status(400)), 'all-until-fixed'],
    ['missing permission', error('AccessDenied', '', status(403)), 'all-until-fixed'],
    ['no credentials', error('CredentialsProviderError', 'Could not load'), 'all-until-fixed'],
    ['an expired token', error('ExpiredTokenException', '', status(403)), 'all-until-fixed'],
    ['a wrong clock', error('RequestExpired', '', status(400)), 'all-until-fixed'],
    ['any other 403', error('SomethingNew', '', status(403)), 'all-until-fixed'],
    ['a 429', error('SomethingNew', '', status(429)), 'all-for-now'],
    ['any other 400', error('InvalidParameterValue', '', status(400)), 'this-email'],
    ['an unknown host', error('Error', 'getaddrinfo', { code: 'ENOTFOUND' }), 'all-for-now'],
    [
      'a connection attempt that times out',
      error('Error', '', { code: 'ETIMEDOUT', syscall: 'connect' }),
      'all-for-now',
    ],
    [
      'a connection timeout of the SDK',
      error('TimeoutError', 'the request socket did not establish a connection with the server within'),
      'all-for-now',
    ],
  ])('is a refusal: %s', (_, thrown, scope) => {
    expect(failureOf(thrown)).toMatchObject({ outcome: 'refused', scope });
  });

  it.each([
    ['a response timeout', error('TimeoutError', 'a request has exceeded', { code: 'ETIMEDOUT' })],
    ['a reset', error('Error', 'read ECONNRESET', { code: 'ECONNRESET', syscall: 'read' })],
    ['a broken pipe', error('Error', '', { code: 'EPIPE', syscall: 'write' })],
    ['a server error', error('InternalFailure', '', status(500))],
    ['an overloaded server', error('ServiceUnavailable', '', status(503))],
    ['an unreadable response', new SyntaxError('Unexpected token')],
    ['a thrown value that is not an error', 'oops'],
    ['nothing', undefined],
  ])('is ambiguous: %s', (_, thrown) => {
    expect(failureOf(thrown).outcome).toBe('ambiguous');
  });

  it('is reported without its message', () => {
    const thrown = error('MessageRejected', 'Email address is not verified: maria@example.com', status(400));
    expect(JSON.stringify(failureOf(thrown))).not.toContain('maria');
  });
});
