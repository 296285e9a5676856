import type { Release } from '../../../shared/outcomes/release/release-schema.ts';
import { thePatient } from '../../support/samples/builders.ts';
import type { AccessPattern, Adapters } from './adapters.ts';

const release = (number: number): Release => ({
  public: {
    number,
    createdOn: '2026-09-01',
    synthetic: true,
    methodVersion: '1',
    previousDigest: null,
    claims: [],
  },
  digest: 'd'.repeat(64),
  basis: { groups: [], claims: [] },
});

const twoReleases = async ({ releaseStoreOn }: Adapters): Promise<void> => {
  for (const number of [1, 2]) await releaseStoreOn.put(release(number));
};

const countedTwice = async ({ countingStoreOn }: Adapters): Promise<void> => {
  for (const timepoint of ['3m', '6m'] as const) {
    await countingStoreOn.apply(
      [],
      [{ scope: 'mild', month: '2026-03', timepoint, changes: { answered: 1 } }],
    );
  }
};

const leftTwice = async ({ erasureStoreOn }: Adapters): Promise<void> => {
  const residue = (['3m', '6m'] as const).map(
    (timepoint) => ({ scope: 'mild', month: '2026-03', timepoint, changes: { answered: 1 } }) as const,
  );
  await erasureStoreOn.close(
    { patientId: thePatient, expectedRevision: 0, contribution: new Map() },
    residue,
  );
};

/** How counts are read and how releases are stored. */
export const outcomesPatterns: readonly AccessPattern[] = [
  {
    promise: 'a release is made from all counts of a scope, as of now',
    method: 'cellStoreOn.cells',
    given: countedTwice,
    run: ({ cellStoreOn }) => cellStoreOn.cells('mild'),
    sends: [
      {
        Query: {
          TableName: 'outcomes',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'CELLS#mild' },
        },
      },
    ],
  },
  {
    promise: 'a recount adds the whole residue of a scope, as of now',
    method: 'residueStoreOn.cells',
    given: leftTwice,
    run: ({ residueStoreOn }) => residueStoreOn.cells('mild'),
    sends: [
      {
        Query: {
          TableName: 'outcomes',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'RESIDUE#mild' },
        },
      },
    ],
  },
  {
    promise: 'the public reads the newest release, one item, without the counts behind it',
    method: 'publishedReleasesOn.latest',
    given: twoReleases,
    run: ({ publishedReleasesOn }) => publishedReleasesOn.latest(),
    sends: [
      {
        Query: {
          TableName: 'outcomes',
          Limit: 1,
          ScanIndexForward: false,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'RELEASES' },
        },
      },
    ],
  },
  {
    promise: 'the public reads a release by its number, without the counts behind it',
    method: 'publishedReleasesOn.get',
    given: twoReleases,
    run: ({ publishedReleasesOn }) => publishedReleasesOn.get(2),
    sends: [{ GetItem: { TableName: 'outcomes', Key: { pk: 'RELEASES', sk: '00000002' } } }],
  },
  {
    promise: 'publishing reads the newest release with the counts behind it',
    method: 'releaseStoreOn.latest',
    given: twoReleases,
    run: ({ releaseStoreOn }) => releaseStoreOn.latest(),
    sends: [
      {
        Query: {
          TableName: 'outcomes',
          Limit: 1,
          ScanIndexForward: false,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'RELEASES' },
        },
      },
      { GetItem: { TableName: 'outcomes', Key: { pk: 'BASIS', sk: '00000002' }, ConsistentRead: true } },
    ],
  },
  {
    promise: 'a certificate reads a release with the counts behind it',
    method: 'releaseStoreOn.get',
    given: twoReleases,
    run: ({ releaseStoreOn }) => releaseStoreOn.get(1),
    sends: [
      { GetItem: { TableName: 'outcomes', Key: { pk: 'RELEASES', sk: '00000001' } } },
      { GetItem: { TableName: 'outcomes', Key: { pk: 'BASIS', sk: '00000001' }, ConsistentRead: true } },
    ],
  },
  {
    promise: 'the disclosure attack sees every release, as of now',
    method: 'releaseStoreOn.all',
    given: twoReleases,
    run: ({ releaseStoreOn }) => releaseStoreOn.all(),
    sends: [
      {
        Query: {
          TableName: 'outcomes',
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': 'RELEASES' },
        },
      },
      { GetItem: { TableName: 'outcomes', Key: { pk: 'BASIS', sk: '00000001' }, ConsistentRead: true } },
      { GetItem: { TableName: 'outcomes', Key: { pk: 'BASIS', sk: '00000002' }, ConsistentRead: true } },
    ],
  },
  {
    promise: 'a release and its counts are stored together, each number once and for good',
    method: 'releaseStoreOn.put',
    run: ({ releaseStoreOn }) => releaseStoreOn.put(release(12)),
    sends: [
      {
        TransactWriteItems: {
          TransactItems: [
            {
              Put: {
                Item: {
                  pk: 'RELEASES',
                  sk: '00000012',
                  release:
                    '{"number":12,"createdOn":"2026-09-01","synthetic":true,"methodVersion":"1","previousDigest":null,"claims":[]}',
                  digest: 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd',
                },
                TableName: 'outcomes',
                ConditionExpression: 'attribute_not_exists(pk)',
              },
            },
            {
              Put: {
                Item: { pk: 'BASIS', sk: '00000012', basis: '{"groups":[],"claims":[]}' },
                TableName: 'outcomes',
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
    promise: 'what is approved is the newest candidate',
    method: 'candidateStoreOn.get',
    given: ({ candidateStoreOn }) => candidateStoreOn.put(release(3)),
    run: ({ candidateStoreOn }) => candidateStoreOn.get(),
    sends: [
      { GetItem: { TableName: 'outcomes', Key: { pk: 'CANDIDATE', sk: 'CANDIDATE' }, ConsistentRead: true } },
    ],
  },
  {
    promise: 'a candidate replaces the one before it, apart from the releases',
    method: 'candidateStoreOn.put',
    run: ({ candidateStoreOn }) => candidateStoreOn.put(release(3)),
    sends: [
      {
        PutItem: {
          TableName: 'outcomes',
          Item: {
            pk: 'CANDIDATE',
            sk: 'CANDIDATE',
            release:
              '{"number":3,"createdOn":"2026-09-01","synthetic":true,"methodVersion":"1","previousDigest":null,"claims":[]}',
            digest: 'dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd',
            basis: '{"groups":[],"claims":[]}',
          },
        },
      },
    ],
  },
];
