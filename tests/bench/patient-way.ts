import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DynamoDBStreamsClient } from '@aws-sdk/client-dynamodb-streams';
import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { createHandler as createEnroll } from '../../functions/enroll-episode/create-handler.ts';
import { createHandler as createEmailEvent } from '../../functions/record-email-event/create-handler.ts';
import { createHandler as createCount } from '../../functions/roll-up-responses/create-handler.ts';
import { createHandler as createSend } from '../../functions/send-due-emails/create-handler.ts';
import { createHandler as createPages } from '../../functions/serve-survey/create-handler.ts';
import { startStreamPump } from '../../infra/laptop/emulation/dynamodb/stream-pump.ts';
import { localClientConfig } from '../../infra/laptop/emulation/functions/laptop-aws.ts';
import { startEmailServer } from '../../infra/laptop/emulation/ses/email-server.ts';
import { careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { isCountable } from '../../shared/care/patient/aws/keys.ts';
import { addSeconds } from '../../shared/platform/calendar.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { itemsFor } from '../../shared/protocol/instrument.ts';
import { busEvent, context, pageEvent, sesEvent, startFunctionLab } from '../support/labs/function-lab.ts';
import { meteringProxy } from './metering-proxy.ts';

type Item = Readonly<Record<string, unknown>>;

const scanAll = async (client: DynamoDBDocumentClient, TableName: string): Promise<readonly Item[]> => {
  const items: Item[] = [];
  for await (const page of paginateScan({ client }, { TableName })) items.push(...(page.Items ?? []));
  return items;
};

const secondsPerYear = 365 * 86_400;

/**
 * Size of an item in bytes times the part of the year that it is stored. JSON is about as long as DynamoDB's own
 * size, which adds 100 bytes an item. Items without a time to live count for the whole year.
 */
const byteYearsOf = (item: Item): number => {
  const bytes = Buffer.byteLength(JSON.stringify(item)) + 100;
  const { expiresOn, createdAt, savedAt } = item;
  if (typeof expiresOn !== 'number') return bytes;
  const kept = expiresOn - Date.parse(String(createdAt ?? savedAt)) / 1000;
  return bytes * Math.min(1, kept / secondsPerYear);
};

const family = 'facet-joint-injection';

/** The patient's answers, in the order of the questions. */
const answers: ReadonlyMap<string, string> = new Map([
  ['condition', 'better'],
  ['improvementPercent', '60'],
  ['qualityOfLife', 'better'],
  ['pain', 'better'],
  ['physicalFunction', 'better'],
  ['standingWalking', 'same'],
  ['nrsPain', '3'],
  ['pegPain', '3'],
  ['pegEnjoyment', '2'],
  ['pegActivity', '4'],
  ['pgic', '2'],
]);

/** Numbers of the emails that are answered, all of them invitations; the other surveys get two reminders in vain. */
const answeredEmails: ReadonlySet<number> = new Set([2, 3, 4]);

export type Step =
  | 'enroll'
  | 'due query'
  | 'email'
  | 'email event'
  | 'open page'
  | 'draft'
  | 'answer'
  | 'count';

/** A whole year of a clinic's patients. `units` sums what each kind of step consumed, over all patients. */
export type PatientWay = {
  readonly patients: number;
  readonly emails: number;
  readonly answers: number;
  readonly drafts: number;
  readonly units: ReadonlyMap<Step, Meter>;
  /** Requests that failed, for example by a lost race; should be 0. */
  readonly refused: number;
  /** Bytes in the care table, weighted with the part of the year that each item is kept. */
  readonly storedByteYears: number;
};

type Meter = { times: number; read: number; write: number };

const fieldsUpTo = (items: number): Readonly<Record<string, string>> =>
  Object.fromEntries(
    itemsFor(family)
      .slice(0, items)
      .map(({ id }) => [id, answers.get(id) ?? '']),
  );

const minutesAfter = (moment: UtcInstant, minutes: number): UtcInstant => addSeconds(moment, minutes * 60);

/**
 * Runs patients of the facet joint plan, all treated on one day, through the real handlers: five surveys, of which
 * three are answered after the invitation with a draft saved after each item, and two get two reminders; with SES's
 * two events for each email. Stream batches are those of its 20 s window: one for a wave of emails with its SES
 * events, one for each procedure, one for each response.
 */
export const walkPatientWay = async (patients: number): Promise<PatientWay> => {
  const folder = await mkdtemp(join(tmpdir(), 'aftercare-bench-'));
  let now: UtcInstant = '2026-03-02T21:00:00Z';
  const email = await startEmailServer({ folder, clock: { now: () => now }, onEvent: async () => undefined });
  const lab = await startFunctionLab(email.endpoint);
  const { tables, streamArn } = await lab.lab.freshTables();
  const world = await lab.fresh(now);
  const proxy = await meteringProxy(lab.lab.dynamoEndpoint);
  process.env['AWS_ENDPOINT_URL_DYNAMODB'] = proxy.endpoint;
  const environment = { ...world.environment, CARE_TABLE: tables.care, OUTCOMES_TABLE: tables.outcomes };
  const at = (moment: UtcInstant): void => {
    now = moment;
    world.at(moment);
  };

  const units = new Map<Step, Meter>();
  const meterOf = (step: Step): Meter => {
    const meter = units.get(step) ?? { times: 0, read: 0, write: 0 };
    units.set(step, meter);
    return meter;
  };
  let refused = 0;
  const step = async <T>(name: Step, run: () => Promise<T>): Promise<T> => {
    const result = await run();
    meterOf(name).times += 1;
    for (const { isRefused, index, read, write } of proxy.take()) {
      if (isRefused) refused += 1;
      const meter = meterOf(index === 'due' ? 'due query' : name);
      if (index === 'due') meter.times += 1;
      meter.read += read;
      meter.write += write;
    }
    return result;
  };

  const count = createCount(environment, world.runtime);
  const pump = startStreamPump({
    client: new DynamoDBStreamsClient(localClientConfig(lab.lab.dynamoEndpoint)),
    streamArn,
    handler: (event) => step('count', () => count(event, context)),
    checkpointFile: join(folder, 'stream.json'),
    pollMs: 0,
    accepts: ({ dynamodb }) => isCountable(dynamodb?.Keys?.['sk']?.S ?? ''),
  });
  const handlers = {
    enroll: createEnroll(environment, world.runtime),
    send: createSend(environment, world.runtime),
    emailEvent: createEmailEvent(environment, world.runtime),
    pages: createPages(environment, world.runtime),
  };
  const unmetered = careStoreOn(world.document, tables.care);
  const nextDueAt = async (): Promise<UtcInstant | undefined> => {
    const shards = Array.from({ length: dueShardCount }, (_, shard) => shard);
    const first = await Promise.all(shards.map((shard) => unmetered.due(shard, '9999-12-31T00:00:00Z', 1)));
    return first.flat().toSorted((a, b) => (a.nextDueAt < b.nextDueAt ? -1 : 1))[0]?.nextDueAt;
  };
  const inbox = () => email.inbox.list({ limit: 100_000 });
  const addressOf = (patient: number): string => `patient${patient}@example.com`;
  const tally = { emails: 0, answers: 0, drafts: 0 };

  const answerSurvey = async (messageId: string): Promise<void> => {
    const opened = await email.inbox.open(messageId);
    const path = new URL(opened?.links.find((url) => url.includes('/s/')) ?? '').pathname;
    const request = async (status: number, name: Step, form?: Readonly<Record<string, string>>) => {
      const event = pageEvent(path, form === undefined ? {} : { form });
      const { statusCode } = await step(name, () => handlers.pages(event, context));
      if (statusCode !== status) throw new Error(`${name}: HTTP ${statusCode}, expected ${status}.`);
    };
    const shown = now;
    await request(200, 'open page');
    at(minutesAfter(now, 3));
    const items = itemsFor(family).length;
    for (let item = 1; item <= items; item += 1) {
      await request(204, 'draft', { ...fieldsUpTo(item), shown, draft: '1' });
      tally.drafts += 1;
    }
    await request(303, 'answer', { ...fieldsUpTo(items), shown });
    tally.answers += 1;
    await pump.drain();
  };

  try {
    for (let patient = 0; patient < patients; patient += 1) {
      const detail = {
        eventId: `e-${patient}`,
        patient: {
          id: `p-${patient}`,
          email: addressOf(patient),
          locale: 'en',
          timeZone: 'America/New_York',
        },
        procedure: {
          id: `s-${patient}`,
          codes: [{ system: 'LOCAL', code: family }],
          performedAt: '2026-03-02',
        },
      };
      await step('enroll', () => handlers.enroll(busEvent(detail), context));
      await pump.drain();
    }
    for (let due = await nextDueAt(); due !== undefined; due = await nextDueAt()) {
      const known = inbox().length;
      at(due);
      await step('email', () => handlers.send({}, context));
      const fresh = inbox().slice(0, inbox().length - known);
      tally.emails += fresh.length;
      for (const { sendId } of fresh) {
        for (const kind of ['Send', 'Delivery']) {
          await step('email event', () => handlers.emailEvent(sesEvent(kind, sendId ?? ''), context));
        }
      }
      await pump.drain();
      if (fresh.length === 0 || !answeredEmails.has(tally.emails / patients)) continue;
      for (const { messageId } of fresh) await answerSurvey(messageId);
    }
    const everything = await scanAll(world.document, tables.care);
    const stored = everything.filter(({ sk }) => String(sk).startsWith('RESPONSE#'));
    if (stored.length !== tally.answers) throw new Error('A response was not stored.');
    const storedByteYears = everything.reduce((sum, item) => sum + byteYearsOf(item), 0);
    return { patients, ...tally, units, refused, storedByteYears };
  } finally {
    await pump.stop();
    await proxy.stop();
    await lab.stop();
    await email.stop();
    await rm(folder, { recursive: true, force: true });
  }
};
