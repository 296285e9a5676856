import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compose as composeEnroll } from '../../../functions/enroll-episode/compose.ts';
import { compose as composeCount } from '../../../functions/roll-up-responses/compose.ts';
import { careScanOn } from '../../../shared/adapters/dynamodb/care-scan.ts';
import { cellStoreOn, residueStoreOn } from '../../../shared/adapters/dynamodb/cell-store.ts';
import { countingStoreOn } from '../../../shared/adapters/dynamodb/counting-store.ts';
import { erasureStoreOn } from '../../../shared/adapters/dynamodb/erasure-store.ts';
import { compareCountsWith, recount, storedCells } from '../../../shared/application/check-drift.ts';
import { countPatientsWith } from '../../../shared/application/count-patients.ts';
import { erasePatientWith } from '../../../shared/application/erase-patient.ts';
import { digestOf } from '../../../shared/domain/digest.ts';
import type { Episode } from '../../../shared/domain/episode.ts';
import { anEpisode, aProfile, aResponse } from '../../support/builders.ts';
import {
  busEvent,
  context,
  type FunctionLab,
  startFunctionLab,
  streamBatch,
  type World,
} from '../../support/function-lab.ts';

let lab: FunctionLab;
let world: World;
beforeAll(async () => {
  lab = await startFunctionLab();
});
afterAll(() => lab.stop());

const partsOf = () => {
  const { document, tables, store, runtime } = world;
  return {
    store,
    counting: countingStoreOn(document, tables),
    erasure: erasureStoreOn(document, tables),
    clock: runtime.clock,
  };
};
const residue = () => residueStoreOn(world.document, world.tables.outcomes);
const cells = () => cellStoreOn(world.document, world.tables.outcomes);
const scan = () => careScanOn(world.document, world.tables.care, world.store);
const compare = () => compareCountsWith({ scan: scan(), cells: cells(), residue: residue() })();
const erase = (patientId: string) => erasePatientWith(partsOf())(patientId);
const count = (...patientIds: readonly string[]) => countPatientsWith(partsOf())(patientIds);

const link = (patientId: string, number: number) => ({
  tokenHash: `hash-${patientId}-${number}`,
  patientId,
  family: 'epidural-steroid-injection' as const,
  serviceDate: '2026-03-02',
  touchpoint: '2w' as const,
  createdAt: '2026-03-16T14:00:00Z',
  expiresAt: '2026-09-16T14:00:00Z',
});

const storePatient = async (patientId: string, episodes: readonly Episode[] = [anEpisode({ patientId })]) => {
  await world.store.commit([
    { write: 'profile', item: aProfile({ patientId }) },
    ...episodes.map((item) => ({ write: 'episode' as const, item })),
    { write: 'response', item: aResponse({ patientId }) },
    {
      write: 'source',
      item: {
        patientId,
        sourceId: 's-1',
        revision: 1,
        status: 'completed',
        reportedAt: '2026-03-02T20:00:00Z',
        eventId: 'e-1',
      },
    },
    { write: 'notice', item: { patientId, kind: 'call-me', at: '2026-03-17T10:00:00Z' } },
    {
      write: 'ignored',
      item: { patientId, sourceId: 's-2', at: '2026-03-18T10:00:00Z', reason: 'unknown-code' },
    },
  ]);
  for (const number of [1, 2]) await world.store.commit([{ write: 'link', item: link(patientId, number) }]);
};

beforeEach(async () => {
  world = await lab.fresh('2026-09-01T12:00:00Z');
  for (const patientId of ['p-1', 'p-2', 'p-3']) await storePatient(patientId);
  await count('p-1', 'p-2', 'p-3');
});

const partition = async (patientId: string) =>
  (
    await world.document.send(
      new QueryCommand({
        TableName: world.tables.care,
        KeyConditionExpression: 'pk = :pk',
        ExpressionAttributeValues: { ':pk': `PATIENT#${patientId}` },
      }),
    )
  ).Items ?? [];

const everywhere = async (text: string) =>
  (await world.everything()).filter((item) => JSON.stringify(item).includes(text));

describe('erasing a patient', () => {
  it('removes the partition and the links, and keeps the counts byte for byte', async () => {
    const before = digestOf(await storedCells(cells()));
    expect(await erase('p-1')).toEqual({
      outcome: 'erased',
      at: '2026-09-01T12:00:00Z',
      items: 6,
      links: 2,
    });
    expect(await partition('p-1')).toEqual([]);
    expect(await everywhere('p-1')).toEqual([]);
    expect(await everywhere('maria')).toHaveLength(2);
    expect(await world.store.findLink('hash-p-1-1')).toBeUndefined();
    expect(await world.store.findLink('hash-p-2-1')).toBeDefined();
    expect(digestOf(await storedCells(cells()))).toBe(before);
    expect(digestOf((await recount(scan(), residue())).cells)).toBe(before);
    expect(await compare()).toEqual({ patients: 2, uncounted: [], differences: [] });
  });

  it('is missed by a recount that forgets the residue', async () => {
    await erase('p-1');
    expect((await compareCountsWith({ scan: scan(), cells: cells() })()).differences).not.toEqual([]);
  });

  it('leaves a hash and an entry in the audit trail, and nothing else', async () => {
    const before = await world.everything();
    await erase('p-1');
    const kinds = (await world.everything())
      .filter((item) => !before.some(({ pk, sk }) => pk === item['pk'] && sk === item['sk']))
      .map(({ pk }) => String(pk).replace(/#.*/, ''));
    expect(new Set(kinds)).toEqual(new Set(['AUDIT', 'ERASED', 'RESIDUE']));
    expect(kinds.filter((kind) => kind === 'AUDIT')).toHaveLength(1);
  });

  it('changes nothing the second time, later', async () => {
    await erase('p-1');
    const before = await world.everything();
    world.at('2026-10-01T12:00:00Z');
    expect(await erase('p-1')).toMatchObject({ outcome: 'erased', items: 0, links: 0 });
    expect(await world.everything()).toEqual(before);
  });

  it('says when nothing is stored, and writes nothing', async () => {
    const before = await world.everything();
    expect(await erase('nobody')).toEqual({ outcome: 'not-found' });
    expect(await world.everything()).toEqual(before);
  });

  it('counts first what was not counted yet', async () => {
    await storePatient('p-4');
    await erase('p-4');
    expect(await compare()).toEqual({ patients: 3, uncounted: [], differences: [] });
    const answered = (await cells().cells('overall')).find(({ timepoint }) => timepoint === '2w');
    expect(answered?.counts.answered).toBe(4);
  });

  it('is not undone by changes of the stream that come late', async () => {
    const before = digestOf(await storedCells(cells()));
    await erase('p-1');
    const keys = ['PROFILE', 'EPISODE#2026-03-02#epidural-steroid-injection'].map((sk) => ({
      pk: 'PATIENT#p-1',
      sk,
    }));
    await composeCount(world.environment, world.runtime)(streamBatch(keys), context);
    expect(digestOf(await storedCells(cells()))).toBe(before);
    expect(await partition('p-1')).toEqual([]);
  });

  it('holds when the source reports the patient again', async () => {
    await erase('p-1');
    const before = await world.everything();
    const enroll = composeEnroll(world.environment, world.runtime);
    expect(await enroll(busEvent(), context)).toEqual({ outcome: 'ignored', reasons: ['erased'] });
    const contact = { version: 1, eventId: 'c-1', patient: { id: 'p-1', email: 'maria@example.com' } };
    const { procedure: _, ...event } = busEvent(contact, 'Contact Changed').detail;
    expect(await enroll({ ...busEvent({}, 'Contact Changed'), detail: event }, context)).toEqual({
      outcome: 'ignored',
    });
    expect(await world.everything()).toEqual(before);
  });

  it('works for a record too large for one transaction', async () => {
    const episodes = Array.from({ length: 12 }, (_, year) =>
      anEpisode({
        patientId: 'p-9',
        serviceDate: `${2010 + year}-03-02`,
        touchpoints: Object.fromEntries(
          (['2w', '1m', '3m', '6m', '12m'] as const).map((id) => [
            id,
            { status: 'contacted' as const, contacts: 1, firstContactOn: '2026-03-16' },
          ]),
        ),
      }),
    );
    await storePatient('p-9', episodes);
    await count('p-9');
    const before = digestOf(await storedCells(cells()));
    await erase('p-9');
    expect(digestOf(await storedCells(cells()))).toBe(before);
    expect((await compare()).differences).toEqual([]);
  });
});
