import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler as createEnroll } from '../../functions/enroll-episode/create-handler.ts';
import { createHandler as createReceiver } from '../../functions/receive-procedure/create-handler.ts';
import { createHandler as createCount } from '../../functions/roll-up-responses/create-handler.ts';
import { patientId } from '../../shared/care/patient/ids.ts';
import { stopOf } from '../../shared/care/patient/stop-facts.ts';
import { countingScanOn, countingStoreOn } from '../../shared/counting/aws/counting-store.ts';
import { compareCountsWith } from '../../shared/counting/check-drift.ts';
import { cellStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import { busy } from '../../shared/platform/contention.ts';
import {
  busEvent,
  context as oneContext,
  startFunctionLab,
  streamBatch,
} from '../support/labs/function-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { type SurveyWorld, shown, surveyWorld, token } from '../support/labs/survey-lab.ts';
import { receiverHarness, request } from './receive-procedure/harness.ts';

const lab = sharedLab(startFunctionLab);

/** With time enough for 30 writers that share this machine. */
const context = { ...oneContext, getRemainingTimeInMillis: () => 60_000 };

const thirty = Array.from({ length: 30 }, (_, index) => index);

const patient = patientId('p-1');

const day = (index: number): string => String(1 + (index % 28)).padStart(2, '0');

const procedure = (index: number) => ({
  version: 1,
  eventId: `many-${index}`,
  reportedAt: '2026-03-02T20:00:00Z',
  patient: { id: 'p-1', email: 'maria@example.com' },
  procedure: {
    id: `many-${index}`,
    codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection' }],
    performedAt: `2026-0${1 + Math.floor(index / 28)}-${day(index)}`,
  },
});

const contact = (index: number) => ({
  version: 1,
  eventId: `contact-${index}`,
  reportedAt: `2026-03-03T10:00:${String(index).padStart(2, '0')}Z`,
  patient: { id: 'p-1', email: `maria-${index}@example.com` },
});

describe('30 messages about one patient at once', () => {
  it('over HTTP, each another procedure: all are accepted, and every one is stored once', async () => {
    const world = await lab().fresh();
    const receive = createReceiver(world.environment, world.runtime);
    const responses = await Promise.all(
      thirty.map((index) => receive(request('/procedures', JSON.stringify(procedure(index))), context)),
    );
    expect(world.said.filter(({ level }) => level !== 'info')).toEqual([]);
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([201]));
    const record = await world.store.load(patient);
    expect(record.episodes).toHaveLength(30);
    expect(record.sources).toHaveLength(30);
  });

  it('over HTTP, each another address: all are accepted, and the newest address stands', async () => {
    const world = await lab().fresh();
    const receive = createReceiver(world.environment, world.runtime);
    const responses = await Promise.all(
      thirty.map((index) => receive(request('/contacts', JSON.stringify(contact(index))), context)),
    );
    expect(new Set(responses.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    expect((await world.store.load(patient)).profile?.email).toBe('maria-29@example.com');
  });

  it('over the bus: none is handed back', async () => {
    const world = await lab().fresh();
    const enroll = createEnroll(world.environment, world.runtime);
    await Promise.all(thirty.map((index) => enroll(busEvent(procedure(index)), context)));
    expect((await world.store.load(patient)).episodes).toHaveLength(30);
  });
});

describe('30 requests for one page at once', () => {
  let survey: SurveyWorld;
  beforeEach(async () => {
    survey = await surveyWorld(lab());
  });

  it('each with other answers: as many as anybody may send are stored, each as a revision with an audit entry', async () => {
    const responses = await Promise.all(
      thirty.map((index) =>
        survey.ask(`/s/${token}`, {
          form: { shown, condition: 'better', improvementPercent: String(60 + index) },
        }),
      ),
    );
    const statuses = Map.groupBy(responses, ({ status }) => status);
    expect([...statuses].map(([status, all]) => [status, all.length]).toSorted()).toEqual([
      [303, 20],
      [429, 10],
    ]);
    expect((await survey.world.store.load(patient)).responses).toMatchObject([{ revision: 20 }]);
    const kept = (await survey.world.everything()).filter(({ sk }) => String(sk).startsWith('REVISION#'));
    const revisions = kept.map(({ sk }) => Number(String(sk).split('#').at(-1)));
    expect(revisions.toSorted((a, b) => a - b)).toEqual(thirty.slice(0, kept.length).map((at) => at + 1));
    expect(kept.length).toBeGreaterThanOrEqual(19);
    const actions = (await survey.world.everything())
      .filter(({ pk }) => String(pk).startsWith('AUDIT#'))
      .map(({ action }) => action);
    expect(actions).toEqual(Array.from({ length: 19 }, () => 'answer-changed'));
  });

  it('each with the first draft: all are saved, as one', async () => {
    const responses = await Promise.all(
      thirty.map((index) =>
        survey.ask(`/s/${token}`, {
          form: { save: 'draft', shown, condition: 'better', improvementPercent: String(60 + index) },
        }),
      ),
    );
    expect(responses.filter(({ status }) => status !== undefined && status >= 500)).toEqual([]);
  });

  it('that stop and resume: one state in the end, the same for the profile and its episodes', async () => {
    const responses = await Promise.all(
      thirty.map((index) =>
        survey.ask(`/u/${token}`, { form: { action: index % 2 === 0 ? 'stop' : 'resume', sure: 'yes' } }),
      ),
    );
    expect(new Set(responses.map(({ status }) => status))).toEqual(new Set([200]));
    const { profile, episodes } = await survey.world.store.load(patient);
    const isStopped = profile !== undefined && stopOf(profile) !== undefined;
    expect(episodes.map(({ status }) => status)).toEqual([isStopped ? 'stopped' : 'active']);
  });
});

describe('30 counters of one patient at once', () => {
  it('count once', async () => {
    const world = await lab().fresh();
    const enroll = createEnroll(world.environment, world.runtime);
    await enroll(busEvent(), context);
    const count = createCount(world.environment, world.runtime);
    const batch = streamBatch([{ pk: 'PATIENT#p-1', sk: 'PROFILE' }]);
    const results = await Promise.all(thirty.map(() => count(batch, context)));
    expect(results).toEqual(thirty.map(() => ({ batchItemFailures: [] })));
    const countingScan = countingScanOn(
      world.document,
      world.tables.care,
      countingStoreOn(world.document, world.tables),
    );
    const cells = cellStoreOn(world.document, world.tables.outcomes);
    expect(await compareCountsWith({ countingScan, cells })()).toEqual({
      patients: 1,
      uncounted: [],
      differences: [],
    });
  });
});

describe('a store that stays busy', () => {
  const isBusy = async (): Promise<never> => {
    throw busy('A record changed under 14 attempts to write it.');
  };

  it.each([
    ['/procedures', procedure(1)],
    ['/contacts', contact(1)],
  ])('is a 503 that says when to send %s again, and no fault of ours', async (path, body) => {
    const { call, logged, measured } = receiverHarness({ accept: isBusy, acceptContact: isBusy });
    const response = await call(request(path, JSON.stringify(body)));
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('2');
    expect(response.type).toBe('application/problem+json');
    expect(logged.map(({ code }) => code)).toEqual(['http.busy']);
    expect(measured.get('Failed')).toBeUndefined();
  });

  it('is a transient OperationOutcome for FHIR', async () => {
    const { call } = receiverHarness({ accept: isBusy, acceptContact: isBusy });
    const resource = {
      resourceType: 'Procedure',
      id: 's-1',
      status: 'completed',
      subject: { reference: 'Patient/p-1' },
      performedDateTime: '2026-03-02',
      code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '62323' }] },
    };
    const response = await call(
      request('/fhir/Procedure', JSON.stringify(resource), { 'content-type': 'application/fhir+json' }),
    );
    expect(response.status).toBe(503);
    expect(response.headers['retry-after']).toBe('2');
    expect(response.body).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'transient' }] });
  });
});
