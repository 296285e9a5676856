import { afterEach, describe, expect, it, vi } from 'vitest';
import { pacerFor } from '../../../../shared/care/emailing/pacer.ts';
import { decideAndCommit } from '../../../../shared/care/patient/commit-change.ts';
import { isBusy } from '../../../../shared/platform/contention.ts';
import { memoryStores } from '../../../support/oracles/memory-stores.ts';
import { aProfile, thePatient } from '../../../support/samples/builders.ts';

const renamed = (store: ReturnType<typeof memoryStores>['care'], givenName: string) =>
  decideAndCommit(
    store,
    thePatient,
    ({ profile }) => {
      const revision = (profile?.revision ?? 0) + 1;
      return { writes: [{ kind: 'profile', item: aProfile({ givenName, revision }) }], result: revision };
    },
    0,
  );

afterEach(() => vi.restoreAllMocks());

describe('deciding and writing', () => {
  it('decides again from what somebody else wrote meanwhile, so that neither is lost', async () => {
    const { care } = memoryStores();
    const results = await Promise.all(['A', 'B', 'C'].map((name) => renamed(care, name)));
    expect(results.toSorted()).toEqual([1, 2, 3]);
    expect((await care.load(thePatient)).profile?.revision).toBe(3);
  });

  it('writes nothing when there is nothing to write', async () => {
    const { care } = memoryStores();
    const refusing = { ...care, commit: () => Promise.reject(new Error('It wrote.')) };
    expect(
      await decideAndCommit(refusing, thePatient, () => ({ writes: [], result: 'same' }), 'erased'),
    ).toBe('same');
  });

  it('gives up after 14 tries rather than turn for ever, and says that a later one may succeed', async () => {
    const { care } = memoryStores();
    vi.spyOn(Math, 'random').mockReturnValue(0);
    let tries = 0;
    const losing = {
      ...care,
      commit: async () => {
        tries += 1;
        return 'conflict' as const;
      },
    };
    await expect(renamed(losing, 'A')).rejects.toSatisfy(isBusy);
    expect(tries).toBe(14);
  });
});

describe('the pace', () => {
  it('spaces emails evenly, however many are under way at once, and makes up for no pause', async () => {
    let now = 0;
    const waits: number[] = [];
    const pace = pacerFor(
      10,
      async (milliseconds) => {
        waits.push(milliseconds);
      },
      () => now,
    );
    await Promise.all([pace(), pace(), pace()]);
    expect(waits).toEqual([100, 200]);
    now = 5000;
    await Promise.all([pace(), pace()]);
    expect(waits).toEqual([100, 200, 100]);
  });
});
