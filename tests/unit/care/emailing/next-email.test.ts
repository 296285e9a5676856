import { describe, expect, it } from 'vitest';
import { decideEmail } from '../../../../shared/care/emailing/next-email.ts';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { zoneId } from '../../../../shared/platform/calendar.ts';
import type { LocalDate, UtcInstant } from '../../../../shared/platform/time.ts';
import { anEpisode, aProfile, aRecord, stoppedFor } from '../../../support/samples/builders.ts';

/** Instructions went: what comes next is the survey at two weeks, on Monday 16 March at 10:00 (14:00 UTC). */
const atTwoWeeks = (overrides: Partial<Episode> = {}): Episode =>
  anEpisode({
    touchpoints: { instructions: { status: 'emailed', emails: 1, firstEmailOn: '2026-03-02' } },
    lastEmailOn: '2026-03-02',
    ...overrides,
  });

const decide = (
  episode: Episode,
  now: UtcInstant,
  others: readonly Episode[] = [],
  record: Partial<PatientRecord> = {},
) => decideEmail(aRecord({ episodes: [episode, ...others], ...record }), episode, now);

const other = (overrides: Partial<Episode>): Episode =>
  anEpisode({ family: 'mild', serviceDate: '2025-12-01', ...overrides });

describe('what is due', () => {
  it('is sent, and is stored as sent, with its reminder planned', () => {
    const decision = decide(atTwoWeeks(), '2026-03-16T14:00:00Z');
    expect(decision).toMatchObject({
      outcome: 'send',
      address: 'maria@example.com',
      planned: { number: 1, touchpoint: { id: '2w' } },
      episode: {
        lastEmailOn: '2026-03-16',
        lastInvitationOn: '2026-03-16',
        nextDueAt: '2026-03-19T14:00:00Z',
        touchpoints: {
          '2w': {
            status: 'emailed',
            emails: 1,
            firstEmailOn: '2026-03-16',
            lastEmailOn: '2026-03-16',
          },
        },
      },
    });
  });

  it('as a reminder keeps the day of the invitation, and is no invitation', () => {
    const invited = atTwoWeeks({
      touchpoints: {
        instructions: { status: 'emailed', emails: 1, firstEmailOn: '2026-03-02' },
        '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16', delivered: true },
      },
      lastEmailOn: '2026-03-16',
      lastInvitationOn: '2026-03-16',
    });
    expect(decide(invited, '2026-03-19T14:00:00Z')).toMatchObject({
      outcome: 'send',
      planned: { number: 2 },
      episode: {
        lastEmailOn: '2026-03-19',
        lastInvitationOn: '2026-03-16',
        nextDueAt: '2026-03-23T14:00:00Z',
        touchpoints: {
          '2w': { emails: 2, firstEmailOn: '2026-03-16', lastEmailOn: '2026-03-19', delivered: true },
        },
      },
    });
  });

  it('goes out on a Sunday evening when it is the instructions', () => {
    const sunday = anEpisode({ serviceDate: '2026-03-01' });
    expect(decide(sunday, '2026-03-01T23:00:00Z')).toMatchObject({
      outcome: 'send',
      planned: { touchpoint: { id: 'instructions' } },
    });
  });

  it.each([
    ['before its moment', atTwoWeeks(), '2026-03-16T13:59:59Z'],
    ['without a pointer', { ...atTwoWeeks(), nextDueAt: undefined }, '2026-03-16T14:00:00Z'],
  ] as const)('is nothing %s', (_, { nextDueAt, ...episode }, now) => {
    const indexed = nextDueAt === undefined ? episode : { ...episode, nextDueAt };
    expect(decide(indexed, now)).toEqual({ outcome: 'nothing' });
  });
});

describe('a patient who may not be emailed', () => {
  const profiles: readonly (readonly [string, PatientRecord['profile']])[] = [
    ['opted out', aProfile(stoppedFor('opted-out', '2026-03-16T13:00:00Z'))],
    ['died', aProfile(stoppedFor('died', '2026-03-16T13:00:00Z'))],
    [
      'has no address',
      (({ email: _, ...profile }) => profile)(aProfile(stoppedFor('no-address', '2026-03-16T13:00:00Z'))),
    ],
  ];
  it.each(profiles)('%s: nothing goes, nothing stays pending', (_, profile) => {
    const decision = decide(
      atTwoWeeks(),
      '2026-03-16T14:00:00Z',
      [],
      profile === undefined ? {} : { profile },
    );
    expect(decision).toMatchObject({ outcome: 'stop', episode: { status: 'stopped' } });
    expect(decision.outcome === 'stop' && 'nextDueAt' in decision.episode).toBe(false);
  });

  it('has no profile at all: the same', () => {
    const { profile: _, ...record } = aRecord({ episodes: [atTwoWeeks()] });
    expect(decideEmail(record, atTwoWeeks(), '2026-03-16T14:00:00Z').outcome).toBe('stop');
  });
});

describe('an email that may not happen now waits', () => {
  const cases: readonly (readonly [string, Episode, UtcInstant, readonly Episode[], string, UtcInstant])[] = [
    [
      'at night, until 08:00',
      atTwoWeeks(),
      '2026-03-17T01:00:00Z',
      [],
      'quiet-hours',
      '2026-03-17T12:00:00Z',
    ],
    ['before 08:00', atTwoWeeks(), '2026-03-17T11:59:59Z', [], 'quiet-hours', '2026-03-17T12:00:00Z'],
    [
      'on a Saturday, until Monday at 10:00',
      atTwoWeeks(),
      '2026-03-21T16:00:00Z',
      [],
      'not-a-working-day',
      '2026-03-23T14:00:00Z',
    ],
    [
      'on a day with another email, until the next working day',
      atTwoWeeks(),
      '2026-03-20T16:00:00Z',
      [other({ lastEmailOn: '2026-03-20' })],
      'emailed-today',
      '2026-03-23T14:00:00Z',
    ],
    [
      'on a day with another email, whichever other episode had it',
      atTwoWeeks(),
      '2026-03-20T16:00:00Z',
      [
        other({ lastEmailOn: '2026-03-20' }),
        other({ lastEmailOn: '2026-03-18', family: 'facet-joint-injection' }),
      ],
      'emailed-today',
      '2026-03-23T14:00:00Z',
    ],
    [
      'in the week of an invitation for another episode',
      atTwoWeeks(),
      '2026-03-16T14:00:00Z',
      [other({ lastInvitationOn: '2026-03-13', lastEmailOn: '2026-03-13' })],
      'invited-this-week',
      '2026-03-20T14:00:00Z',
    ],
    [
      'on the sixth day after one',
      atTwoWeeks(),
      '2026-03-19T14:00:00Z',
      [other({ lastInvitationOn: '2026-03-13' })],
      'invited-this-week',
      '2026-03-20T14:00:00Z',
    ],
    [
      'until the other email of a patient who moved west is a day old there',
      atTwoWeeks({ zone: zoneId('Pacific/Pago_Pago') }),
      '2026-03-16T21:00:00Z',
      [other({ lastEmailOn: '2026-03-17' })],
      'emailed-today',
      '2026-03-18T21:00:00Z',
    ],
  ];
  it.each(cases)('%s', (_, episode, now, others, reason, until) => {
    const decision = decide(episode, now, others);
    expect(decision).toMatchObject({ outcome: 'wait', reason, episode: { nextDueAt: until } });
  });

  it('but not on the seventh day after an invitation, nor at 08:00, nor at 19:59:59', () => {
    const invited = [other({ lastInvitationOn: '2026-03-13' })];
    expect(decide(atTwoWeeks(), '2026-03-20T14:00:00Z', invited).outcome).toBe('send');
    expect(decide(atTwoWeeks(), '2026-03-17T12:00:00Z').outcome).toBe('send');
    expect(decide(atTwoWeeks(), '2026-03-17T23:59:59Z').outcome).toBe('send');
  });

  it('but a reminder does not wait for a week to pass', () => {
    const invited = atTwoWeeks({
      touchpoints: {
        instructions: { status: 'emailed', emails: 1 },
        '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' },
      },
    });
    const others = [other({ lastInvitationOn: '2026-03-17' })];
    expect(decide(invited, '2026-03-19T14:00:00Z', others)).toMatchObject({
      outcome: 'send',
      planned: { number: 2 },
    });
  });
});

describe('a survey that waits for another invitation', () => {
  const invited = (on: LocalDate) => [other({ lastInvitationOn: on, lastEmailOn: on })];

  it.each([
    ['waits while three days are left to answer it', '2026-03-16', '2026-03-13', 'wait'],
    ['goes after two days where the week would leave fewer', '2026-03-18', '2026-03-16', 'send'],
    ['does not go on the day after', '2026-03-17', '2026-03-16', 'wait'],
    ['goes on the day after where it would be lost', '2026-03-23', '2026-03-20', 'send'],
    ['goes on the last day', '2026-03-23', '2026-03-22', 'send'],
    ['waits on the day of the other', '2026-03-23', '2026-03-23', 'wait'],
  ] as const)('%s', (_, today, other_, outcome) => {
    expect(decide(atTwoWeeks(), `${today}T14:00:00Z`, invited(other_)).outcome).toBe(outcome);
  });

  it('is not preceded by a reminder or a prompt, and goes before it', () => {
    const due = other({
      serviceDate: '2026-03-02',
      touchpoints: { instructions: { status: 'emailed', emails: 1 } },
    });
    const reminding = atTwoWeeks({
      touchpoints: {
        instructions: { status: 'emailed', emails: 1 },
        '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-09' },
      },
      nextDueAt: '2026-03-12T14:00:00Z',
    });
    expect(decide(reminding, '2026-03-16T14:00:00Z', [due])).toMatchObject({
      outcome: 'wait',
      reason: 'invitation-first',
    });
    expect(decide(due, '2026-03-16T14:00:00Z', [reminding])).toMatchObject({ outcome: 'send' });
  });
});

describe('after an outage', () => {
  it('a survey whose window has passed is skipped, and the next one is planned', () => {
    expect(decide(atTwoWeeks(), '2026-03-24T16:00:00Z')).toMatchObject({
      outcome: 'send',
      planned: { touchpoint: { id: 'visit' } },
      episode: { touchpoints: { '2w': { status: 'skipped', emails: 0 } } },
    });
  });

  it('with nothing open at the moment the pointer moves on', () => {
    expect(decide(atTwoWeeks(), '2026-05-10T16:00:00Z')).toMatchObject({
      outcome: 'wait',
      reason: 'nothing-open',
      episode: { nextDueAt: '2026-06-02T14:00:00Z', touchpoints: { '1m': { status: 'skipped' } } },
    });
  });

  it('with everything passed the episode is finished', () => {
    const decision = decide(atTwoWeeks(), '2028-03-24T16:00:00Z');
    expect(decision).toMatchObject({ outcome: 'wait', episode: { status: 'finished' } });
    expect(decision.outcome === 'wait' && 'nextDueAt' in decision.episode).toBe(false);
  });

  it('of several due at once the earliest goes first, the others on other days', () => {
    const first = decide(atTwoWeeks(), '2026-03-23T14:00:00Z');
    expect(first).toMatchObject({ outcome: 'send', planned: { touchpoint: { id: '2w' } } });
    if (first.outcome !== 'send') throw new Error('It was not sent.');
    expect(first.episode.nextDueAt).toBe('2026-03-23T14:00:00Z');
    const second = decide(first.episode, '2026-03-23T14:01:00Z');
    expect(second).toMatchObject({
      outcome: 'wait',
      reason: 'emailed-today',
      episode: { nextDueAt: '2026-03-24T14:00:00Z' },
    });
  });

  it('the one whose window closes first goes first, though it was due later', () => {
    const { nextDueAt: _, ...mild } = atTwoWeeks({ family: 'mild' });
    expect(decide(anEpisode(mild), '2026-03-18T14:00:00Z')).toMatchObject({
      outcome: 'send',
      planned: { touchpoint: { id: '2w' } },
      episode: { nextDueAt: '2026-03-10T14:00:00Z' },
    });
  });

  it('what may go is not held up by what may not', () => {
    const { nextDueAt: _, ...mild } = atTwoWeeks({ family: 'mild' });
    const decision = decide(anEpisode(mild), '2026-03-16T14:00:00Z', [
      other({ lastInvitationOn: '2026-03-13' }),
    ]);
    expect(decision).toMatchObject({ outcome: 'send', planned: { touchpoint: { id: 'rehabilitation' } } });
  });

  it('a reminder that became due while others waited comes back before the window closes', () => {
    const { nextDueAt: _, ...mild } = atTwoWeeks({ family: 'mild' });
    const moved = decide(
      anEpisode(mild),
      '2026-03-16T14:00:00Z',
      [other({ lastInvitationOn: '2026-03-13' })],
      {},
    );
    if (moved.outcome !== 'send') throw new Error('It was not sent.');
    expect(moved.episode.nextDueAt).toBe('2026-03-16T14:00:00Z');
  });
});
