import { afterEach, describe, expect, it, vi } from 'vitest';
import { type PatientId, patientId } from '../../../shared/care/patient/ids.ts';
import { checkDriftWith } from '../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../shared/counting/count-patients.ts';
import type { CountingStore } from '../../../shared/counting/ports.ts';
import { type MemoryStores, memoryStores } from '../../support/oracles/memory-stores.ts';
import { anEpisode, aProfile, aResponse } from '../../support/samples/builders.ts';

const withPatients = async (...patients: readonly PatientId[]): Promise<MemoryStores> => {
  const stores = memoryStores();
  for (const id of patients) {
    await stores.care.commit([
      { kind: 'profile', item: aProfile({ patientId: id }) },
      { kind: 'episode', item: anEpisode({ patientId: id }) },
    ]);
  }
  return stores;
};

const countWith = (stores: MemoryStores, counting: CountingStore = stores.counting) =>
  countPatientsWith({ counting });

const driftIn = (stores: MemoryStores) =>
  checkDriftWith({ countingScan: stores.countingScan, cells: stores.cells })().then(
    ({ uncounted, differingCells }) => ({
      uncounted,
      differingCells,
    }),
  );

afterEach(() => vi.restoreAllMocks());

describe('counting', () => {
  it('goes by the newest record when somebody else was first with an older one', async () => {
    const stores = await withPatients(patientId('p-1'), patientId('p-2'));
    let others = 1;
    const contested: CountingStore = {
      load: stores.counting.load,
      apply: async (markers, changes) => {
        if (others > 0) {
          others -= 1;
          await stores.counting.apply(
            markers.map((marker) => ({ ...marker, contribution: new Map() })),
            [],
          );
          await stores.care.commit([{ kind: 'response', item: aResponse({ patientId: patientId('p-1') }) }]);
        }
        return stores.counting.apply(markers, changes);
      },
    };
    await countWith(stores, contested)([patientId('p-1'), patientId('p-2'), patientId('p-1')]);
    expect(await driftIn(stores)).toEqual({ uncounted: 0, differingCells: [] });
    expect((await stores.counting.load(patientId('p-1'))).marker?.revision).toBe(2);
  });

  it('gives up, loudly, when it never wins', async () => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
    const stores = await withPatients(patientId('p-1'));
    await expect(
      countWith(stores, { ...stores.counting, apply: async () => 'conflict' })([patientId('p-1')]),
    ).rejects.toThrow(/counts changed/);
  });

  it('writes nothing when nothing has changed', async () => {
    const stores = await withPatients(patientId('p-1'));
    await countWith(stores)([patientId('p-1')]);
    const refusing: CountingStore = {
      load: stores.counting.load,
      apply: async () => {
        throw new Error('There was nothing to write.');
      },
    };
    await countWith(stores, refusing)([patientId('p-1'), patientId('nobody')]);
    expect((await stores.counting.load(patientId('p-1'))).marker?.revision).toBe(1);
  });

  it('never writes more at once than a transaction holds, however many patients there are', async () => {
    const patients = Array.from({ length: 150 }, (_, index) => patientId(`p-${index}`));
    const stores = await withPatients(...patients);
    const sizes: number[] = [];
    const measured: CountingStore = {
      load: stores.counting.load,
      apply: async (markers, changes) => {
        sizes.push(markers.length + changes.length);
        return stores.counting.apply(markers, changes);
      },
    };
    await countWith(stores, measured)(patients);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(100);
    expect(sizes.length).toBe(2);
    expect(await driftIn(stores)).toEqual({ uncounted: 0, differingCells: [] });
  });
});
