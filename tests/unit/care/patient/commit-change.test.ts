import { afterEach, describe, expect, it, vi } from 'vitest';
import { pacerFor } from '../../../../shared/care/emailing/pacer.ts';
import {
  decideAndCommit,
  type PatientChange,
  writesOf,
} from '../../../../shared/care/patient/commit-change.ts';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import { sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord, Profile } from '../../../../shared/care/patient/patient.ts';
import type { CareStore } from '../../../../shared/care/patient/ports.ts';
import { contactChange } from '../../../../shared/care/patient/profiles.ts';
import { resumePatient, stopPatient } from '../../../../shared/care/patient/stops.ts';
import { addDays } from '../../../../shared/platform/calendar.ts';
import { isBusy } from '../../../../shared/platform/contention.ts';
import { memoryStores } from '../../../support/oracles/memory-stores.ts';
import {
  aContactReport,
  anEpisode,
  aProfile,
  defaults,
  episodeIdFor,
  stoppedFor,
  thePatient,
} from '../../../support/samples/builders.ts';

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

describe('a change to more episodes than one write holds', () => {
  const many = 200;
  const start = '2025-01-01';
  const episodes = Array.from({ length: many }, (_, day) => {
    const serviceDate = addDays(start, day);
    return anEpisode({ serviceDate, episodeId: episodeIdFor('epidural-steroid-injection', serviceDate) });
  });
  const at = '2026-03-16T14:00:00Z';

  /** A store that takes no more items at once than DynamoDB does, and notes what each write holds. */
  const limited = async (stored: readonly Episode[], profile: Profile) => {
    const { care } = memoryStores();
    const writes: string[][] = [];
    await care.commit([{ kind: 'profile', item: profile }]);
    for (const item of stored) await care.commit([{ kind: 'episode', item }]);
    const store: CareStore = {
      ...care,
      commit: async (items) => {
        expect(items.length).toBeLessThanOrEqual(100);
        writes.push(items.map(({ kind }) => kind));
        return care.commit(items);
      },
    };
    return {
      store,
      writes,
      statuses: async () => new Set((await care.load(thePatient)).episodes.map(({ status }) => status)),
    };
  };

  const changing = (store: CareStore, change: (record: PatientRecord) => PatientChange) =>
    decideAndCommit(
      store,
      thePatient,
      (record) => ({ writes: writesOf(change(record)), result: 'first' }),
      'erased',
    );

  const told = (report: Parameters<typeof aContactReport>[0]) => (record: PatientRecord) =>
    contactChange({
      record,
      report: aContactReport({ reportedAt: sourceTimeOf(at), ...report }),
      defaults,
      now: at,
    });

  it.each<readonly [string, (record: PatientRecord) => PatientChange]>([
    ['an unsubscribe', (record) => stopPatient(record, 'opted-out', at, 'reader')],
    ['“this is not me”', (record) => stopPatient(record, 'wrong-person', at, 'reader')],
    ['a complaint', (record) => stopPatient(record, 'complained', at, 'email-provider')],
    ['an opt-out that a source reports', told({ optedOut: true })],
    ['a death', told({ died: true })],
  ])('of %s stops every one, and writes the profile first', async (_, change) => {
    const { store, writes, statuses } = await limited(episodes, aProfile());
    expect(await changing(store, change)).toBe('first');
    expect(await statuses()).toEqual(new Set(['stopped']));
    expect(writes.map((kinds) => kinds.includes('profile'))).toEqual([true, false, false]);
  });

  it.each<readonly [string, Partial<Profile>, (record: PatientRecord) => PatientChange]>([
    ['a resumption', stoppedFor('opted-out', at, 'reader'), (record) => resumePatient(record, at)],
    ['a new address', stoppedFor('hard-bounce', at), told({ email: 'maria@new.example' })],
    ['a death taken back', stoppedFor('died', '2026-03-10T10:00:00Z'), told({ died: false })],
  ])('of %s resumes every one', async (_, stops, change) => {
    const stopped = episodes.map((episode): Episode => ({ ...episode, status: 'stopped' }));
    const { store, statuses } = await limited(stopped, aProfile(stops));
    await changing(store, change);
    expect((await statuses()).has('stopped')).toBe(false);
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
