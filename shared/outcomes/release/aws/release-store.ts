import {
  type DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  TransactWriteCommand,
} from '@aws-sdk/lib-dynamodb';
import * as z from 'zod';
import { isConflict } from '../../../platform/aws/dynamodb.ts';
import type { CandidateStore, ReleaseStore } from '../publish-release.ts';
import {
  type PublicRelease,
  publicReleaseSchema,
  type Release,
  releaseBasisSchema,
} from '../release-schema.ts';

/** The public part of a release and the counts behind it are in different partitions, so IAM can separate them. */
const publicPartition = 'RELEASES';

const basisPartition = 'BASIS';

/** Only those who approve releases may read the candidate. */
const candidateKey = { pk: 'CANDIDATE', sk: 'CANDIDATE' } as const;

/** Padded, so that the sort order of the text is that of the number. */
const sortKeyOf = (number: number): string => String(number).padStart(8, '0');

/** Stored as the exact text that was digested, so what is served is byte for byte what was published. */
const publicItem = z.object({ release: z.string(), digest: z.string() });

const basisItem = z.object({ basis: z.string() });

/** A release as the public receives it. */
export type PublishedRelease = { readonly release: PublicRelease; readonly digest: string };

/** Reads published releases, without access to the counts behind them. */
export type PublishedReleases = {
  readonly latest: () => Promise<PublishedRelease | undefined>;
  readonly get: (number: number) => Promise<PublishedRelease | undefined>;
};

const readPublic = (raw: unknown): PublishedRelease => {
  const { release, digest } = publicItem.parse(raw);
  return { release: publicReleaseSchema.parse(JSON.parse(release)), digest };
};

/** Creates the reader of published releases. Throws when a stored release is malformed. */
export const publishedReleasesOn = (client: DynamoDBDocumentClient, table: string): PublishedReleases => ({
  latest: async () => {
    const { Items } = await client.send(
      new QueryCommand({
        TableName: table,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': publicPartition },
        ScanIndexForward: false,
        Limit: 1,
      }),
    );
    return Items?.[0] === undefined ? undefined : readPublic(Items[0]);
  },
  get: async (number) => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: { pk: publicPartition, sk: sortKeyOf(number) } }),
    );
    return Item === undefined ? undefined : readPublic(Item);
  },
});

/** Creates the store used by publishing. Both parts of a release are written in one transaction, each number once. */
export const releaseStoreOn = (client: DynamoDBDocumentClient, table: string): ReleaseStore => {
  const published = publishedReleasesOn(client, table);

  const withBasis = async (found: PublishedRelease | undefined): Promise<Release | undefined> => {
    if (found === undefined) return undefined;
    const key = { pk: basisPartition, sk: sortKeyOf(found.release.number) };
    const { Item } = await client.send(new GetCommand({ TableName: table, Key: key, ConsistentRead: true }));
    const basis = releaseBasisSchema.parse(JSON.parse(basisItem.parse(Item).basis));
    return { public: found.release, digest: found.digest, basis };
  };

  return {
    latest: async () => withBasis(await published.latest()),
    get: async (number) => withBasis(await published.get(number)),
    all: async () => {
      const releases: Release[] = [];
      const pages = paginateQuery(
        { client },
        {
          TableName: table,
          ConsistentRead: true,
          KeyConditionExpression: 'pk = :pk',
          ExpressionAttributeValues: { ':pk': publicPartition },
        },
      );
      for await (const page of pages) {
        for (const raw of page.Items ?? []) {
          const release = await withBasis(readPublic(raw));
          if (release !== undefined) releases.push(release);
        }
      }
      return releases;
    },
    put: async (release) => {
      const sk = sortKeyOf(release.public.number);
      const publicPart = { release: JSON.stringify(release.public), digest: release.digest };
      const condition = { ConditionExpression: 'attribute_not_exists(pk)' };
      const items = [
        { pk: publicPartition, sk, ...publicPart },
        { pk: basisPartition, sk, basis: JSON.stringify(release.basis) },
      ];
      try {
        await client.send(
          new TransactWriteCommand({
            TransactItems: items.map((Item) => ({ Put: { TableName: table, Item, ...condition } })),
          }),
        );
        return 'stored';
      } catch (error) {
        if (isConflict(error)) return 'exists';
        throw error;
      }
    },
  };
};

/** Creates the store of the candidate waiting for approval. */
export const candidateStoreOn = (client: DynamoDBDocumentClient, table: string): CandidateStore => ({
  get: async () => {
    const { Item } = await client.send(
      new GetCommand({ TableName: table, Key: candidateKey, ConsistentRead: true }),
    );
    if (Item === undefined) return undefined;
    const { release, digest } = readPublic(Item);
    const basis = releaseBasisSchema.parse(JSON.parse(basisItem.parse(Item).basis));
    return { public: release, digest, basis };
  },
  put: async ({ public: content, digest, basis }) => {
    const texts = { release: JSON.stringify(content), digest, basis: JSON.stringify(basis) };
    await client.send(new PutCommand({ TableName: table, Item: { ...candidateKey, ...texts } }));
  },
});
