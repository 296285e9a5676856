import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { GetSendQuotaCommand, SESClient, SendRawEmailCommand } from '@aws-sdk/client-ses';
import nodemailer from 'nodemailer';
import { beforeEach, describe, expect, test } from 'vitest';
import * as z from 'zod';
import type { BusEntry } from '../../infra/laptop/emulation/events/bus.ts';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { type EmailServerOptions, startEmailServer } from '../../infra/laptop/emulation/ses/email-server.ts';
import type { SendFault } from '../../infra/laptop/emulation/ses/faults.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { startVictim } from '../support/labs/victim.ts';

const newFolder = temporaryFolders();
const sesDetail = z.object({
  eventType: z.string(),
  mail: z.object({
    messageId: z.string(),
    destination: z.array(z.string()),
    tags: z.record(z.string(), z.array(z.string())),
    headers: z.array(z.object({ name: z.string(), value: z.string() })),
  }),
  bounce: z
    .object({
      bounceType: z.string(),
      bounceSubType: z.string(),
      bouncedRecipients: z.array(z.object({ emailAddress: z.string() })),
    })
    .optional(),
});

const compose = nodemailer.createTransport({ streamTransport: true, buffer: true, newline: 'windows' });

const mime = async (to: string): Promise<Buffer> => {
  const { message } = await compose.sendMail({
    from: 'The clinic <care@clinic.example>',
    to,
    subject: '¿Cómo está usted? Two minutes, please, from a clinic with a name that is rather long',
    text: 'See https://clinic.example/s/abc and https://clinic.example/u/abc now.',
    html: '<p>See <a href="https://clinic.example/s/abc">the survey</a>. Añada.</p>',
  });
  return z.instanceof(Buffer).parse(message);
};

const open = async (setting: Partial<EmailServerOptions> = {}) => {
  const events: BusEntry[] = [];
  const server = await startEmailServer({
    folder: await newFolder(),
    clock: { now: () => '2026-03-02T15:00:00Z' },
    onEvent: async (event) => events.push(event),
    ...setting,
  });
  const clientWith = (requestTimeout: number) =>
    new SESClient({
      ...localClientConfig(server.endpoint),
      maxAttempts: 1,
      requestHandler: { requestTimeout, throwOnRequestTimeout: true },
    });
  // Long enough for a busy machine. Only the test of a missing response needs a short timeout.
  const client = clientWith(30_000);
  const send = async (to: string, sendId = 'send-1', sender = client) =>
    sender.send(
      new SendRawEmailCommand({
        RawMessage: { Data: await mime(to) },
        Destinations: [to],
        ConfigurationSetName: 'aftercare',
        Tags: [{ Name: 'sendId', Value: sendId }],
      }),
    );
  return { server, client, clientWith, send, events, stop: server.stop };
};

/** The server of all tests that do not start their own. Each test clears its faults and events first. */
const shared = sharedLab(open);
let before = 0;
beforeEach(() => {
  shared().server.faults.clear();
  shared().events.length = 0;
  before = shared().server.inbox.count();
});
const accepted = (): number => shared().server.inbox.count() - before;

const typesOf = (events: readonly BusEntry[]) => events.map((event) => event['detail-type']);

describe('an accepted email', () => {
  test('is in the inbox, decoded and parsed', async () => {
    const { server, send } = shared();
    const { MessageId } = await send('pat@example.com');
    const [entry] = server.inbox.list();
    expect(entry).toMatchObject({
      messageId: MessageId,
      sendId: 'send-1',
      destination: ['pat@example.com'],
      source: 'care@clinic.example',
      subject: '¿Cómo está usted? Two minutes, please, from a clinic with a name that is rather long',
      at: '2026-03-02T15:00:00Z',
    });
    const opened = await server.inbox.open(MessageId ?? '');
    expect(opened?.html).toContain('Añada');
    expect(opened?.links).toEqual(['https://clinic.example/s/abc', 'https://clinic.example/u/abc']);
    expect(await server.inbox.open('no such email')).toBeUndefined();
  });

  test.each([
    ['pat@example.com', ['Email Sent', 'Email Delivered']],
    ['success@simulator.amazonses.com', ['Email Sent', 'Email Delivered']],
    ['bounce+7@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
    ['complaint+x@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Complaint Received']],
    ['ooto@simulator.amazonses.com', ['Email Sent', 'Email Delivered', 'Email Bounced']],
    ['suppressionlist@simulator.amazonses.com', ['Email Sent', 'Email Bounced']],
  ])('to %s is followed by %j', async (to, expected) => {
    const { server, send, events } = shared();
    const { MessageId } = await send(to);
    await server.settled();
    expect(typesOf(events)).toEqual(expected);
    for (const event of events) {
      expect(event.source).toBe('aws.ses');
      expect(sesDetail.parse(event.detail).mail).toMatchObject({
        messageId: MessageId,
        destination: [to],
        tags: { sendId: ['send-1'], 'ses:configuration-set': ['aftercare'] },
      });
    }
    expect(sesDetail.parse(events[0]?.detail).mail.headers).toContainEqual({ name: 'To', value: to });
  });

  test('distinguishes a hard bounce, an out-of-office reply and a suppressed address', async () => {
    const { server, send, events } = shared();
    for (const box of ['bounce', 'ooto', 'suppressionlist']) await send(`${box}@simulator.amazonses.com`);
    await server.settled();
    const bounces = events.flatMap((event) => sesDetail.parse(event.detail).bounce ?? []);
    expect(bounces.map(({ bounceType, bounceSubType }) => [bounceType, bounceSubType]).sort()).toEqual([
      ['Permanent', 'General'],
      ['Permanent', 'Suppressed'],
      ['Transient', 'General'],
    ]);
  });
});

describe('a fault', () => {
  const refusals: readonly [SendFault, { name?: string; message?: string }][] = [
    ['throttled', { name: 'Throttling', message: 'Maximum sending rate exceeded.' }],
    ['daily-quota', { name: 'Throttling', message: 'Daily message quota exceeded.' }],
    ['sending-paused', { name: 'AccountSendingPausedException' }],
    ['rejected', { name: 'MessageRejected' }],
    ['not-verified', { name: 'MailFromDomainNotVerifiedException' }],
    ['server-error', { name: 'InternalFailure' }],
    ['reset', { message: 'read ECONNRESET' }],
  ];
  test.each(refusals)('%s: the email is not accepted, and the next one is', async (fault, error) => {
    const { server, send, events } = shared();
    server.faults.set(fault, { times: 1 });
    await expect(send('pat@example.com')).rejects.toMatchObject(error);
    expect(accepted()).toBe(0);
    await send('pat@example.com');
    await server.settled();
    expect(accepted()).toBe(1);
    expect(events).toHaveLength(2);
  });

  test.each(['reset-after-accept', 'silent-after-accept'] as const)(
    '%s: the sender gets no response, but the email and its events exist',
    async (fault) => {
      const { server, clientWith, send, events } = shared();
      server.faults.set(fault);
      await expect(send('pat@example.com', 'send-1', clientWith(2000))).rejects.toThrow();
      await server.settled();
      expect(accepted()).toBe(1);
      expect(typesOf(events)).toEqual(['Email Sent', 'Email Delivered']);
    },
  );

  test('can apply to some addresses only', async () => {
    const { server, send } = shared();
    server.faults.set('rejected', { to: (address) => address.startsWith('bad') });
    await send('good@example.com');
    await expect(send('bad@example.com')).rejects.toMatchObject({ name: 'MessageRejected' });
    server.faults.clear();
    await send('bad@example.com');
  });

  test('of the daily quota applies over 24 hours of the played clock, and not to the simulator', async () => {
    let now: UtcInstant = '2026-03-02T15:00:00Z';
    const { server, client, send } = await open({
      quota: { perDay: 2, perSecond: 7 },
      clock: { now: () => now },
    });
    await send('success@simulator.amazonses.com');
    await send('a@example.com');
    await send('b@example.com');
    await expect(send('c@example.com')).rejects.toMatchObject({ name: 'Throttling' });
    expect(await client.send(new GetSendQuotaCommand({}))).toMatchObject({
      Max24HourSend: 2,
      MaxSendRate: 7,
      SentLast24Hours: 2,
    });
    now = '2026-03-03T15:00:01Z';
    await send('c@example.com');
    await server.stop();
  });
});

describe('after kill -9', () => {
  const victim = fileURLToPath(new URL('../support/labs/victim-ses.ts', import.meta.url));

  test('every accepted email is kept, and its unfinished events are published again', async () => {
    const where = await newFolder();
    const killed = await startVictim(victim, [where]);
    const client = new SESClient({ ...localClientConfig(killed.details), maxAttempts: 1 });
    for (const to of ['a@example.com', 'b@example.com']) {
      const Tags = [{ Name: 'sendId', Value: to }];
      await client.send(
        new SendRawEmailCommand({ RawMessage: { Data: await mime(to) }, Destinations: [to], Tags }),
      );
    }
    await killed.kill();
    await appendFile(join(where, 'journal.jsonl'), '{"messageId":"cut sho');

    const { server, send, events } = await open({ folder: where });
    await server.settled();
    expect(server.inbox.list().map(({ sendId }) => sendId)).toEqual(['b@example.com', 'a@example.com']);
    expect(typesOf(events).toSorted()).toEqual([
      'Email Delivered',
      'Email Delivered',
      'Email Sent',
      'Email Sent',
    ]);
    await send('c@example.com');
    expect((await server.inbox.open(server.inbox.list().at(-1)?.messageId ?? ''))?.text).toContain('See');
    await server.stop();

    const again = await open({ folder: where });
    await again.server.settled();
    expect(again.server.inbox.count()).toBe(3);
    expect(again.events).toEqual([]);
    await again.server.stop();
  });
});
