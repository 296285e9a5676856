import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import type { FunctionName } from '../../../infra/functions.ts';
import { dueShardName, linkKey } from '../../../shared/care/patient/aws/keys.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { localDate } from '../../../shared/platform/time.ts';
import { busEvent, pageEvent, sesEvent, streamBatch } from '../../support/labs/function-lab.ts';
import { anEpisode, aProfile } from '../../support/samples/builders.ts';
import { storeCells } from '../../support/samples/stored-cells.ts';
import { cellsOf, facetMonths } from '../../unit/outcomes/clinic.ts';
import { type Invoked, originSecrets, type StageRuntime } from './stage-runtime.ts';

/** What each function was called with and what came of it: as on any day, and where something is broken. */
export type Day = Readonly<
  Record<FunctionName, { readonly fine: readonly Invoked[]; readonly failing: readonly Invoked[] }>
>;

const token = 'survey-token-0123456789ab';
const today = new Date().toISOString();
const dayBefore = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
/** The day of treatment whose two-week survey is open. */
const twoWeeksAgo = localDate(dayBefore(14));

const procedure = (patient: string, rest: Readonly<Record<string, unknown>> = {}) =>
  busEvent(
    {
      patient: { id: patient, email: `${patient}@example.com`, givenName: 'Maria' },
      procedure: {
        id: `s-${patient}`,
        codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection' }],
        performedAt: dayBefore(1),
      },
      ...rest,
    },
    'Procedure Completed',
    today,
  );

const contact = (patient: Readonly<Record<string, unknown>>, rest = {}) => ({
  ...busEvent({}, 'Contact Changed', today),
  detail: { version: 1, eventId: 'c-1', patient, ...rest },
});

const post = (body: unknown) =>
  pageEvent('/procedures', { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } });

/** A request as CloudFront passes it on. */
export const page = (path: string, secret: string = originSecrets.current) =>
  pageEvent(path, { headers: { 'x-origin-verify': secret } });

/** Months of answers whose windows closed not long ago, whenever the test runs. */
const closedMonths = () => {
  const now = new Date();
  return facetMonths((now.getUTCFullYear() - 2025) * 12 + now.getUTCMonth() + 1 - 8, 3);
};

/** Makes releases possible: counts that no patient is behind. */
export const storeAnswers = ({ document, tables }: StageRuntime) =>
  storeCells(document, tables.outcomes, cellsOf('facet-joint-injection', closedMonths()));

const linkTo = ({ document, tables }: StageRuntime, patientId: string, text: string) =>
  document.send(
    new PutCommand({
      TableName: tables.care,
      Item: {
        ...linkKey(hashOfToken(text)),
        tokenHash: hashOfToken(text),
        patientId,
        family: 'epidural-steroid-injection',
        serviceDate: twoWeeksAgo,
        planVersion: 1,
        touchpoint: '2w',
        createdAt: '2026-03-16T14:00:00Z',
        expiresAt: '9999-03-16T14:00:00Z',
      },
    }),
  );

/** Breaks a patient's item: its revision is no number, and it holds a name. */
const breakItem = ({ document, tables }: StageRuntime, pk: string, sk: string, rest = {}) =>
  document.send(
    new PutCommand({ TableName: tables.care, Item: { pk, sk, revision: 'maria@example.com', ...rest } }),
  );

/** Plays one day of all functions, in the order in which they depend on each other. */
export const playDay = async (stage: StageRuntime): Promise<Day> => {
  const { invoke, store, document, tables, email } = stage;
  const all = (name: FunctionName, events: readonly unknown[]) =>
    events.reduce<Promise<readonly Invoked[]>>(
      async (before, event) => [...(await before), await invoke(name, event)],
      Promise.resolve([]),
    );
  const notice = streamBatch([{ pk: 'PATIENT#maria', sk: 'NOTICE#2026-03-18T03#call-me' }], 'INSERT');

  const unknownCode = {
    id: 's-other',
    codes: [{ system: 'LOCAL', code: 'no-such-code' }],
    performedAt: dayBefore(1),
  };
  const enrolled = await all('enroll-episode', [
    procedure('maria'),
    procedure('maria'),
    procedure('maria', { procedure: unknownCode }),
    contact({ id: 'maria', email: 'other@example.com' }),
    contact({ id: 'maria', email: 'other@example.com' }),
  ]);
  const received = await all('receive-procedure', [post(procedure('rosa').detail)]);
  await store.commit([
    { kind: 'profile', item: aProfile() },
    { kind: 'episode', item: anEpisode({ serviceDate: twoWeeksAgo }) },
  ]);
  await linkTo(stage, 'p-1', token);
  const sent = await all('send-due-emails', [{}]);
  const gone = hashOfToken(token);
  const recorded = await all('record-email-event', [
    sesEvent('Delivery', gone),
    sesEvent('Bounce', gone, { bounce: { bounceType: 'Permanent', bouncedRecipients: [] } }),
    sesEvent('Complaint', gone, { complaint: { complainedRecipients: [] } }),
  ]);
  const opened = await all('serve-survey', [page(`/s/${token}`)]);
  const keys = ['p-1', 'maria', 'rosa'].map((id) => ({ pk: `PATIENT#${id}`, sk: 'PROFILE' }));
  const counted = await all('roll-up-responses', [streamBatch(keys)]);
  const proved = await all('check-drift', [{}]);
  const told = await all('tell-staff', [notice]);
  await storeAnswers(stage);
  const published = await all('publish-release', [{}]);
  const served = await all('serve-stats', [page('/stats'), page('/stats/latest.json')]);

  const drifted = await all('check-drift', [{}]);
  await breakItem(stage, 'PATIENT#broken', 'PROFILE');
  await breakItem(stage, 'PATIENT#broken', 'EPISODE#2026-03-02#mild', {
    dueShard: dueShardName(0),
    nextDueAt: '2026-03-10T14:00:00Z',
  });
  await linkTo(stage, 'broken', 'token-of-a-broken-patient');
  await document.send(
    new UpdateCommand({
      TableName: tables.outcomes,
      Key: { pk: 'RELEASES', sk: '00000001' },
      UpdateExpression: 'SET #digest = :other',
      ExpressionAttributeNames: { '#digest': 'digest' },
      ExpressionAttributeValues: { ':other': 'f'.repeat(64) },
    }),
  );
  await document.send(
    new PutCommand({
      TableName: tables.outcomes,
      Item: {
        pk: 'CELLS#facet-joint-injection',
        sk: `${twoWeeksAgo.slice(0, 7)}#3m`,
        answered: 'maria@example.com',
      },
    }),
  );
  email.faults.set('throttled');
  return {
    'enroll-episode': {
      fine: enrolled,
      failing: await all('enroll-episode', [procedure('maria', { procedure: { id: 'maria@example.com' } })]),
    },
    'receive-procedure': {
      fine: received,
      failing: await all('receive-procedure', [post(procedure('broken').detail)]),
    },
    'send-due-emails': { fine: sent, failing: await all('send-due-emails', [{}]) },
    'record-email-event': {
      fine: recorded,
      failing: await all('record-email-event', [
        { source: 'aws.ses', detail: { eventType: ['maria@example.com'] } },
      ]),
    },
    'serve-survey': {
      fine: opened,
      failing: await all('serve-survey', [page('/s/token-of-a-broken-patient')]),
    },
    'roll-up-responses': {
      fine: counted,
      failing: await all('roll-up-responses', [streamBatch([{ pk: 'PATIENT#broken', sk: 'PROFILE' }])]),
    },
    'publish-release': { fine: published, failing: await all('publish-release', [{}]) },
    'serve-stats': { fine: served, failing: await all('serve-stats', [page('/stats/latest.json')]) },
    'tell-staff': { fine: told, failing: await all('tell-staff', [notice]) },
    'check-drift': { fine: proved, failing: drifted },
  };
};
