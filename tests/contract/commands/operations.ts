import { patientId } from '../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../shared/care/patient/links.ts';
import type { Contribution } from '../../../shared/outcomes/cells/contribution.ts';
import { anEpisode, aProfile, aResponse, episodeIdFor, thePatient } from '../../support/samples/builders.ts';
import { type AccessPattern, type Adapters, all } from './adapters.ts';

const aPatient = async ({ careStoreOn }: Adapters): Promise<void> => {
  await careStoreOn.commit([
    { kind: 'profile', item: aProfile() },
    { kind: 'episode', item: anEpisode() },
    { kind: 'response', item: aResponse() },
  ]);
};

const twoLinks = async ({ careStoreOn }: Adapters): Promise<void> => {
  for (const token of ['token-1', 'token-2']) {
    await careStoreOn.commit([
      {
        kind: 'link',
        item: {
          tokenHash: hashOfToken(token),
          patientId: thePatient,
          episodeId: episodeIdFor('mild', '2026-03-02'),
          family: 'mild',
          serviceDate: '2026-03-02',
          planVersion: 1,
          touchpoint: '2w',
          createdAt: '2026-03-16T14:00:00Z',
          expiresAt: '2026-06-21T04:00:00Z',
        },
      },
    ]);
  }
};

const contribution: Contribution = new Map([['mild|2026-03|enrolled', new Set(['eligible'] as const)]]);

const counted = ({ countingStoreOn }: Adapters) =>
  countingStoreOn.apply([{ patientId: thePatient, expectedRevision: 0, contribution }], []);

/** How operations see the table of people, and how a patient is erased. */
export const operationsPatterns: readonly AccessPattern[] = [
  {
    promise: 'whether an erased patient was erased is asked as of now',
    method: 'erasureStoreOn.wasErased',
    run: ({ erasureStoreOn }) => erasureStoreOn.wasErased(thePatient),
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
    promise: 'whether anything is stored about a patient is asked as of now, by keys alone',
    method: 'erasureStoreOn.holds',
    given: aPatient,
    run: ({ erasureStoreOn }) => erasureStoreOn.holds(thePatient),
    sends: [
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          ProjectionExpression: 'pk, sk',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-1' },
        },
      },
    ],
  },
  {
    promise: 'an erasure keeps the time at which it was first recorded',
    method: 'erasureStoreOn.remember',
    run: ({ erasureStoreOn }) => erasureStoreOn.remember(thePatient, '2026-05-01T10:00:00Z'),
    sends: [
      {
        UpdateItem: {
          TableName: 'care',
          Key: {
            pk: 'ERASED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
            sk: 'ERASED',
          },
          ReturnValues: 'ALL_NEW',
          UpdateExpression: 'SET #at = if_not_exists(#at, :at)',
          ExpressionAttributeNames: { '#at': 'at' },
          ExpressionAttributeValues: { ':at': '2026-05-01T10:00:00Z' },
        },
      },
    ],
  },
  {
    promise: 'a marker is closed only as it was read, together with the residue',
    method: 'erasureStoreOn.close',
    given: counted,
    run: ({ erasureStoreOn }) =>
      erasureStoreOn.close({ patientId: thePatient, expectedRevision: 1, contribution: new Map() }, [
        { scope: 'mild', month: '2026-03', timepoint: 'enrolled', changes: { eligible: 1 } },
      ]),
    sends: [
      {
        TransactWriteItems: {
          TransactItems: [
            {
              Put: {
                Item: {
                  pk: 'COUNTED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
                  sk: 'COUNTED',
                  revision: 2,
                  contribution: {},
                  closed: true,
                },
                TableName: 'care',
                ConditionExpression: 'revision = :before',
                ExpressionAttributeValues: { ':before': 1 },
              },
            },
            {
              Update: {
                Key: { pk: 'RESIDUE#mild', sk: '2026-03#enrolled' },
                UpdateExpression: 'ADD #c0 :v0',
                TableName: 'outcomes',
                ExpressionAttributeNames: { '#c0': 'eligible' },
                ExpressionAttributeValues: { ':v0': 1 },
              },
            },
          ],
          ClientRequestToken: 'random',
        },
      },
    ],
  },
  {
    promise: 'a patient never counted gets a closed marker, so that nothing counts the patient meanwhile',
    method: 'erasureStoreOn.close',
    run: ({ erasureStoreOn }) =>
      erasureStoreOn.close({ patientId: thePatient, expectedRevision: 0, contribution: new Map() }, []),
    sends: [
      {
        TransactWriteItems: {
          TransactItems: [
            {
              Put: {
                Item: {
                  pk: 'COUNTED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
                  sk: 'COUNTED',
                  revision: 1,
                  contribution: {},
                  closed: true,
                },
                TableName: 'care',
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
          ],
          ClientRequestToken: 'random',
        },
      },
    ],
  },
  {
    promise: 'a record is deleted, the profile first, until nothing is found as of now',
    method: 'erasureStoreOn.removeRecord',
    given: async (adapters) => {
      await aPatient(adapters);
      await counted(adapters);
    },
    run: ({ erasureStoreOn }) => erasureStoreOn.removeRecord(thePatient),
    sends: [
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          ProjectionExpression: 'pk, sk',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-1' },
        },
      },
      { DeleteItem: { TableName: 'care', Key: { pk: 'PATIENT#p-1', sk: 'PROFILE' } } },
      {
        DeleteItem: {
          TableName: 'care',
          Key: { pk: 'PATIENT#p-1', sk: 'EPISODE#2026-03-02#epidural-steroid-injection' },
        },
      },
      {
        DeleteItem: {
          TableName: 'care',
          Key: { pk: 'PATIENT#p-1', sk: 'RESPONSE#2026-03-02#epidural-steroid-injection#2w' },
        },
      },
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          ProjectionExpression: 'pk, sk',
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-1' },
        },
      },
    ],
  },
  {
    promise: "the links in a patient's emails are found as of now and deleted, by keys alone",
    method: 'erasureStoreOn.removeLinks',
    given: twoLinks,
    run: ({ erasureStoreOn }) => erasureStoreOn.removeLinks(thePatient),
    sends: [
      {
        Scan: {
          TableName: 'care',
          ProjectionExpression: 'pk, sk',
          FilterExpression: 'patientId = :patient',
          ExpressionAttributeValues: { ':patient': 'p-1' },
          ConsistentRead: true,
        },
      },
      {
        DeleteItem: {
          TableName: 'care',
          Key: { pk: 'LINK#D2v_qWYctd0vP3spKfMwYfWKe6f91olTCxowb47Y8-w', sk: 'LINK' },
        },
      },
      {
        DeleteItem: {
          TableName: 'care',
          Key: { pk: 'LINK#PwiqzhIu4jaEMsHKI6BJvGQLr78A_fM6UkKfOLoS2_k', sk: 'LINK' },
        },
      },
    ],
  },
  {
    promise: 'an erasure is noted in the audit trail, whatever else may not be written about the patient',
    method: 'erasureStoreOn.note',
    given: ({ erasureStoreOn }) => erasureStoreOn.remember(thePatient, '2026-05-01T10:00:00Z'),
    run: ({ erasureStoreOn }) => erasureStoreOn.note(thePatient, '2026-05-01T10:00:00Z'),
    sends: [
      {
        PutItem: {
          TableName: 'care',
          Item: {
            pk: 'AUDIT#2026-05',
            sk: '2026-05-01T10:00:00Z#1dee6e3ec67dc803#erased',
            at: '2026-05-01T10:00:00Z',
            action: 'erased',
          },
        },
      },
    ],
  },
  {
    promise: 'the status counts episodes and ignored reports without reading a person',
    method: 'careOverviewOn.countedItems',
    given: aPatient,
    run: ({ careOverviewOn }) => all(careOverviewOn.countedItems()),
    sends: [
      {
        Scan: {
          TableName: 'care',
          ProjectionExpression: 'sk, #status, enrolledAt, nextDueAt, #reason, #at, codes',
          FilterExpression: 'begins_with(sk, :episode) OR begins_with(sk, :ignored)',
          ExpressionAttributeNames: { '#status': 'status', '#reason': 'reason', '#at': 'at' },
          ExpressionAttributeValues: { ':episode': 'EPISODE#', ':ignored': 'IGNORED#' },
        },
      },
    ],
  },
  {
    promise: 'what is due in a shard is counted on the index, without reading items',
    method: 'careOverviewOn.countDue',
    given: async ({ careStoreOn }) => {
      for (const family of ['mild', 'epidural-steroid-injection'] as const) {
        const item = anEpisode({ family, nextDueAt: '2026-03-02T23:00:00Z' });
        await careStoreOn.commit([{ kind: 'episode', item }]);
      }
    },
    run: ({ careOverviewOn }) => careOverviewOn.countDue(0, '2026-03-03T00:00:00Z'),
    sends: [
      {
        Query: {
          TableName: 'care',
          IndexName: 'due',
          Select: 'COUNT',
          KeyConditionExpression: 'dueShard = :shard AND nextDueAt <= :until',
          ExpressionAttributeValues: { ':shard': 'DUE#0', ':until': '2026-03-03T00:00:00Z' },
        },
      },
    ],
  },
  {
    promise: 'an export holds everything about the patient as of now: the partition, links and audit entries',
    method: 'careOverviewOn.itemsAbout',
    given: async (adapters) => {
      await aPatient(adapters);
      await twoLinks(adapters);
      await adapters.careStoreOn.commit([
        { kind: 'profile', item: aProfile({ patientId: patientId('p-2') }) },
      ]);
    },
    run: async ({ careOverviewOn }) => {
      const items = await careOverviewOn.itemsAbout(thePatient);
      const keyOf = ({ item }: (typeof items)[number]): string => `${item['pk']} ${item['sk']}`;
      return items.toSorted((a, b) => keyOf(a).localeCompare(keyOf(b)));
    },
    sends: [
      {
        Query: {
          TableName: 'care',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'PATIENT#p-1' },
        },
      },
      {
        Scan: {
          TableName: 'care',
          FilterExpression:
            '(patientId = :patient AND pk <> :pk) OR pk = :counted OR (begins_with(pk, :audit) AND contains(sk, :name))',
          ExpressionAttributeValues: {
            ':patient': 'p-1',
            ':pk': 'PATIENT#p-1',
            ':counted': 'COUNTED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
            ':audit': 'AUDIT#',
            ':name': '#1dee6e3ec67dc803#',
          },
          ConsistentRead: true,
        },
      },
    ],
  },
];
