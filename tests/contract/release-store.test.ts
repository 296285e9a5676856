import { DynamoDBDocumentClient, PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import {
  candidateStoreOn,
  publishedReleasesOn,
  releaseStoreOn,
} from '../../shared/outcomes/release/aws/release-store.ts';
import type { Release } from '../../shared/outcomes/release/release-schema.ts';
import type { LocalDate } from '../../shared/platform/time.ts';
import { type DynamoLab, startLab } from '../support/labs/dynamo-lab.ts';

let lab: DynamoLab;
let document: DynamoDBDocumentClient;
let table: string;
beforeAll(async () => {
  lab = await startLab();
  document = DynamoDBDocumentClient.from(lab.client);
});
beforeEach(async () => {
  table = (await lab.freshTables()).tables.outcomes;
});
afterAll(() => lab.stop());

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
  it('are none at first', async () => {
    const store = releaseStoreOn(document, table);
    expect(await store.latest()).toBeUndefined();
    expect(await store.get(1)).toBeUndefined();
    expect(await store.all()).toEqual([]);
  });

  it('come back as they were stored, the one with the highest number as the latest', async () => {
    const store = releaseStoreOn(document, table);
    for (const number of [2, 10, 9, 1]) expect(await store.put(release(number))).toBe('stored');
    expect(await store.latest()).toEqual(release(10));
    expect(await store.get(9)).toEqual(release(9));
    expect((await store.all()).map((each) => each.public.number)).toEqual([1, 2, 9, 10]);
  });

  it('never change under their number, whoever comes second', async () => {
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

  it('are shown to the public without the counts behind them', async () => {
    await releaseStoreOn(document, table).put(release(1));
    const published = publishedReleasesOn(document, table);
    expect(await published.latest()).toEqual({ release: release(1).public, digest: release(1).digest });
    expect(JSON.stringify(await published.get(1))).not.toContain('secret-count');
    expect(await published.get(2)).toBeUndefined();
  });

  it('throw when a stored one is not what was stored', async () => {
    const item = { pk: 'RELEASES', sk: '00000001', release: '{"number":1}', digest: 'x' };
    await document.send(new PutCommand({ TableName: table, Item: item }));
    await expect(publishedReleasesOn(document, table).latest()).rejects.toThrow();
  });
});

describe('the candidate', () => {
  it('is one at most, comes back as it was put, and is no release', async () => {
    const candidates = candidateStoreOn(document, table);
    expect(await candidates.get()).toBeUndefined();
    await candidates.put(release(1));
    await candidates.put(release(2));
    expect(await candidates.get()).toEqual(release(2));
    expect(await publishedReleasesOn(document, table).latest()).toBeUndefined();
    expect(await releaseStoreOn(document, table).all()).toEqual([]);
  });
});
