import { describe, expect, it } from 'vitest';
import type { EpisodeStatus } from '../../../../shared/care/patient/episode.ts';
import {
  closePassedWindows,
  isWindowOpen,
  plannedEmails,
  withEmailsAgain,
  withNextEmail,
  withoutPlannedEmails,
} from '../../../../shared/care/patient/planned-emails.ts';
import { planOf, touchpointOf } from '../../../../shared/protocol/plans.ts';
import { anEpisode } from '../../../support/samples/builders.ts';

const plan = planOf('epidural-steroid-injection', 1);

const summary = (episode: Parameters<typeof plannedEmails>[0]) =>
  plannedEmails(episode).map(({ touchpoint, number, at }) => `${touchpoint.id} ${number} ${at}`);

describe('planned emails', () => {
  it('are the whole plan at the start, earliest first, by the clock of the patient', () => {
    expect(summary(anEpisode())).toEqual([
      'instructions 1 2026-03-02T23:00:00Z',
      '2w 1 2026-03-16T14:00:00Z',
      'visit 1 2026-03-23T14:00:00Z',
      '1m 1 2026-04-02T14:00:00Z',
      '3m 1 2026-06-02T14:00:00Z',
      '6m 1 2026-09-02T14:00:00Z',
      '12m 1 2027-03-02T15:00:00Z',
    ]);
  });

  it('keep the care sheet on the evening of a weekend procedure, and move surveys to a working day', () => {
    expect(summary(anEpisode({ serviceDate: '2026-03-07' })).slice(0, 2)).toEqual([
      'instructions 1 2026-03-07T23:00:00Z',
      '2w 1 2026-03-23T14:00:00Z',
    ]);
  });

  it('hold one reminder at a time, counted from the day of the invitation', () => {
    const state = { status: 'emailed', firstEmailOn: '2026-03-17' } as const;
    const first = anEpisode({ touchpoints: { '2w': { ...state, emails: 1 } } });
    expect(summary(first)).toContain('2w 2 2026-03-20T14:00:00Z');
    const second = anEpisode({ touchpoints: { '2w': { ...state, emails: 2 } } });
    expect(summary(second)).toContain('2w 3 2026-03-23T14:00:00Z');
    const third = anEpisode({ touchpoints: { '2w': { ...state, emails: 3 } } });
    expect(summary(third).some((email) => email.startsWith('2w'))).toBe(false);
  });

  it('leave out a reminder whose working day is past the window', () => {
    const late = anEpisode({
      touchpoints: { '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-21' } },
    });
    expect(summary(late).some((email) => email.startsWith('2w'))).toBe(false);
  });

  it.each(['answered', 'lapsed', 'skipped'] as const)('leave out what is %s', (status) => {
    const episode = anEpisode({
      touchpoints: { '2w': { status, emails: 1, firstEmailOn: '2026-03-16' } },
    });
    expect(summary(episode).some((email) => email.startsWith('2w'))).toBe(false);
  });

  it.each(['finished', 'stopped', 'cancelled'] as const)('of a %s episode are none', (status) => {
    expect(summary(anEpisode({ status, nextDueAt: '2026-03-02T23:00:00Z' }))).toEqual([]);
  });
});

describe('windows', () => {
  const twoWeeks = touchpointOf(plan, '2w');
  if (twoWeeks === undefined) throw new Error('The plan has no survey at two weeks.');

  it.each([
    ['2026-03-11', false],
    ['2026-03-12', true],
    ['2026-03-23', true],
    ['2026-03-24', false],
  ] as const)('of two weeks on %s: %s', (on, open) => {
    expect(isWindowOpen(anEpisode(), twoWeeks, on)).toBe(open);
  });

  it('close once they have passed: skipped when nothing was emailed, else lapsed; answers stay', () => {
    const episode = anEpisode({
      touchpoints: {
        '2w': { status: 'emailed', emails: 2, firstEmailOn: '2026-03-16' },
        '1m': { status: 'answered', emails: 1 },
      },
    });
    const lastMoment = closePassedWindows(episode, '2026-03-24T03:59:59Z');
    expect(lastMoment.touchpoints['2w']?.status).toBe('emailed');
    const after = closePassedWindows(episode, '2026-03-24T04:00:00Z');
    expect(after.touchpoints['2w']).toMatchObject({ status: 'lapsed', emails: 2 });
    const muchLater = closePassedWindows(episode, '2026-07-01T16:00:00Z');
    expect(muchLater.touchpoints).toMatchObject({
      instructions: { status: 'skipped' },
      '1m': { status: 'answered' },
      '3m': { status: 'skipped' },
    });
    expect(muchLater.touchpoints['6m']).toBeUndefined();
    expect(closePassedWindows(muchLater, '2026-07-01T16:00:00Z')).toBe(muchLater);
  });
});

describe('the pointer', () => {
  const everything = Object.fromEntries(
    plan.touchpoints.map(({ id }) => [id, { status: 'answered' as const, emails: 1 }]),
  );

  it('stands on the next email', () => {
    expect(withNextEmail(anEpisode())).toMatchObject({
      status: 'active',
      nextDueAt: '2026-03-02T23:00:00Z',
    });
  });

  it('is absent from an episode with nothing left, which is finished', () => {
    const done = withNextEmail(anEpisode({ touchpoints: everything }));
    expect(done.status).toBe('finished');
    expect('nextDueAt' in done).toBe(false);
  });

  it.each([
    ['stopped', 'active', 'stopped'],
    ['stopped', 'finished', 'finished'],
    ['retracted', 'stopped', 'cancelled'],
  ] as const)('is absent after %s of a once %s episode, which is then %s', (event, before, after) => {
    const stopped = withoutPlannedEmails({ ...anEpisode(), status: before }, event);
    expect(stopped.status).toBe(after);
    expect('nextDueAt' in stopped).toBe(false);
  });

  it('comes back with a resumed episode, past what was missed meanwhile', () => {
    const stopped = withoutPlannedEmails(anEpisode(), 'stopped');
    const resumed = withEmailsAgain(stopped, 'resumed', '2026-03-30T12:00:00Z');
    expect(resumed).toMatchObject({
      status: 'active',
      nextDueAt: '2026-03-23T14:00:00Z',
      touchpoints: { instructions: { status: 'skipped' }, '2w': { status: 'skipped' } },
    });
    const tooLate = withEmailsAgain(stopped, 'resumed', '2028-01-01T12:00:00Z');
    expect(tooLate.status).toBe('finished' satisfies EpisodeStatus);
    expect('nextDueAt' in tooLate).toBe(false);
  });

  it('does not come back by the wrong event', () => {
    const cancelled = withoutPlannedEmails(anEpisode(), 'retracted');
    expect(withEmailsAgain(cancelled, 'resumed', '2026-03-03T12:00:00Z').status).toBe('cancelled');
    expect(withEmailsAgain(cancelled, 'resumed', '2026-03-03T12:00:00Z').nextDueAt).toBeUndefined();
  });
});
