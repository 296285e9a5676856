import { patientId } from '../../../shared/care/patient/ids.ts';
import type { CellChange } from '../../../shared/outcomes/cells/cells.ts';
import type { Contribution, Counter } from '../../../shared/outcomes/cells/contribution.ts';
import { aProfile, thePatient } from '../../support/samples/builders.ts';
import { type AccessPattern, type Adapters, all } from './adapters.ts';

const contribution: Contribution = new Map([
  ['mild|2026-03|enrolled', new Set<Counter>(['eligible', 'reachable'])],
  ['mild|2026-03|3m', new Set<Counter>(['answered'])],
]);

const change: CellChange = {
  scope: 'mild',
  month: '2026-03',
  timepoint: '3m',
  changes: { answered: 1, 'improved:n': -1 },
};

const counted = ({ countingStoreOn }: Adapters) =>
  countingStoreOn.apply([{ patientId: thePatient, expectedRevision: 0, contribution }], [change]);

/** How patients become counts. */
export const countingPatterns: readonly AccessPattern[] = [
  {
    promise: 'a marker is read before its record, both as of now',
    method: 'countingStoreOn.load',
    given: async (adapters) => {
      await adapters.careStoreOn.commit([{ kind: 'profile', item: aProfile() }]);
      await counted(adapters);
    },
    run: ({ countingStoreOn }) => countingStoreOn.load(thePatient),
    sends: [
      {
        GetItem: {
          TableName: 'care',
          Key: {
            pk: 'COUNTED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
            sk: 'COUNTED',
          },
          ConsistentRead: true,
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
    ],
  },
  {
    promise: 'a patient is counted for the first time only where there is no marker, with the counts',
    method: 'countingStoreOn.apply',
    run: counted,
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
                  contribution: { 'mild|2026-03|enrolled': 3, 'mild|2026-03|3m': 16 },
                },
                TableName: 'care',
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
            {
              Update: {
                Key: { pk: 'CELLS#mild', sk: '2026-03#3m' },
                UpdateExpression: 'ADD #c0 :v0, #c1 :v1',
                TableName: 'outcomes',
                ExpressionAttributeNames: { '#c0': 'answered', '#c1': 'improved:n' },
                ExpressionAttributeValues: { ':v0': 1, ':v1': -1 },
              },
            },
          ],
          ClientRequestToken: 'random',
        },
      },
    ],
  },
  {
    promise: 'a change is counted only over the marker that was read, for all patients or for none',
    method: 'countingStoreOn.apply',
    given: async (adapters) => {
      await counted(adapters);
      await adapters.countingStoreOn.apply(
        [{ patientId: patientId('p-2'), expectedRevision: 0, contribution }],
        [],
      );
    },
    run: ({ countingStoreOn }) =>
      countingStoreOn.apply(
        [
          { patientId: thePatient, expectedRevision: 1, contribution: new Map() },
          { patientId: patientId('p-2'), expectedRevision: 1, contribution: new Map() },
        ],
        [],
      ),
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
                },
                TableName: 'care',
                ConditionExpression: 'revision = :before',
                ExpressionAttributeValues: { ':before': 1 },
              },
            },
            {
              Put: {
                Item: {
                  pk: 'COUNTED#b97db4a9f43296157fb1a5d38cebdac478d0e91ed7b8dc1ae2effe1e29e64354',
                  sk: 'COUNTED',
                  revision: 2,
                  contribution: {},
                },
                TableName: 'care',
                ConditionExpression: 'revision = :before',
                ExpressionAttributeValues: { ':before': 1 },
              },
            },
          ],
          ClientRequestToken: 'random',
        },
      },
    ],
  },
  {
    promise: 'a recount finds the patients by a scan and reads each as of now',
    method: 'countingScanOn.patients',
    given: async ({ careStoreOn }) => {
      for (const id of ['p-1', 'p-2']) {
        await careStoreOn.commit([{ kind: 'profile', item: aProfile({ patientId: patientId(id) }) }]);
      }
    },
    run: async ({ countingScanOn }) =>
      (await all(countingScanOn.patients())).toSorted((a, b) =>
        a.record.patientId.localeCompare(b.record.patientId),
      ),
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
        GetItem: {
          TableName: 'care',
          Key: {
            pk: 'COUNTED#1dee6e3ec67dc8033b3363d93f46f1affea85aa403abe01a03fc6c21cbff1c15',
            sk: 'COUNTED',
          },
          ConsistentRead: true,
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
        GetItem: {
          TableName: 'care',
          Key: {
            pk: 'COUNTED#b97db4a9f43296157fb1a5d38cebdac478d0e91ed7b8dc1ae2effe1e29e64354',
            sk: 'COUNTED',
          },
          ConsistentRead: true,
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
    promise:
      'a repair sets the wrong counts only where they are still what was compared, absent counting as 0',
    method: 'cellRepairOn.set',
    given: ({ countingStoreOn }) =>
      countingStoreOn.apply([], [{ ...change, changes: { answered: 3, counted: 1 } }]),
    run: ({ cellRepairOn }) =>
      cellRepairOn.set({
        id: 'mild|2026-03|3m',
        stored: { answered: 3, counted: 1 },
        expected: { eligible: 7, answered: 2, counted: 1 },
      }),
    sends: [
      {
        UpdateItem: {
          TableName: 'outcomes',
          Key: { pk: 'CELLS#mild', sk: '2026-03#3m' },
          UpdateExpression: 'SET #c0 = :a0, #c1 = :a1',
          ConditionExpression: '(attribute_not_exists(#c0) OR #c0 = :b0) AND #c1 = :b1',
          ExpressionAttributeNames: { '#c0': 'eligible', '#c1': 'answered' },
          ExpressionAttributeValues: { ':b0': 0, ':a0': 7, ':b1': 3, ':a1': 2 },
        },
      },
    ],
  },
];
