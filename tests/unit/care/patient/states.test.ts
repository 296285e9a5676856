import { describe, expect, it } from 'vitest';
import type { EpisodeStatus, TouchpointStatus } from '../../../../shared/care/patient/episode.ts';
import {
  type EpisodeEvent,
  episodeStatusAfter,
  episodeTransitions,
  stateOf,
  statusAfter,
  type TouchpointEvent,
  touchpointTransitions,
  withTouchpoint,
} from '../../../../shared/care/patient/transitions.ts';
import { anEpisode } from '../../../support/samples/builders.ts';

const touchpointStatuses: readonly TouchpointStatus[] = [
  'planned',
  'emailed',
  'answered',
  'lapsed',
  'skipped',
];

const touchpointEvents: readonly TouchpointEvent[] = ['contact', 'refuse', 'answer', 'close'];

/** How far along each status is: nothing ever goes back. */
const rank: Readonly<Record<TouchpointStatus, number>> = {
  planned: 0,
  emailed: 1,
  lapsed: 2,
  skipped: 2,
  answered: 3,
};

describe('the states of a touchpoint', () => {
  it('are all in the table, and lead only to states that are', () => {
    expect(Object.keys(touchpointTransitions).toSorted()).toEqual(touchpointStatuses.toSorted());
    for (const status of touchpointStatuses) {
      for (const event of touchpointEvents) {
        const after = statusAfter(status, event);
        expect(after === undefined || touchpointStatuses.includes(after)).toBe(true);
      }
    }
  });

  it('only go forward', () => {
    for (const status of touchpointStatuses) {
      for (const event of touchpointEvents) {
        expect(rank[statusAfter(status, event) ?? status]).toBeGreaterThanOrEqual(rank[status]);
      }
    }
  });

  it.each(touchpointEvents)('skipped is not left by %s', (event) => {
    expect(statusAfter('skipped', event)).toBeUndefined();
  });

  it.each([
    ['planned', 'answer'],
    ['answered', 'contact'],
    ['answered', 'close'],
    ['lapsed', 'contact'],
    ['planned', 'refuse'],
  ] as const)('%s cannot %s', (status, event) => {
    expect(statusAfter(status, event)).toBeUndefined();
  });

  it('a late answer turns a lapsed one into an answered one', () => {
    expect(statusAfter('lapsed', 'answer')).toBe('answered');
  });

  it('nothing stored is planned; a state replaces only its own', () => {
    const episode = anEpisode({ touchpoints: { '2w': { status: 'answered', emails: 1 } } });
    expect(stateOf(episode, '1m')).toEqual({ status: 'planned', emails: 0 });
    const after = withTouchpoint(episode, '1m', { status: 'emailed', emails: 1 });
    expect(stateOf(after, '2w')).toEqual({ status: 'answered', emails: 1 });
    expect(stateOf(after, '1m')).toEqual({ status: 'emailed', emails: 1 });
    expect(stateOf(episode, '1m').status).toBe('planned');
  });
});

describe('the states of an episode', () => {
  const statuses: readonly EpisodeStatus[] = ['active', 'finished', 'stopped', 'cancelled'];
  const events: readonly EpisodeEvent[] = ['finish', 'stop', 'resume', 'retract', 'reinstate'];

  it.each([
    ['active', ['finished', 'stopped', 'active', 'cancelled', 'active']],
    ['finished', ['finished', 'finished', 'finished', 'cancelled', 'finished']],
    ['stopped', ['stopped', 'stopped', 'active', 'cancelled', 'stopped']],
    ['cancelled', ['cancelled', 'cancelled', 'cancelled', 'cancelled', 'active']],
  ] as const)('%s', (status, after) => {
    expect(events.map((event) => episodeStatusAfter(status, event))).toEqual(after);
  });

  it('are all in the table', () => {
    expect(Object.keys(episodeTransitions).toSorted()).toEqual(statuses.toSorted());
  });
});
