import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import * as z from 'zod';
import { createHandler as createCheck } from '../../functions/check-drift/create-handler.ts';
import { createHandler as createEnroll } from '../../functions/enroll-episode/create-handler.ts';
import { createHandler as createReceive } from '../../functions/receive-procedure/create-handler.ts';
import { createHandler as createEmailEvent } from '../../functions/record-email-event/create-handler.ts';
import { createHandler as createCount } from '../../functions/roll-up-responses/create-handler.ts';
import { createHandler as createSend } from '../../functions/send-due-emails/create-handler.ts';
import { createHandler as createPages } from '../../functions/serve-survey/create-handler.ts';
import { createHandler as createStaff } from '../../functions/tell-staff/create-handler.ts';
import { type EmailServer, startEmailServer } from '../../infra/laptop/emulation/ses/email-server.ts';
import { linkKey } from '../../shared/care/patient/aws/keys.ts';
import { hashOfToken } from '../../shared/care/patient/links.ts';
import { hashedId } from '../../shared/platform/logging/hashed-id.ts';
import { commonFields, logEvents } from '../../shared/platform/logging/log-events.ts';
import { lambdaRuntime, type Runtime } from '../../shared/platform/logging/runtime.ts';
import { familyIds } from '../../shared/protocol/families.ts';
import {
  busEvent,
  context,
  type FunctionLab,
  pageEvent,
  sesEvent,
  startFunctionLab,
  streamBatch,
  type World,
} from '../support/labs/function-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { recordedLines } from '../support/logs/recorded-lines.ts';

let lab: FunctionLab;
let server: EmailServer;
let world: World;
const newFolder = temporaryFolders();
beforeAll(async () => {
  server = await startEmailServer({
    folder: await newFolder(),
    clock: { now: () => world.runtime.clock.now() },
    onEvent: async () => undefined,
  });
  lab = await startFunctionLab(server.endpoint);
  world = await lab.fresh('2026-03-02T21:00:00Z');
});
afterAll(async () => {
  await lab.stop();
  await server.stop();
});

/** What must never be logged: whom it is about, what was done, what was answered, ids that are not hashed. */
const secrets = [
  'maria',
  'example.com',
  'Lakeside',
  'improvementPercent',
  '"p-1"',
  'PATIENT#',
  'no-such-page',
  ...familyIds,
];

const thrown: string[] = [];
const quietly = async <T>(run: () => Promise<T>): Promise<T | undefined> => {
  try {
    return await run();
  } catch (error) {
    thrown.push(error instanceof Error ? `${error.name} ${error.message} ${error.stack}` : String(error));
    return undefined;
  }
};

/** The runtimes of the functions on Lambda, but for the clock. */
const runtimeOf = (name: string): Runtime => ({ ...lambdaRuntime(name), clock: world.runtime.clock });

/** One patient's whole way through every function, with every kind of mishap on it. Returns the tokens it used. */
const wholeWay = async (): Promise<readonly string[]> => {
  const { environment } = world;
  const enroll = createEnroll(environment, runtimeOf('enroll-episode'));
  const send = createSend(environment, runtimeOf('send-due-emails'));
  const pages = createPages(environment, runtimeOf('serve-survey'));
  const emailEvent = createEmailEvent(environment, runtimeOf('record-email-event'));
  const count = createCount(environment, runtimeOf('roll-up-responses'));
  const check = createCheck(environment, runtimeOf('check-drift'));
  const staff = createStaff(environment, runtimeOf('tell-staff'));
  const receive = createReceive(environment, runtimeOf('receive-procedure'));
  const broken = (sk: string, pk = 'PATIENT#broken') =>
    world.document.send(
      new PutCommand({
        TableName: world.tables.care,
        Item: {
          pk,
          sk,
          revision: 'maria@example.com',
          dueShard: 'DUE#1',
          nextDueAt: '2026-03-01T00:00:00Z',
        },
      }),
    );

  world.at('2026-03-02T21:00:00Z');
  await enroll(busEvent(), context);
  await quietly(() => enroll(busEvent({ patient: { id: 'p-1', email: 'maria at example.com' } }), context));
  await quietly(() =>
    enroll(busEvent({ procedure: { id: 's', codes: [{ system: 'X', code: 'mild' }] } }), context),
  );
  await quietly(() => enroll({ 'detail-type': 'maria@example.com' }, context));
  await broken('EPISODE#2026-03-02#mild');

  const tokens: string[] = [];
  for (const [fault, at] of [
    ['rejected', '2026-03-02T23:00:00Z'],
    ['throttled', '2026-03-16T14:00:00Z'],
    ['reset', '2026-03-16T14:10:00Z'],
    [undefined, '2026-03-19T14:00:00Z'],
  ] as const) {
    world.at(at);
    server.faults.clear();
    if (fault !== undefined) server.faults.set(fault);
    await quietly(() => send({}, context));
  }
  const [email] = server.inbox.list();
  const opened = await server.inbox.open(email?.messageId ?? '');
  for (const [, token = ''] of opened?.links.join(' ').matchAll(/\/[suh]\/([\w-]+)/g) ?? [])
    tokens.push(token);
  const [token = ''] = tokens;
  for (const call of [
    {},
    { form: { condition: 'better', improvementPercent: '200' } },
    { form: { condition: 'better', improvementPercent: '60' } },
    { body: 'maria@example.com', headers: { 'content-type': 'text/maria' } },
    { method: 'DELETE' },
  ]) {
    await quietly(() => pages(pageEvent(`/s/${token}`, call), context));
  }
  await quietly(() => pages(pageEvent(`/u/${token}`, { form: { action: 'stop' } }), context));
  await quietly(() => pages(pageEvent('/s/maria@example.com'), context));
  await quietly(() => pages(pageEvent('/no-such-page/maria'), context));
  await emailEvent(sesEvent('Delivery', email?.sendId ?? ''), context);
  await quietly(() =>
    emailEvent({ source: 'aws.ses', detail: { eventType: ['maria@example.com'] } }, context),
  );
  await broken('PROFILE');
  await quietly(() =>
    count(
      streamBatch([
        { pk: 'PATIENT#p-1', sk: 'PROFILE' },
        { pk: 'PATIENT#broken', sk: 'PROFILE' },
      ]),
      context,
    ),
  );
  await quietly(() => check({}, context));
  server.faults.set('throttled');
  await quietly(() =>
    staff(streamBatch([{ pk: 'PATIENT#maria', sk: 'NOTICE#2026#call-me' }], 'INSERT'), context),
  );
  server.faults.clear();
  await broken('PROFILE', 'PATIENT#p-1');
  await pages(pageEvent(`/s/${token}`), context);
  await pages(pageEvent(`/u/${token}`, { form: { action: 'stop', sure: 'yes' } }), context);
  const { detail } = busEvent();
  const headers = { 'content-type': 'application/json' };
  await receive(pageEvent('/procedures', { body: JSON.stringify(detail), headers }), context);
  await receive(pageEvent('/procedures', { body: '{"patient":{"maria":1}}', headers }), context);
  await quietly(async () =>
    createEnroll({ ...environment, DEFAULT_ZONE: 'maria@example.com' }, runtimeOf('x')),
  );
  return tokens;
};

const logLine = z.looseObject({ message: z.string(), level: z.string(), requestId: z.string() });

describe('what the functions say', () => {
  it('holds nobody, nothing that was done to anybody, and no key to anything', async () => {
    let tokens: readonly string[] = [];
    const written = await recordedLines(async () => {
      tokens = await wholeWay();
    });
    expect(tokens.length).toBeGreaterThan(0);
    for (const word of [...written, ...thrown]) {
      for (const secret of [...secrets, ...tokens]) {
        expect(word.toLowerCase()).not.toContain(secret.toLowerCase());
      }
    }
    const lines = written
      .filter((line) => !line.includes('"_aws"'))
      .map((line) => logLine.parse(JSON.parse(line)));
    expect(lines.length).toBeGreaterThan(12);

    const codes = new Set(lines.map(({ message }) => message));
    expect([...codes]).toEqual(
      expect.arrayContaining([
        'event.accepted',
        'email.not-sent',
        'episode.not-handled',
        'patient.not-counted',
        'count.not-done',
        'staff.not-told',
        'http.unexpected-error',
        'invocation.failed',
      ]),
    );
    const catalogue = new Map<string, (typeof logEvents)[keyof typeof logEvents]>(Object.entries(logEvents));
    for (const { message, level, timestamp, ...fields } of lines) {
      const event = catalogue.get(message);
      expect([message, level]).toEqual([message, event?.level]);
      expect(Number.isNaN(Date.parse(String(timestamp)))).toBe(false);
      const known = [...Object.keys(commonFields), ...Object.keys(event?.fields ?? {})];
      expect(known).toEqual(expect.arrayContaining(Object.keys(fields)));
    }
  });

  it('names a failed request by its route and its patient, and shows where it failed', async () => {
    const pages = createPages(world.environment, runtimeOf('serve-survey'));
    await world.document.send(
      new PutCommand({
        TableName: world.tables.care,
        Item: {
          ...linkKey(hashOfToken('token-of-a-damaged-patient')),
          tokenHash: hashOfToken('token-of-a-damaged-patient'),
          patientId: 'broken',
          family: 'mild',
          serviceDate: '2026-03-02',
          planVersion: 1,
          touchpoint: '2w',
          createdAt: '2026-03-16T14:00:00Z',
          expiresAt: '2027-03-16T14:00:00Z',
        },
      }),
    );
    const [line = '{}'] = await recordedLines(() =>
      pages(pageEvent('/s/token-of-a-damaged-patient'), context),
    );
    expect(JSON.parse(line)).toMatchObject({
      message: 'http.unexpected-error',
      service: 'serve-survey',
      requestId: 'request-1',
      route: 'GET /s/{token}',
      patient: hashedId('broken'),
      episode: hashedId('broken 2026-03-02#mild'),
      error: expect.stringContaining('ZodError'),
      stack: expect.stringMatching(/^at /),
      paths: expect.stringContaining('revision'),
    });
    expect(line).not.toContain('maria');
  });

  it('on Lambda is one line of JSON each, with nothing of the process added', () => {
    const lines: string[] = [];
    vi.stubEnv('SECRET_OF_THE_PROCESS', 'maria@example.com');
    vi.stubEnv('METRICS_NAMESPACE', 'Aftercare-test');
    const spy = vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      lines.push(...String(text).trim().split('\n'));
      return true;
    });
    const { log, metrics } = lambdaRuntime('send-due-emails');
    log.info('sweep.done', { sent: 3, putOff: 0, stopped: 0, failed: 0, ambiguous: 0, broken: 0 });
    metrics.add('EmailSent', 3);
    spy.mockRestore();
    vi.unstubAllEnvs();
    const said = lines.map((line): unknown => JSON.parse(line));
    expect(said).toMatchObject([{ message: 'sweep.done', sent: 3 }, { EmailSent: 3 }]);
    expect(lines[1]).toContain('"Namespace":"Aftercare-test"');
    expect(lines.join('')).not.toContain('maria');
  });
});
