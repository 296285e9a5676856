import { beforeEach, describe, expect, it } from 'vitest';
import { createHandler } from '../../../functions/enroll-episode/create-handler.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { busEvent, context, startFunctionLab, type World } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { stopKindOf } from '../../support/samples/builders.ts';

const lab = sharedLab(startFunctionLab);
let world: World;
beforeEach(async () => {
  world = await lab().fresh();
});

const take = (event: unknown) => createHandler(world.environment, world.runtime)(event, context);
const procedure = (overrides: Readonly<Record<string, unknown>>) => ({
  id: 's-1',
  codes: [{ system: 'LOCAL', code: 'epidural-steroid-injection' }],
  performedAt: '2026-03-02',
  ...overrides,
});
const retraction = {
  eventId: 'e-2',
  reportedAt: '2026-03-03T20:00:00Z',
  procedure: { id: 's-1', status: 'entered-in-error' },
};

describe('an event from the bus', () => {
  it('starts an episode', async () => {
    expect(await take(busEvent())).toEqual({ outcome: 'enrolled', episodes: 1 });
    const record = await world.store.load(patientId('p-1'));
    expect(record.profile?.email).toBe('maria@example.com');
    expect(record.episodes).toMatchObject([{ status: 'active', nextDueAt: '2026-03-02T23:00:00Z' }]);
    expect(world.measured.get('Event-enrolled')).toBe(1);
  });

  it('that comes again, several times at once, starts nothing more', async () => {
    const outcomes = await Promise.all([1, 2, 3, 4].map(() => take(busEvent())));
    expect(outcomes.filter(({ outcome }) => outcome === 'enrolled').length).toBe(1);
    const once = await world.everything();
    expect(await take(busEvent())).toEqual({ outcome: 'already-taken' });
    expect(await world.everything()).toEqual(once);
  });

  it('taken back cancels, also when it comes first or at the same moment', async () => {
    await Promise.all([take(busEvent()), take(busEvent(retraction, 'Procedure Corrected'))]);
    await take(busEvent());
    const record = await world.store.load(patientId('p-1'));
    expect(record.episodes.filter(({ status }) => status !== 'cancelled')).toEqual([]);
    expect(record.sources).toMatchObject([{ status: 'retracted' }]);
  });

  it('with a code that means nothing here is recorded as ignored', async () => {
    const event = busEvent({ procedure: procedure({ codes: [{ system: 'CPT', code: '99213' }] }) });
    expect(await take(event)).toEqual({ outcome: 'ignored', reasons: ['unknown-code'] });
    const items = await world.everything();
    expect(items.map(({ sk }) => sk)).toEqual(['IGNORED#s-1', 'SOURCE#s-1', 'OWNER']);
    expect(JSON.stringify(items)).not.toContain('maria');
  });

  it('about reaching the patient stops what is pending', async () => {
    await take(busEvent());
    const news = {
      version: 1,
      eventId: 'c-1',
      reportedAt: '2026-03-02T20:30:00Z',
      patient: { id: 'p-1' },
      optedOut: true,
    };
    expect(await take({ ...busEvent({}, 'Contact Changed'), detail: news })).toEqual({ outcome: 'updated' });
    const record = await world.store.load(patientId('p-1'));
    expect(stopKindOf(record)).toBe('opted-out');
    expect(record.episodes).toMatchObject([{ status: 'stopped' }]);
  });

  it('at the same moment as an opt-out never leaves email pending', async () => {
    await take(busEvent());
    for (let round = 0; round < 5; round += 1) {
      world = await lab().fresh();
      await take(busEvent());
      const second = busEvent({
        eventId: 'e-3',
        procedure: procedure({ id: 's-2', codes: [{ system: 'LOCAL', code: 'mild' }] }),
      });
      const optOut = {
        ...busEvent({}, 'Contact Changed'),
        detail: { version: 1, eventId: 'c-1', patient: { id: 'p-1' }, optedOut: true },
      };
      await Promise.all([take(second), take(optOut)]);
      const { episodes } = await world.store.load(patientId('p-1'));
      expect(episodes.map(({ status, nextDueAt }) => [status, nextDueAt])).toEqual([
        ['stopped', undefined],
        ['stopped', undefined],
      ]);
    }
  });

  it.each([
    ['nothing', undefined],
    ['no event', { hello: 'maria@example.com' }],
    ['a malformed detail', busEvent({ patient: { id: 'maria at example.com' } })],
    ['a date that is none', busEvent({ procedure: procedure({ performedAt: '2026-02-31' }) })],
  ])('that cannot be understood is thrown, without what it holds: %s', async (_, event) => {
    const message = await take(event).then(
      () => 'It was taken.',
      (error: unknown) => String(error),
    );
    expect(message).toContain('event rejected');
    expect(message).not.toMatch(/maria/i);
    expect(await world.everything()).toEqual([]);
  });
});
