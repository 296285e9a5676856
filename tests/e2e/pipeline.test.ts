import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventRoute } from '../../infra/laptop/console/event-route.ts';
import { localTables } from '../../infra/laptop/emulation/functions/laptop-functions.ts';
import { type Laptop, startLaptop } from '../../infra/laptop/laptop.ts';
import { patientId } from '../../shared/care/patient/ids.ts';
import { cellStoreOn } from '../../shared/outcomes/cells/aws/cell-store.ts';
import type { Cell } from '../../shared/outcomes/cells/contribution.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

const newFolder = temporaryFolders();

let laptop: Laptop;

beforeAll(async () => {
  laptop = await startLaptop({
    folder: await newFolder(),
    port: 0,
    clockMode: 'frozen',
    startAt: '2026-03-02T17:00:00Z',
    extraRoutes: (running) => [eventRoute(running)],
  });
});

afterAll(() => laptop?.stop());

const postEvent = () =>
  fetch(`${laptop.origin}/local/events`, {
    method: 'POST',
    body: JSON.stringify({
      Source: 'clinic.ehr',
      DetailType: 'Procedure Completed',
      Detail: JSON.stringify({
        version: 1,
        eventId: 'event-1',
        reportedAt: '2026-03-02T16:00:00Z',
        patient: { id: 'p-event', email: 'success+event@simulator.amazonses.com' },
        procedure: {
          id: 'proc-1',
          codes: [{ system: 'CPT', code: '64493' }],
          performedAt: '2026-03-02T10:00:00-05:00',
          intent: 'therapeutic',
        },
      }),
    }),
  });

const postFhir = (resource: object) =>
  fetch(`${laptop.origin}/fhir/Procedure`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify(resource),
  });

const fhirProcedure = {
  resourceType: 'Procedure',
  id: 'proc-2',
  meta: { lastUpdated: '2026-03-02T16:00:00Z' },
  status: 'completed',
  code: { coding: [{ system: 'http://www.ama-assn.org/go/cpt', code: '62323' }] },
  subject: { reference: '#p' },
  performedDateTime: '2026-03-02T09:30:00-05:00',
  contained: [
    {
      resourceType: 'Patient',
      id: 'p',
      identifier: [{ system: 'urn:clinic:patient', value: 'p-fhir' }],
      telecom: [{ system: 'email', value: 'success+fhir@simulator.amazonses.com' }],
    },
  ],
};

const emailsTo = (mailbox: string) =>
  laptop.email.inbox.list({ to: `success+${mailbox}@simulator.amazonses.com` });

const surveyLinkOf = async (mailbox: string): Promise<string> => {
  const [newest] = emailsTo(mailbox);
  const email = newest === undefined ? undefined : await laptop.email.inbox.open(newest.messageId);
  return email?.links.find((link) => link.includes('/s/'))?.split('?')[0] ?? '';
};

const post = (url: string, fields: Readonly<Record<string, string>>) =>
  fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(fields).toString(),
  });

const cellOf = async (timepoint: Cell['timepoint']) => {
  await laptop.pump.drain();
  const cells = await cellStoreOn(laptop.documents, localTables.outcomes).cells('overall');
  return cells.find((cell) => cell.timepoint === timepoint)?.counts ?? {};
};

/** Two patients take the same path, one reported by an event on the bus, the other by a resource over HTTP. */
describe('from a completed procedure to the counts', () => {
  it('starts one episode for each of the two, and none for a repeated report', async () => {
    expect((await postEvent()).status).toBe(200);
    expect((await postFhir(fhirProcedure)).status).toBe(201);
    expect(await cellOf('enrolled')).toMatchObject({ eligible: 2, reachable: 2 });
    const before = await laptop.store.load(patientId('p-fhir'));

    await postEvent();
    expect((await postFhir(fhirProcedure)).status).toBe(200);
    await postFhir({ ...fhirProcedure, id: 'proc-3' });
    expect(await cellOf('enrolled')).toMatchObject({ eligible: 2, reachable: 2 });
    const after = await laptop.store.load(patientId('p-fhir'));
    expect(after.episodes).toHaveLength(1);
    expect(after.episodes[0]?.nextDueAt).toBe(before.episodes[0]?.nextDueAt);
  });

  it('emails the instructions the same evening and the first survey after two weeks', async () => {
    await laptop.rules.moveTo('2026-03-02T23:30:00Z');
    expect(emailsTo('event').map(({ at }) => at)).toEqual(['2026-03-02T23:00:00Z']);
    expect(emailsTo('fhir')).toHaveLength(1);
    await laptop.rules.moveTo('2026-03-16T14:30:00Z');
    expect(emailsTo('event').map(({ at }) => at)).toEqual(['2026-03-16T14:00:00Z', '2026-03-02T23:00:00Z']);
    expect(emailsTo('fhir')).toHaveLength(2);
    expect(await cellOf('2w')).toMatchObject({ emailed: 2, delivered: 2 });
  });

  it.each(['event', 'fhir'])(
    'opens the survey through the link in the email and counts its answers once (%s)',
    async (who) => {
      const before = await cellOf('2w');
      const link = await surveyLinkOf(who);
      const page = await fetch(link);
      expect(page.status).toBe(200);
      const shown = /name="shown" value="([^"]+)"/.exec(await page.text())?.[1] ?? '';
      laptop.clock.advance(60_000);
      expect(await cellOf('2w')).toEqual(before);

      const answers = {
        condition: 'better',
        improvementPercent: '60',
        qualityOfLife: 'better',
        pain: 'same',
        shown,
      };
      expect((await post(link, answers)).status).toBe(200);
      const after = await cellOf('2w');
      expect(after['improved:x']).toBe((before['improved:x'] ?? 0) + 1);
      expect(after['less-pain:n']).toBe((before['less-pain:n'] ?? 0) + 1);
      expect(after['less-pain:x']).toBe(before['less-pain:x']);

      expect((await post(link, answers)).status).toBe(200);
      expect(await cellOf('2w')).toEqual(after);
    },
  );

  it('sends no reminder to a patient who answered', async () => {
    const before = emailsTo('event').length;
    await laptop.rules.moveTo('2026-03-25T20:00:00Z');
    expect(emailsTo('event')).toHaveLength(before);
  });

  it('notifies staff within the minute that a patient wants a call, without naming the patient', async () => {
    const staff = () => laptop.email.inbox.list({ to: 'care-team@clinic.example' });
    expect(staff()).toEqual([]);
    const help = (await surveyLinkOf('event')).replace('/s/', '/h/');
    expect((await post(help, { action: 'call-me', sure: 'yes' })).status).toBe(200);
    await laptop.pump.drain();
    expect(staff().map(({ at }) => at)).toEqual([laptop.clock.now()]);
    const text = (await laptop.email.inbox.open(staff()[0]?.messageId ?? ''))?.text ?? '';
    expect(text).toContain('npm run ops -- worklist');
    expect(text).not.toMatch(/p-event|success/);
  });

  it('turns a malformed event into a dead letter, rejects a malformed resource with the reason, and stores neither', async () => {
    const before = laptop.deadLetters.list().length;
    const event = await fetch(`${laptop.origin}/local/events`, {
      method: 'POST',
      body: JSON.stringify({ Source: 'x', DetailType: 'Procedure Completed', Detail: { version: 1 } }),
    });
    expect(await event.json()).toMatchObject({ deadLetters: [expect.stringContaining('detail.patient')] });
    expect(laptop.deadLetters.list()).toHaveLength(before + 1);

    const resource = await postFhir({ ...fhirProcedure, performedDateTime: 'yesterday' });
    expect(resource.status).toBe(422);
    const outcome = await resource.json();
    expect(outcome).toMatchObject({ resourceType: 'OperationOutcome' });
    expect(JSON.stringify(outcome)).toContain('Procedure.performed');
    expect(await cellOf('enrolled')).toMatchObject({ eligible: 2 });
  });

  it('gets the same counts when it recounts from the records', async () => {
    await laptop.pump.drain();
    expect(await laptop.invoke('check-drift')).toEqual({ patients: 2, uncounted: 0, cells: 0 });
  });
});
