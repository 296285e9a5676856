import type { DynamoDBStreamEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createHandler as createPages } from '../../../functions/serve-survey/create-handler.ts';
import { createHandler } from '../../../functions/tell-staff/create-handler.ts';
import { type EmailServer, startEmailServer } from '../../../infra/laptop/emulation/ses/email-server.ts';
import {
  context,
  type FunctionLab,
  pageEvent,
  startFunctionLab,
  streamBatch,
} from '../../support/labs/function-lab.ts';
import { type SurveyWorld, surveyWorld, token } from '../../support/labs/survey-lab.ts';
import { temporaryFolders } from '../../support/labs/temporary-folder.ts';

let lab: FunctionLab;
let server: EmailServer;
let survey: SurveyWorld;
const newFolder = temporaryFolders();
beforeAll(async () => {
  server = await startEmailServer({
    folder: await newFolder(),
    clock: { now: () => '2026-03-18T03:00:00Z' },
    onEvent: async () => undefined,
  });
  lab = await startFunctionLab(server.endpoint);
});
afterAll(async () => {
  await lab.stop();
  await server.stop();
});
beforeEach(async () => {
  survey = await surveyWorld(lab);
});
afterEach(() => server.faults.clear());

const staff = 'care-team@clinic.example';
const emails = () => server.inbox.list({ to: staff });
const tell = (event: DynamoDBStreamEvent, environment = survey.world.environment) =>
  createHandler(environment, survey.world.runtime)(event, context);

const noticed = (...kinds: readonly string[]) =>
  streamBatch(
    kinds.map((kind) => ({ pk: 'PATIENT#maria', sk: `NOTICE#2026-03-18T03#${kind}` })),
    'INSERT',
  );

/** The keys of the notices that are stored, as the stream would bring them. */
const stored = async () =>
  (await survey.world.everything())
    .filter(({ sk }) => String(sk).startsWith('NOTICE#'))
    .map(({ pk, sk }) => ({ pk, sk }));

describe('a new notice', () => {
  it.each([
    ['call-me', 'For the care team: please look today'],
    ['wrong-person', 'For the care team: please look today'],
    ['warning-sign', 'For the care team: please look now'],
  ])('%s: "%s", at night too', async (kind, subject) => {
    const before = emails().length;
    survey.world.at('2026-03-18T03:00:00Z');
    expect(await tell(noticed(kind))).toBe('told');
    expect(emails().length).toBe(before + 1);
    expect(emails()[0]).toMatchObject({ subject, source: 'care@clinic.example', destination: [staff] });
    expect(survey.world.measured.get('NoticesTold')).toBe(1);
  });

  it('is told with others in one email, as urgent as the most urgent of them', async () => {
    const before = emails().length;
    await tell(noticed('call-me', 'warning-sign', 'call-me'));
    expect(emails().length).toBe(before + 1);
    expect(emails()[0]?.subject).toBe('For the care team: please look now');
  });

  it('names nobody and nothing in the whole message, and says where to look', async () => {
    await tell(noticed('warning-sign'));
    const raw = server.inbox.raw(emails()[0]?.messageId ?? '')?.toString('latin1') ?? '';
    expect(raw).toContain('npm run ops -- worklist');
    expect(raw).toMatch(/^Importance: high\r$/m);
    expect(raw).not.toMatch(/maria|p-1|warning|weak|numb|epidural|facet|mild|survey|List-Unsubscribe/i);
  });

  it('is in the language of the clinic', async () => {
    await tell(noticed('call-me'), { ...survey.world.environment, DEFAULT_LOCALE: 'es' });
    expect(emails()[0]?.subject).toBe('Para el equipo de cuidado: mire esto hoy');
  });

  it('of a patient who presses the button is the one that the page stored, and so is a warning sign', async () => {
    const pages = createPages(survey.world.environment, survey.world.runtime);
    await pages(pageEvent(`/h/${token}`, { form: { action: 'call-me', sure: 'yes' } }), context);
    await pages(pageEvent(`/s/${token}`, { form: { draft: '1', signs: 'yes' } }), context);
    const keys = await stored();
    expect(keys).toHaveLength(2);
    const before = emails().length;
    expect(await tell(streamBatch(keys, 'INSERT'))).toBe('told');
    expect(emails().length).toBe(before + 1);
  });

  it('asked for again within the hour is the same one: no second email', async () => {
    const press = () => survey.ask(`/h/${token}`, { form: { action: 'call-me', sure: 'yes' } });
    await press();
    survey.world.at('2026-03-17T15:20:00Z');
    await press();
    expect(await stored()).toHaveLength(1);
    survey.world.at('2026-03-17T16:00:00Z');
    await press();
    expect(await stored()).toHaveLength(2);
  });
});

describe('when the email does not go', () => {
  it.each(['throttled', 'sending-paused', 'rejected', 'reset', 'server-error'] as const)(
    '%s: it throws, so that the batch comes again, and then staff are told',
    async (fault) => {
      server.faults.set(fault);
      await expect(tell(noticed('call-me'))).rejects.toThrow('Staff were not told');
      expect(survey.world.said.map(({ code }) => code)).toEqual(['staff.not-told', 'invocation.failed']);
      expect(JSON.stringify(survey.world.said)).not.toMatch(/maria|care-team/);
      server.faults.clear();
      const before = emails().length;
      expect(await tell(noticed('call-me'))).toBe('told');
      expect(emails().length).toBe(before + 1);
    },
  );
});

describe('nobody is told', () => {
  it.each([
    ['of a notice that was only said again', streamBatch([{ pk: 'PATIENT#p', sk: 'NOTICE#2026#call-me' }])],
    [
      'of one that an erasure took away',
      streamBatch([{ pk: 'PATIENT#p', sk: 'NOTICE#2026#call-me' }], 'REMOVE'),
    ],
    ['of anything else', streamBatch([{ pk: 'PATIENT#p', sk: 'PROFILE' }], 'INSERT')],
    ['of nothing', streamBatch([])],
  ])('%s', async (_what, event) => {
    const before = emails().length;
    expect(await tell(event)).toBe('nothing-new');
    expect(emails().length).toBe(before);
  });

  it('where no address is set', async () => {
    const before = server.inbox.count();
    expect(await tell(noticed('call-me'), { ...survey.world.environment, STAFF_ADDRESS: '' })).toBe(
      'nobody-to-tell',
    );
    expect(server.inbox.count()).toBe(before);
  });
});
