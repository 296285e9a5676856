import { describe, expect, it } from 'vitest';
import type {
  EpisodeStatus,
  TouchpointState,
  TouchpointStatus,
} from '../../../../shared/care/patient/episode.ts';
import {
  type EpisodeEvent,
  episodeTransitions,
  evolveEpisode,
  evolveTouchpoint,
  stateOf,
  type TouchpointEvent,
  touchpointTransitions,
} from '../../../../shared/care/patient/transitions.ts';
import { anEpisode } from '../../../support/samples/builders.ts';

const touchpointEvents: Readonly<Record<TouchpointEvent['kind'], TouchpointEvent>> = {
  reserved: { kind: 'reserved', on: '2026-03-20' },
  'invitation-refused': { kind: 'invitation-refused' },
  'reminder-refused': { kind: 'reminder-refused', lastEmailOn: '2026-03-16' },
  delivered: { kind: 'delivered' },
  answered: { kind: 'answered' },
  doubted: { kind: 'doubted' },
  'window-closed': { kind: 'window-closed' },
  'window-reopened': { kind: 'window-reopened' },
};

const states: Readonly<Record<TouchpointStatus, TouchpointState>> = {
  planned: { status: 'planned', emails: 0 },
  emailed: { status: 'emailed', emails: 2, firstEmailOn: '2026-03-16', lastEmailOn: '2026-03-19' },
  answered: { status: 'answered', emails: 1, firstEmailOn: '2026-03-16', lastEmailOn: '2026-03-16' },
  lapsed: { status: 'lapsed', emails: 3, firstEmailOn: '2026-03-16', lastEmailOn: '2026-03-22' },
  skipped: { status: 'skipped', emails: 0 },
};

/** Given where the survey at two weeks stands, when something happens to it, then it is as returned. */
const given = (state: TouchpointState) => ({
  when: (event: TouchpointEvent): TouchpointState | undefined => {
    const after = evolveTouchpoint(anEpisode({ touchpoints: { '2w': state } }), '2w', event);
    return after === undefined ? undefined : stateOf(after, '2w');
  },
});

const isStatus = (text: string): text is TouchpointStatus => text in states;

const isEvent = (text: string): text is TouchpointEvent['kind'] => text in touchpointEvents;

describe('a touchpoint', () => {
  it.each(
    Object.keys(states)
      .filter(isStatus)
      .flatMap((status) =>
        Object.keys(touchpointEvents)
          .filter(isEvent)
          .map((kind) => [status, kind] as const),
      ),
  )('that is %s obeys the table when it is %s', (status, kind) => {
    const after = given(states[status]).when(touchpointEvents[kind]);
    expect(after?.status).toBe(touchpointTransitions[status][kind]);
  });

  it.each([
    ['planned', 'answered'],
    ['planned', 'delivered'],
    ['planned', 'invitation-refused'],
    ['answered', 'reserved'],
    ['answered', 'window-closed'],
    ['answered', 'reminder-refused'],
    ['lapsed', 'reserved'],
    ['lapsed', 'reminder-refused'],
  ] as const)('%s cannot be %s', (status, kind) => {
    expect(given(states[status]).when(touchpointEvents[kind])).toBeUndefined();
  });

  const others = Object.values(touchpointEvents).filter(({ kind }) => kind !== 'window-reopened');
  it.each(others)('skipped is not left by $kind', (event) => {
    expect(given(states.skipped).when(event)).toBeUndefined();
  });

  it('reserved for the first time has its first and its last email on that day', () => {
    expect(given(states.planned).when({ kind: 'reserved', on: '2026-03-16' })).toEqual({
      status: 'emailed',
      emails: 1,
      firstEmailOn: '2026-03-16',
      lastEmailOn: '2026-03-16',
    });
  });

  it('reserved again keeps the day of its first email', () => {
    expect(given(states.emailed).when({ kind: 'reserved', on: '2026-03-22' })).toEqual({
      status: 'emailed',
      emails: 3,
      firstEmailOn: '2026-03-16',
      lastEmailOn: '2026-03-22',
    });
  });

  it('whose invitation was refused is as if it had never been emailed', () => {
    const reserved = given(states.planned).when({ kind: 'reserved', on: '2026-03-16' });
    expect(reserved).toBeDefined();
    expect(given(reserved ?? states.skipped).when({ kind: 'invitation-refused' })).toEqual(states.planned);
  });

  it('whose reminder was refused has one email fewer, and is still delivered if it was', () => {
    const invited: TouchpointState = {
      ...states.emailed,
      emails: 1,
      lastEmailOn: '2026-03-16',
      delivered: true,
    };
    const reserved = given(invited).when({ kind: 'reserved', on: '2026-03-19' });
    const refused = given(reserved ?? states.skipped).when({
      kind: 'reminder-refused',
      lastEmailOn: '2026-03-16',
    });
    expect(refused).toEqual(invited);
  });

  it('that lapsed is answered by a late answer', () => {
    expect(given(states.lapsed).when({ kind: 'answered' })).toEqual({ ...states.lapsed, status: 'answered' });
  });

  it('changes alone, and leaves the episode it was of as it was', () => {
    const episode = anEpisode({ touchpoints: { '2w': states.answered } });
    const after = evolveTouchpoint(episode, '1m', { kind: 'window-closed' });
    expect(after?.touchpoints).toEqual({ '2w': states.answered, '1m': states.skipped });
    expect(stateOf(episode, '1m')).toEqual({ status: 'planned', emails: 0 });
  });
});

describe('an episode', () => {
  const statuses: readonly EpisodeStatus[] = ['active', 'finished', 'stopped', 'cancelled'];
  const events: readonly EpisodeEvent[] = [
    'finished',
    'refused',
    'stopped',
    'resumed',
    'retracted',
    'reinstated',
  ];

  it.each([
    ['active', ['finished', 'active', 'stopped', undefined, 'cancelled', undefined]],
    ['finished', [undefined, 'active', undefined, undefined, 'cancelled', undefined]],
    ['stopped', [undefined, undefined, undefined, 'active', 'cancelled', undefined]],
    ['cancelled', [undefined, undefined, undefined, undefined, undefined, 'active']],
  ] as const)('that is %s', (status, after) => {
    const episode = { ...anEpisode(), status };
    expect(events.map((event) => evolveEpisode(episode, event)?.status)).toEqual(after);
  });

  it('has every status in the table', () => {
    expect(Object.keys(episodeTransitions).toSorted()).toEqual(statuses.toSorted());
  });

  it('changes in nothing but its status', () => {
    const episode = anEpisode();
    expect(evolveEpisode(episode, 'stopped')).toEqual({ ...episode, status: 'stopped' });
  });
});
