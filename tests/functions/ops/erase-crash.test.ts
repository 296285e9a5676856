import { DynamoDBDocumentClient, PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { careScanOn } from '../../../shared/adapters/dynamodb/care-scan.ts';
import { cellStoreOn, residueStoreOn } from '../../../shared/adapters/dynamodb/cell-store.ts';
import { countingStoreOn } from '../../../shared/adapters/dynamodb/counting-store.ts';
import { erasureStoreOn } from '../../../shared/adapters/dynamodb/erasure-store.ts';
import { compareCountsWith, storedCells } from '../../../shared/application/check-drift.ts';
import { countPatientsWith } from '../../../shared/application/count-patients.ts';
import { erasePatientWith } from '../../../shared/application/erase-patient.ts';
import type { ErasureStore } from '../../../shared/application/erasure-ports.ts';
import type { CareStore } from '../../../shared/application/ports.ts';
import { digestOf } from '../../../shared/domain/digest.ts';
import type { Episode } from '../../../shared/domain/episode.ts';
import { anEpisode, aProfile, aResponse } from '../../support/builders.ts';
import { type FunctionLab, startFunctionLab, type World } from '../../support/function-lab.ts';

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

/** Every call that erasing makes, in order; the one that is number `fatal` ends it, before or after it took hold. */
const crashing = (fatal: number, when: 'before' | 'after') => {
  const parts = partsOf();
  let calls = 0;
  const wrap =
    <In extends readonly unknown[], Out>(call: (...given: In) => Promise<Out>) =>
    async (...given: In): Promise<Out> => {
      calls += 1;
      if (calls === fatal && when === 'before') throw new Error('crash');
      const result = await call(...given);
      if (calls === fatal) throw new Error('crash');
      return result;
    };
  const { erasure, store, counting } = parts;
  const wrapped: ErasureStore = {
    wasErased: wrap(erasure.wasErased),
    holds: wrap(erasure.holds),
    remember: wrap(erasure.remember),
    close: wrap(erasure.close),
    removeRecord: wrap(erasure.removeRecord),
    removeLinks: wrap(erasure.removeLinks),
    removeMarker: wrap(erasure.removeMarker),
  };
  const care: CareStore = { ...store, load: wrap(store.load), commit: wrap(store.commit) };
  const run = erasePatientWith({
    ...parts,
    erasure: wrapped,
    store: care,
    counting: { apply: wrap(counting.apply) },
  });
  return { run, calls: () => calls };
};

describe('erasing that crashes', () => {
  it('goes on from any step, and the counts are right at every moment', async () => {
    const before = digestOf(await storedCells(cells()));
    const whole = crashing(Number.POSITIVE_INFINITY, 'after');
    await whole.run('p-1');
    expect(whole.calls()).toBeGreaterThan(6);
    for (let fatal = 1; fatal <= whole.calls(); fatal += 1) {
      for (const when of ['before', 'after'] as const) {
        world = await lab.fresh('2026-09-01T12:00:00Z');
        for (const patientId of ['p-1', 'p-2', 'p-3']) await storePatient(patientId);
        await count('p-1', 'p-2', 'p-3');
        await expect(crashing(fatal, when).run('p-1')).rejects.toThrow('crash');
        await count('p-1', 'p-2');
        expect((await compare()).differences, `crash ${when} call ${fatal}`).toEqual([]);
        world.at('2026-09-02T12:00:00Z');
        const again = await erase('p-1');
        expect(again.outcome).toBe('erased');
        expect(await everywhere('p-1')).toEqual([]);
        expect(digestOf(await storedCells(cells()))).toBe(before);
        expect(await compare()).toEqual({ patients: 2, uncounted: [], differences: [] });
        expect(await everywhere('AUDIT#')).toHaveLength(1);
      }
    }
  });

  it('goes on when single items were removed and others not', async () => {
    const { erasure } = partsOf();
    const failing = DynamoDBDocumentClient.from(lab.lab.client);
    let deletes = 0;
    failing.middlewareStack.add(
      (next, { commandName }) =>
        async (input) => {
          if (commandName === 'DeleteItemCommand') deletes += 1;
          if (commandName === 'DeleteItemCommand' && deletes === 3) throw new Error('crash');
          return next(input);
        },
      { step: 'initialize', name: 'crash' },
    );
    const broken = { ...partsOf(), erasure: erasureStoreOn(failing, world.tables) };
    await expect(erasePatientWith(broken)('p-1')).rejects.toThrow('crash');
    failing.middlewareStack.remove('crash');
    expect((await partition('p-1')).map(({ sk }) => sk)).not.toContain('PROFILE');
    expect((await compare()).differences).toEqual([]);
    expect(await erasePatientWith({ ...partsOf(), erasure })('p-1')).toMatchObject({ items: 4 });
    expect(await everywhere('p-1')).toEqual([]);
    expect(await compare()).toEqual({ patients: 2, uncounted: [], differences: [] });
  });

  it('removes what a writer left behind who had read the record before', async () => {
    await erase('p-1');
    await world.document.send(
      new PutCommand({
        TableName: world.tables.care,
        Item: { pk: 'PATIENT#p-1', sk: 'NOTICE#2026-09-01T12:00:01Z#call-me', patientId: 'p-1' },
      }),
    );
    expect(await erase('p-1')).toMatchObject({ items: 1 });
    expect(await everywhere('p-1')).toEqual([]);
    expect((await compare()).differences).toEqual([]);
  });
});
