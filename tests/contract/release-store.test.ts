import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  candidateStoreOn,
  publishedReleasesOn,
  releaseStoreOn,
} from '../../shared/outcomes/release/aws/release-store.ts';
import type { Release } from '../../shared/outcomes/release/release-schema.ts';
import type { LocalDate } from '../../shared/platform/time.ts';
import { startLab } from '../support/labs/dynamo-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';

const lab = sharedLab(startLab);
let document: DynamoDBDocumentClient;
let table: string;
beforeEach(async () => {
  document = DynamoDBDocumentClient.from(lab().client);
  table = (await lab().freshTables()).tables.outcomes;
});

const release = (number: number, createdOn: LocalDate = '2026-09-01'): Release => ({
  public: {
    number,
    createdOn,
    synthetic: true,
    methodVersion: '1',
    previousDigest: null,
    claims: [],
  },
  digest: String(number).padStart(64, '0'),
  basis: { groups: [], claims: [{ id: 'secret-count', x: 37, n: 41, decision: 'publishable' }] },
});

describe('releases', () => {
  it('are empty at first', async () => {
    const store = releaseStoreOn(document, table);
    expect(await store.latest()).toBeUndefined();
    expect(await store.get(1)).toBeUndefined();
    expect(await store.all()).toEqual([]);
  });

  it('are read as they were stored, with the highest number as the latest', async () => {
    const store = releaseStoreOn(document, table);
    for (const number of [2, 10, 9, 1]) expect(await store.put(release(number))).toBe('stored');
    expect(await store.latest()).toEqual(release(10));
    expect(await store.get(9)).toEqual(release(9));
    expect((await store.all()).map((stored) => stored.public.number)).toEqual([1, 2, 9, 10]);
  });

  it('are immutable: the first writer of a number wins', async () => {
    const store = releaseStoreOn(document, table);
    const writers = (['2026-09-01', '2026-09-02', '2026-09-03'] as const).map((on) =>
      store.put(release(1, on)),
    );
    const outcomes = await Promise.all(writers);
    expect(outcomes.toSorted()).toEqual(['exists', 'exists', 'stored']);
    const stored = await store.get(1);
    expect(await store.put(release(1, '2030-01-01'))).toBe('exists');
    expect(await store.get(1)).toEqual(stored);
  });

  it('are published without the counts behind them', async () => {
    await releaseStoreOn(document, table).put(release(1));
    const published = publishedReleasesOn(document, table);
    expect(await published.latest()).toEqual({ release: release(1).public, digest: release(1).digest });
    expect(JSON.stringify(await published.get(1))).not.toContain('secret-count');
    expect(await published.get(2)).toBeUndefined();
  });

  it('throw on a malformed stored release', async () => {
    const item = { pk: 'RELEASES', sk: '00000001', release: '{"number":1}', digest: 'x' };
    await document.send(new PutCommand({ TableName: table, Item: item }));
    await expect(publishedReleasesOn(document, table).latest()).rejects.toThrow();
  });
});

describe('the candidate', () => {
  it('replaces any earlier one, is read as it was stored, and is not a release', async () => {
    const candidates = candidateStoreOn(document, table);
    expect(await candidates.get()).toBeUndefined();
    await candidates.put(release(1));
    await candidates.put(release(2));
    expect(await candidates.get()).toEqual(release(2));
    expect(await publishedReleasesOn(document, table).latest()).toBeUndefined();
    expect(await releaseStoreOn(document, table).all()).toEqual([]);
  });
});
