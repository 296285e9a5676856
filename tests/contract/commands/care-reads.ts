import type { CareWrite } from '../../../shared/care/patient/care-writes.ts';
import { patientId, sourceId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import { anEpisode, aProfile, aResponse, thePatient } from '../../support/samples/builders.ts';
import { type AccessPattern, type Adapters, all } from './adapters.ts';

const commit =
  (...writes: readonly CareWrite[]) =>
  ({ careStoreOn }: Adapters) =>
    careStoreOn.commit(writes);

const twoPatients = commit(
  { kind: 'profile', item: aProfile() },
  { kind: 'profile', item: aProfile({ patientId: patientId('p-2') }) },
);

const tokenHash = hashOfToken('a-token');

/** How one patient is found, and how all are. */
export const careReads: readonly AccessPattern[] = [
  {
    promise: 'a decision is made from everything stored about the patient, as of now',
    method: 'careStoreOn.load',
    given: commit({ kind: 'profile', item: aProfile() }, { kind: 'response', item: aResponse() }),
    run: ({ careStoreOn }) => careStoreOn.load(thePatient),
    sends: [
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-1' },
        },
      },
    ],
  },
  {
    promise: 'a sweep asks the index for the oldest due episodes of a shard, up to its limit',
    method: 'careStoreOn.due',
    given: commit({ kind: 'episode', item: anEpisode() }),
    run: ({ careStoreOn }) => careStoreOn.due(0, '2026-03-02T23:00:00Z', 25),
    sends: [
      {
        Query: {
          TableName: 'care',
          IndexName: 'due',
          Limit: 25,
          KeyConditionExpression: 'dueShard = :shard AND nextDueAt <= :until',
          ExpressionAttributeValues: { ':shard': 'DUE#0', ':until': '2026-03-02T23:00:00Z' },
        },
      },
    ],
  },
  {
    promise: 'a link is found by the hash of its token alone',
    method: 'careStoreOn.findLink',
    run: ({ careStoreOn }) => careStoreOn.findLink(tokenHash),
    sends: [
      {
        GetItem: {
          TableName: 'care',
          Key: { pk: 'LINK#H2B246R7od7QgCX_4G5XryF8FPlAfzP7pQ-ZsccBk4c', sk: 'LINK' },
          ConsistentRead: true,
        },
      },
    ],
  },
  {
    promise: 'whose a procedure record is, is found by the record alone, as of now',
    method: 'careStoreOn.findOwner',
    run: ({ careStoreOn }) => careStoreOn.findOwner(sourceId('s-1')),
    sends: [{ GetItem: { TableName: 'care', ConsistentRead: true, Key: { pk: 'RECORD#s-1', sk: 'OWNER' } } }],
  },
  {
    promise:
      'a delivery is noted once, only where an email was sent, and makes writers that read before it lose',
    method: 'careStoreOn.noteDelivery',
    given: commit({
      kind: 'episode',
      item: anEpisode({ touchpoints: { '2w': { status: 'emailed', emails: 1 } } }),
    }),
    run: ({ careStoreOn }) => careStoreOn.noteDelivery(anEpisode(), '2w'),
    sends: [
      {
        UpdateItem: {
          TableName: 'care',
          Key: { pk: 'PATIENT#p-1', sk: 'EPISODE#2026-03-02#epidural-steroid-injection' },
          UpdateExpression: 'SET touchpoints.#touchpoint.delivered = :yes ADD revision :one',
          ConditionExpression:
            'touchpoints.#touchpoint.emails > :none AND attribute_not_exists(touchpoints.#touchpoint.delivered)',
          ExpressionAttributeNames: { '#touchpoint': '2w' },
          ExpressionAttributeValues: { ':none': 0, ':yes': true, ':one': 1 },
        },
      },
    ],
  },
  {
    promise: 'a scan finds the patients, and each record is then read whole and as of now',
    method: 'careScanOn.patients',
    given: twoPatients,
    run: async ({ careScanOn }) =>
      (await all(careScanOn.patients())).toSorted((a, b) => a.patientId.localeCompare(b.patientId)),
    sends: [
      {
        Scan: {
          TableName: 'care',
          ProjectionExpression: 'pk',
          FilterExpression: 'sk = :profile',
          ExpressionAttributeValues: { ':profile': 'PROFILE' },
        },
      },
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-1' },
        },
      },
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-2' },
        },
      },
    ],
  },
  {
    promise: 'whether a patient was erased is asked as of now, under a hash of the id',
    method: 'erasedPatientsOn.wasErased',
    run: ({ erasedPatientsOn }) => erasedPatientsOn.wasErased(thePatient),
    sends: [
      {
        GetItem: {
          TableName: 'care',
          Key: {
            pk: 'ERASED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
            sk: 'ERASED',
          },
          ConsistentRead: true,
        },
      },
    ],
  },
  {
    promise: 'staff notices are found from an instant on, inclusive',
    method: 'noticeStoreOn.since',
    given: commit(
      { kind: 'notice', item: { patientId: thePatient, kind: 'call-me', at: '2026-03-02T20:00:00Z' } },
      { kind: 'notice', item: { patientId: thePatient, kind: 'call-me', at: '2026-03-02T22:00:00Z' } },
    ),
    run: ({ noticeStoreOn }) => noticeStoreOn.since('2026-03-02T20:00:00Z'),
    sends: [
      {
        Scan: {
          TableName: 'care',
          FilterExpression: 'begins_with(sk, :notice) AND #at >= :since',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':notice': 'NOTICE#', ':since': '2026-03-02T20:00:00Z' },
        },
      },
    ],
  },
  {
    promise: 'the pause costs a sender half a read unit',
    method: 'pauseStoreOn.read',
    run: ({ pauseStoreOn }) => pauseStoreOn.read(),
    sends: [{ GetItem: { TableName: 'care', Key: { pk: 'CLINIC', sk: 'PAUSE' } } }],
  },
  {
    promise: 'a pause replaces the one before it, whatever that was',
    method: 'pauseStoreOn.write',
    run: ({ pauseStoreOn }) => pauseStoreOn.write({ since: '2026-03-02T20:00:00Z', reach: 'email' }),
    sends: [
      {
        PutItem: {
          TableName: 'care',
          Item: { pk: 'CLINIC', sk: 'PAUSE', since: '2026-03-02T20:00:00Z', reach: 'email' },
        },
      },
    ],
  },
  {
    promise: 'a pause ends without a trace',
    method: 'pauseStoreOn.clear',
    run: ({ pauseStoreOn }) => pauseStoreOn.clear(),
    sends: [{ DeleteItem: { TableName: 'care', Key: { pk: 'CLINIC', sk: 'PAUSE' } } }],
  },
];
