import { DynamoDBDocumentClient, PutCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careScanOn, careStoreOn } from '../../shared/care/patient/aws/care-store.ts';
import { dueShardName, dueShardOf, patientPartition } from '../../shared/care/patient/aws/keys.ts';
import type { Episode } from '../../shared/care/patient/episode.ts';
import { type PatientId, patientId, sourceId, sourceTimeOf } from '../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../shared/care/patient/links.ts';
import type { Link, SourceNote } from '../../shared/care/patient/patient.ts';
import type { CareScan, CareStore } from '../../shared/care/patient/ports.ts';
import type { Draft } from '../../shared/care/patient/response.ts';
import { dueShardCount } from '../../shared/platform/tables.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';
import { startLab } from '../support/labs/dynamo-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { withDelivery } from '../support/oracles/delivery.ts';
import { memoryStores } from '../support/oracles/memory-stores.ts';
import {
  anEpisode,
  aProfile,
  aResponse,
  emptyRecord,
  episodeIdFor,
  stoppedFor,
  thePatient,
} from '../support/samples/builders.ts';

const lab = sharedLab(startLab);

let document: DynamoDBDocumentClient;

beforeAll(() => {
  document = DynamoDBDocumentClient.from(lab().client, { marshallOptions: { removeUndefinedValues: true } });
});

type Stores = { readonly store: CareStore; readonly scan: CareScan };

const onDynamo = async (): Promise<Stores & { readonly table: string }> => {
  const { tables } = await lab().freshTables();
  const store = careStoreOn(document, tables.care);
  return { store, scan: careScanOn(document, tables.care, store), table: tables.care };
};

const inMemory = async (): Promise<Stores> => {
  const { care, scan } = memoryStores();
  return { store: care, scan };
};

const link: Link = {
  tokenHash: hashOfToken('hash-1'),
  patientId: thePatient,
  episodeId: episodeIdFor('mild', '2026-03-02'),
  family: 'mild',
  serviceDate: '2026-03-02',
  planVersion: 1,
  touchpoint: '2w',
  createdAt: '2026-03-16T14:00:00Z',
  expiresAt: '2026-06-21T04:00:00Z',
};

const note: SourceNote = {
  sourceId: sourceId('s-1'),
  revision: 1,
  status: 'completed',
  reportedAt: sourceTimeOf('2026-03-02T20:00:00Z'),
  eventId: 'e-1',
};

const shardOf = (id: PatientId): number =>
  Array.from({ length: dueShardCount }, (_, shard) => shard).find(
    (shard) => dueShardName(shard) === dueShardOf(id),
  ) ?? -1;

describe.each([
  ['on DynamoDB', onDynamo],
  ['in memory', inMemory],
])('the care store %s', (_, make: () => Promise<Stores>) => {
  let store: CareStore;
  let scan: CareScan;
  beforeEach(async () => {
    ({ store, scan } = await make());
  });

  const episode = (overrides: Partial<Episode> = {}) => ({
    kind: 'episode' as const,
    item: anEpisode(overrides),
  });

  it('returns an empty record for an unknown patient', async () => {
    expect(await store.load(thePatient)).toEqual(emptyRecord);
  });

  it('returns exactly what was written', async () => {
    const full = anEpisode({
      baseline: { nrsPain: 7, peg: 6.3 },
      touchpoints: {
        '2w': {
          status: 'emailed',
          emails: 2,
          firstEmailOn: '2026-03-16',
          lastEmailOn: '2026-03-19',
          delivered: true,
        },
      },
      lastEmailOn: '2026-03-19',
      lastInvitationOn: '2026-03-16',
      lastSendId: hashOfToken('hash-1'),
    });
    const profile = aProfile(stoppedFor('opted-out', '2026-03-20T00:00:00Z'));
    const response = aResponse({
      answers: { condition: 'better', improvementPercent: 51, pain: 'same', nrsPain: 0, pgic: 1 },
    });
    expect(
      await store.commit([
        { kind: 'profile', item: profile },
        { kind: 'episode', item: full },
        { kind: 'response', item: response },
        { kind: 'source', item: { ...note, patientId: thePatient } },
      ]),
    ).toBe('committed');
    expect(await store.load(thePatient)).toEqual({
      patientId: thePatient,
      profile,
      episodes: [full],
      responses: [response],
      sources: [note],
    });
  });

  it('writes nothing when there is nothing to write', async () => {
    expect(await store.commit([])).toBe('committed');
  });

  it('keeps the latest draft of each survey in the record', async () => {
    const draft: Draft = {
      patientId: thePatient,
      episodeId: episodeIdFor('mild', '2026-03-02'),
      timepoint: '2w',
      values: { condition: 'same' },
      assisted: false,
      savedAt: '2026-03-16T15:00:00Z',
    };
    const newer: Draft = { ...draft, values: { condition: 'worse' }, assisted: true, signs: 'no' };
    const other: Draft = { ...draft, timepoint: '1m' };
    for (const item of [draft, other, newer]) {
      expect(await store.commit([{ kind: 'draft', item }])).toBe('committed');
    }
    const { drafts = [] } = await store.load(thePatient);
    expect(drafts).toHaveLength(2);
    expect(drafts).toEqual(expect.arrayContaining([newer, other]));
  });

  it('keeps notices, audit entries and ignored procedures out of the record', async () => {
    const at = '2026-03-02T20:00:00Z';
    await store.commit([
      { kind: 'notice', item: { patientId: thePatient, kind: 'call-me', at } },
      { kind: 'audit', item: { patientId: thePatient, action: 'opted-out', at } },
      {
        kind: 'ignored',
        item: { patientId: thePatient, sourceId: sourceId('s-9'), reason: 'unknown-code', at },
      },
    ]);
    expect(await store.load(thePatient)).toEqual(emptyRecord);
  });

  it('accepts a first revision only when nothing is stored', async () => {
    expect(await store.commit([episode()])).toBe('committed');
    expect(await store.commit([episode({ status: 'finished' })])).toBe('conflict');
    expect((await store.load(thePatient)).episodes[0]?.status).toBe('active');
  });

  it.each([1, 3, 7])('refuses revision %i where revision 2 is due', async (revision) => {
    await store.commit([episode()]);
    expect(await store.commit([episode({ revision, status: 'finished' })])).toBe('conflict');
    expect((await store.load(thePatient)).episodes[0]?.revision).toBe(1);
  });

  it('refuses a later revision of an item that is not stored', async () => {
    expect(await store.commit([episode({ revision: 2 })])).toBe('conflict');
    expect((await store.load(thePatient)).episodes).toEqual([]);
  });

  it.each([1, 2, 5])(
    'lets exactly one of several concurrent writers win, with %i item(s) each',
    async (items) => {
      const families = ['mild', 'facet-joint-injection', 'epidural-steroid-injection'] as const;
      const writes = (writer: number) =>
        Array.from({ length: items }, (_, index) =>
          index < families.length
            ? episode({ family: families[index] ?? 'mild', sources: [sourceId(`writer-${writer}`)] })
            : { kind: 'profile' as const, item: aProfile({ patientId: patientId(`p-${index}`) }) },
        );
      const outcomes = await Promise.all([1, 2, 3, 4].map((writer) => store.commit(writes(writer))));
      expect(outcomes.toSorted()).toEqual(['committed', 'conflict', 'conflict', 'conflict']);
      const { episodes } = await store.load(thePatient);
      expect(new Set(episodes.map(({ sources }) => sources[0])).size).toBe(1);
    },
  );

  it('stores one of two changes of one answer; the other writer must read again', async () => {
    const change = (condition: 'same' | 'worse', revision: number) =>
      store.commit([{ kind: 'response', item: aResponse({ revision, answers: { condition } }) }]);
    expect(await change('same', 1)).toBe('committed');
    expect(await change('worse', 1)).toBe('conflict');
    const outcomes = await Promise.all([change('same', 2), change('worse', 2)]);
    expect(outcomes.toSorted()).toEqual(['committed', 'conflict']);
    const [stored] = (await store.load(thePatient)).responses;
    expect(stored?.answers.condition).toBe(outcomes[0] === 'committed' ? 'same' : 'worse');
  });

  it('writes all or nothing', async () => {
    await store.commit([episode()]);
    const outcome = await store.commit([
      { kind: 'profile', item: aProfile() },
      episode({ family: 'mild' }),
      episode(),
    ]);
    expect(outcome).toBe('conflict');
    const record = await store.load(thePatient);
    expect(record.profile).toBeUndefined();
    expect(record.episodes.length).toBe(1);
  });

  it('finds a link by its hash only', async () => {
    await store.commit([{ kind: 'link', item: link }]);
    expect(await store.findLink(hashOfToken('hash-1'))).toEqual(link);
    expect(await store.findLink(hashOfToken('hash-2'))).toBeUndefined();
    expect(await store.load(thePatient)).toEqual(emptyRecord);
  });

  it('records a delivery once, changes nothing else, and conflicts with writers who read before it', async () => {
    const emailed = anEpisode({ touchpoints: { '2w': { status: 'emailed', emails: 1 } } });
    await store.commit([{ kind: 'episode', item: emailed }]);
    expect(await store.noteDelivery(emailed, '2w')).toBe('recorded');
    const noted = withDelivery(emailed, '2w');
    expect((await store.load(thePatient)).episodes).toEqual([noted]);
    expect(await store.noteDelivery(emailed, '2w')).toBe('nothing-to-record');
    expect((await store.load(thePatient)).episodes).toEqual([noted]);
    expect(await store.commit([episode({ revision: 2 })])).toBe('conflict');
    expect(await store.commit([episode({ revision: 3 })])).toBe('committed');
  });

  it('records no delivery where nothing was sent, and creates no episode', async () => {
    const planned = anEpisode();
    expect(await store.noteDelivery(planned, '2w')).toBe('nothing-to-record');
    expect(await store.load(thePatient)).toEqual(emptyRecord);
    await store.commit([{ kind: 'episode', item: planned }]);
    expect(await store.noteDelivery(planned, '2w')).toBe('nothing-to-record');
    expect((await store.load(thePatient)).episodes).toEqual([planned]);
  });

  describe('the due index', () => {
    const shard = shardOf(thePatient);
    const due = (until: UtcInstant, limit = 10) => store.due(shard, until, limit);

    it('returns an episode from its due time on, inclusive', async () => {
      await store.commit([episode()]);
      expect(await due('2026-03-02T22:59:59Z')).toEqual([]);
      expect(await due('2026-03-02T23:00:00Z')).toEqual([
        {
          patientId: thePatient,
          episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
          nextDueAt: '2026-03-02T23:00:00Z',
        },
      ]);
    });

    it('returns the oldest first, up to the limit', async () => {
      const dates = ['2026-03-04', '2026-03-02', '2026-03-05', '2026-03-03'] as const;
      await store.commit(dates.map((serviceDate) => episode({ serviceDate })));
      const found = await due('2026-04-01T00:00:00Z', 3);
      expect(found.map(({ episodeId }) => episodeId.slice(0, 10))).toEqual([
        '2026-03-02',
        '2026-03-03',
        '2026-03-04',
      ]);
    });

    it.each(['finished', 'stopped', 'cancelled'] as const)('drops an episode that is %s', async (status) => {
      await store.commit([episode()]);
      const { nextDueAt: _, ...done } = anEpisode({ revision: 2, status, nextDueAt: '2026-03-02T23:00:00Z' });
      await store.commit([{ kind: 'episode', item: done }]);
      expect(await due('2030-01-01T00:00:00Z')).toEqual([]);
    });

    it('moves an episode to its new due time', async () => {
      await store.commit([episode()]);
      await store.commit([episode({ revision: 2, nextDueAt: '2026-05-01T14:00:00Z' })]);
      expect(await due('2026-04-30T00:00:00Z')).toEqual([]);
      expect((await due('2026-05-02T00:00:00Z')).map(({ nextDueAt }) => nextDueAt)).toEqual([
        '2026-05-01T14:00:00Z',
      ]);
    });

    it('keeps each patient in one shard and uses all shards', async () => {
      const patients = Array.from({ length: 40 }, (_, index) => patientId(`patient-${index}`));
      for (const id of patients) {
        await store.commit([episode({ patientId: id }), episode({ patientId: id, family: 'mild' })]);
      }
      const shards = await Promise.all(
        Array.from({ length: dueShardCount }, (_, index) => store.due(index, '2030-01-01T00:00:00Z', 1000)),
      );
      expect(shards.flat().length).toBe(80);
      const seen = shards.map((entries) => new Set(entries.map((entry) => entry.patientId)));
      expect(seen.every(({ size }) => size > 0)).toBe(true);
      expect(seen.reduce((sum, { size }) => sum + size, 0)).toBe(40);
    });
  });

  it('scans every patient once', async () => {
    for (const id of ['a', 'b', 'c'].map(patientId)) {
      await store.commit([
        { kind: 'profile', item: aProfile({ patientId: id }) },
        episode({ patientId: id }),
      ]);
    }
    await store.commit([{ kind: 'link', item: link }]);
    const seen: string[] = [];
    for await (const record of scan.patients()) {
      seen.push(record.patientId);
      expect(record.episodes.length).toBe(1);
    }
    expect(seen.toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('on DynamoDB only', () => {
  it('loads a patient of several pages completely and in order', async () => {
    const { store } = await onDynamo();
    const sources = Array.from({ length: 3000 }, (_, index) => sourceId(`${index}-${'x'.repeat(60)}`));
    for (let day = 10; day < 20; day += 1) {
      await store.commit([{ kind: 'episode', item: anEpisode({ serviceDate: `2026-03-${day}`, sources }) }]);
    }
    const { episodes } = await store.load(thePatient);
    expect(episodes.map(({ serviceDate }) => serviceDate)).toEqual(
      Array.from({ length: 10 }, (_, index) => `2026-03-${index + 10}`),
    );
    expect(episodes.every((episode) => episode.sources.length === 3000)).toBe(true);
  });

  it('names the malformed fields of a stored item but none of its values', async () => {
    const { store, table } = await onDynamo();
    await store.commit([{ kind: 'profile', item: aProfile() }]);
    const item = {
      pk: patientPartition(thePatient),
      sk: 'PROFILE',
      ...aProfile(),
      email: 42,
      locale: 'maria@example.com',
    };
    await document.send(new PutCommand({ TableName: table, Item: item }));
    const message = await store.load(thePatient).then(
      () => 'It was read.',
      (error: unknown) => (error instanceof Error ? error.message : 'It threw something else.'),
    );
    expect(message).toContain('email');
    expect(message).toContain('locale');
    expect(message).not.toContain('maria@example.com');
    expect(message).not.toContain('Maria');
    expect(message).not.toContain('42');
  });

  it('throws when the table does not exist, instead of reporting a conflict', async () => {
    const store = careStoreOn(document, 'no-such-table');
    await expect(store.commit([{ kind: 'profile', item: aProfile() }])).rejects.toThrow();
    await expect(
      store.commit([
        { kind: 'profile', item: aProfile() },
        { kind: 'episode', item: anEpisode() },
      ]),
    ).rejects.toThrow();
  });

  it('sets an expiry on links and on procedures that started nothing', async () => {
    const { store, table } = await onDynamo();
    await store.commit([
      { kind: 'link', item: link },
      {
        kind: 'ignored',
        item: {
          patientId: thePatient,
          sourceId: sourceId('s-1'),
          reason: 'unknown-code',
          at: '2026-03-02T20:00:00Z',
        },
      },
      { kind: 'source', item: { ...note, status: 'ignored', patientId: thePatient } },
      { kind: 'source', item: { ...note, sourceId: sourceId('s-2'), patientId: thePatient } },
    ]);
    const { Items = [] } = await document.send(new ScanCommand({ TableName: table }));
    const expiry = new Map(Items.map((item) => [item['sk'], item['expiresOn']]));
    const march = Date.UTC(2026, 2, 2, 20) / 1000;
    expect(expiry.get('LINK')).toBe(Date.UTC(2026, 5, 21, 4) / 1000);
    expect(expiry.get('IGNORED#s-1')).toBe(march + 400 * 86_400);
    expect(expiry.get('SOURCE#s-1')).toBe(march + 400 * 86_400);
    expect(expiry.get('SOURCE#s-2')).toBeUndefined();
  });
});
