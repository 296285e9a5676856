import { describe, expect, it } from 'vitest';
import { decideEmail } from '../../../../shared/care/emailing/next-email.ts';
import type { Episode, TouchpointState } from '../../../../shared/care/patient/episode.ts';
import type { StopKind } from '../../../../shared/care/patient/stop-facts.ts';
import { callsFor, minListedDays } from '../../../../shared/care/staff/worklist.ts';
import { addDays, instantAt, workingDayFrom, zoneId } from '../../../../shared/platform/calendar.ts';
import type { LocalDate } from '../../../../shared/platform/time.ts';
import { familyIds } from '../../../../shared/protocol/families.ts';
import { allPlansOf, planOf, type TouchpointId } from '../../../../shared/protocol/plans.ts';
import { withDelivery } from '../../../support/oracles/delivery.ts';
import { anEpisode, aProfile, aRecord, stoppedFor, thePatient } from '../../../support/samples/builders.ts';

/** 2 March 2026; the survey at two weeks is open from 12 to 23 March, the visit prompt from 23 March to 6 April. */
const family = 'epidural-steroid-injection' as const;

const serviceDate = '2026-03-02';

const emailed = (overrides: Partial<TouchpointState> = {}): TouchpointState => ({
  status: 'emailed',
  emails: 3,
  firstEmailOn: '2026-03-12',
  lastEmailOn: '2026-03-18',
  delivered: true,
  ...overrides,
});

const done = emailed({ emails: 1, lastEmailOn: serviceDate });

const recordWith = (twoWeeks: TouchpointState | undefined, stop?: StopKind) =>
  aRecord({
    profile: aProfile(stop === undefined ? {} : stoppedFor(stop)),
    episodes: [
      anEpisode({
        touchpoints: { instructions: done, ...(twoWeeks === undefined ? {} : { '2w': twoWeeks }) },
      }),
    ],
  });

const calls = (twoWeeks: TouchpointState | undefined, on: LocalDate, stop?: StopKind) =>
  callsFor(recordWith(twoWeeks, stop), `${on}T15:00:00Z`).map(({ reason, touchpoint }) => [
    reason,
    touchpoint,
  ]);

describe('a survey that nobody answers', () => {
  const surveys = familyIds.flatMap((each) =>
    allPlansOf(each).flatMap(({ version, touchpoints }) =>
      touchpoints.filter(({ kind }) => kind === 'survey').map(({ id }) => [each, version, id] as const),
    ),
  );
  const datesOfAMonth = Array.from({ length: 31 }, (_, day) => addDays('2026-05-01', day));

  /** Plays the sender at ten every morning, and returns the days on which the worklist has the survey. */
  const listedDays = (episode: Episode, id: TouchpointId): readonly LocalDate[] => {
    let record = aRecord({ episodes: [episode] });
    const listed: LocalDate[] = [];
    const days =
      (planOf(episode.family, episode.planVersion).touchpoints.find((each) => each.id === id)?.window
        .closesDay ?? 0) + 1;
    for (let day = 0; day <= days; day += 1) {
      const today = addDays(episode.serviceDate, day);
      const now = instantAt(today, '10:00', episode.zone);
      const [current = episode] = record.episodes;
      const decision = decideEmail(record, current, now);
      if (decision.outcome === 'send' || decision.outcome === 'wait') {
        const sent =
          decision.outcome === 'send'
            ? withDelivery(decision.episode, decision.planned.touchpoint.id)
            : undefined;
        record = { ...record, episodes: [sent ?? decision.episode] };
      }
      if (callsFor(record, now).some((call) => call.touchpoint === id && call.reason === 'no-answer'))
        listed.push(today);
    }
    return listed;
  };

  it.each(surveys)(
    'of %s, plan %i, %s is listed for the promised working days before it closes',
    (each, planVersion, id) => {
      for (const on of datesOfAMonth) {
        const episode = anEpisode({
          family: each,
          planVersion,
          serviceDate: on,
          enrolledAt: `${on}T20:00:00Z`,
        });
        const working = listedDays(episode, id).filter((day) => workingDayFrom(day) === day);
        expect(working.length, on).toBeGreaterThanOrEqual(minListedDays);
      }
    },
  );
});

describe('an email that cannot be delivered', () => {
  const unreachable = (
    serviceDay: LocalDate,
    touchpoints: Episode['touchpoints'],
    on: LocalDate,
    kind: StopKind,
  ) =>
    callsFor(
      aRecord({
        profile: aProfile(stoppedFor(kind)),
        episodes: [anEpisode({ serviceDate: serviceDay, status: 'stopped', touchpoints })],
      }),
      `${on}T15:00:00Z`,
    ).map(({ reason, touchpoint }) => [reason, touchpoint]);

  it.each(['no-address', 'hard-bounce', 'closed-mailbox', 'wrong-person'] as const)(
    'of care advice is a call on the day of the treatment and a week on: %s',
    (kind) => {
      const call = [['cannot-be-emailed', 'instructions']];
      expect(unreachable('2026-03-02', {}, '2026-03-02', kind)).toEqual(call);
      expect(unreachable('2026-03-02', {}, '2026-03-09', kind)).toEqual(call);
      expect(unreachable('2026-03-02', {}, '2026-03-10', kind)).toEqual([]);
      expect(
        unreachable('2026-03-02', { instructions: { status: 'emailed', emails: 1 } }, '2026-03-02', kind),
      ).toEqual(call);
      expect(unreachable('2026-03-02', { instructions: done }, '2026-03-03', kind)).toEqual([]);
    },
  );

  it('of a prompt is a call while its window is open', () => {
    expect(
      unreachable(
        '2026-03-02',
        { instructions: done, '2w': emailed({ status: 'answered' }) },
        '2026-03-23',
        'hard-bounce',
      ),
    ).toEqual([['cannot-be-emailed', 'visit']]);
  });
});

describe('a patient who is said to have died', () => {
  const record = (serviceDay: LocalDate, status: Episode['status'] = 'stopped') =>
    aRecord({
      profile: aProfile(stoppedFor('died', '2026-03-10T10:00:00Z')),
      episodes: [anEpisode({ serviceDate: serviceDay, status })],
    });

  it.each([
    ['before that day', '2026-03-09', 'stopped', []],
    ['on that day', '2026-03-10', 'stopped', []],
    ['after it', '2026-03-11', 'stopped', ['said-to-be-dead']],
    ['long after it', '2026-09-11', 'stopped', ['said-to-be-dead']],
    ['after it, by mistake', '2026-03-11', 'cancelled', []],
  ] as const)('and was treated %s', (_, on, status, reasons) => {
    expect(callsFor(record(on, status), '2026-09-12T15:00:00Z').map(({ reason }) => reason)).toEqual(reasons);
  });
});

describe('a call because there is no answer', () => {
  it('is due three days after the last reminder, while the window is open', () => {
    const early = emailed({ lastEmailOn: '2026-03-14' });
    expect(calls(early, '2026-03-16')).toEqual([]);
    expect(calls(early, '2026-03-17')).toEqual([['no-answer', '2w']]);
  });

  it('is due on the last three working days of the window whatever was emailed last', () => {
    expect(calls(emailed(), '2026-03-18')).toEqual([]);
    expect(calls(emailed(), '2026-03-19')).toEqual([['no-answer', '2w']]);
    expect(calls(emailed({ emails: 2, lastEmailOn: '2026-03-19' }), '2026-03-19')).toEqual([
      ['no-answer', '2w'],
    ]);
    expect(
      calls(emailed({ emails: 1, firstEmailOn: '2026-03-19', lastEmailOn: '2026-03-19' }), '2026-03-19'),
    ).toEqual([]);
    expect(calls(emailed(), '2026-03-23')).toEqual([['no-answer', '2w']]);
    expect(calls(emailed(), '2026-03-24')).toEqual([]);
  });

  it('says whom, about what, and until when', () => {
    expect(callsFor(recordWith(emailed()), '2026-03-21T15:00:00Z')).toEqual([
      {
        patientId: thePatient,
        reason: 'no-answer',
        family,
        serviceDate,
        touchpoint: '2w',
        until: '2026-03-23',
      },
    ]);
  });

  it('is not due while a reminder is planned, nor after an answer', () => {
    expect(calls(emailed({ emails: 1, lastEmailOn: '2026-03-12' }), '2026-03-17')).toEqual([]);
    expect(calls(emailed({ status: 'answered' }), '2026-03-22')).toEqual([]);
  });

  it('is due for a survey only, not for instructions or a prompt', () => {
    const episode = anEpisode({
      touchpoints: { instructions: done, visit: emailed({ emails: 1, lastEmailOn: '2026-03-23' }) },
    });
    expect(callsFor(aRecord({ episodes: [episode] }), '2026-03-30T15:00:00Z')).toMatchObject([
      { reason: 'missed', touchpoint: '2w' },
    ]);
  });
});

describe('a call because an email was not confirmed', () => {
  const unconfirmed = emailed({ emails: 1, lastEmailOn: '2026-03-12', delivered: false });

  it('is due from the day after, whether another email is planned or not', () => {
    expect(calls(unconfirmed, '2026-03-12')).toEqual([]);
    expect(calls(unconfirmed, '2026-03-13')).toEqual([['not-delivered', '2w']]);
    const { delivered: _, ...unknown } = unconfirmed;
    expect(calls(unknown, '2026-03-13')).toEqual([['not-delivered', '2w']]);
    expect(calls(unconfirmed, '2026-03-24')).toEqual([]);
  });

  it('is due for instructions too, as long as they are of use', () => {
    const episode = anEpisode({
      touchpoints: { instructions: emailed({ emails: 1, lastEmailOn: serviceDate, delivered: false }) },
    });
    const on = (day: LocalDate) => callsFor(aRecord({ episodes: [episode] }), `${day}T15:00:00Z`);
    expect(on('2026-03-03')).toMatchObject([{ reason: 'not-delivered', touchpoint: 'instructions' }]);
    expect(on('2026-03-06')).toEqual([]);
  });

  it('is not due after an answer', () => {
    expect(calls({ ...unconfirmed, status: 'answered' }, '2026-03-15')).toEqual([]);
  });
});

describe('a call because there is no address', () => {
  it.each(['no-address', 'hard-bounce', 'wrong-person'] as const)(
    'is due while a survey is open: %s',
    (stop) => {
      expect(calls(undefined, '2026-03-11', stop)).toEqual([]);
      expect(calls(undefined, '2026-03-12', stop)).toEqual([['cannot-be-emailed', '2w']]);
      expect(calls(emailed(), '2026-03-22', stop)).toEqual([['cannot-be-emailed', '2w']]);
      expect(calls(emailed({ status: 'answered' }), '2026-03-22', stop)).toEqual([]);
      expect(calls(undefined, '2026-03-25', stop)).toEqual([['cannot-be-emailed', 'visit']]);
    },
  );
});

describe('a call because an email was missed', () => {
  it('is due for two weeks after its window closed', () => {
    const skipped: TouchpointState = { status: 'skipped', emails: 0 };
    expect(calls(skipped, '2026-03-23')).toEqual([]);
    expect(calls(skipped, '2026-03-24')).toEqual([['missed', '2w']]);
    expect(calls(undefined, '2026-03-24')).toEqual([['missed', '2w']]);
    expect(calls(skipped, '2026-04-06')).toEqual([['missed', '2w']]);
    expect(calls(skipped, '2026-04-07')).toEqual([['missed', 'visit']]);
  });

  it('is not due when it was emailed', () => {
    expect(calls(emailed({ status: 'lapsed' }), '2026-03-24')).toEqual([]);
  });
});

describe('nobody is called', () => {
  it.each(['opted-out', 'complained', 'died'] as const)('who is stopped: %s', (stop) => {
    expect(calls(emailed(), '2026-03-22', stop)).toEqual([]);
    expect(calls(undefined, '2026-03-24', stop)).toEqual([]);
  });

  it('whose procedure was taken back, or of whom nothing is stored', () => {
    const { episodes } = recordWith(emailed());
    const cancelled = episodes.map((episode) => ({ ...episode, status: 'cancelled' as const }));
    expect(callsFor(aRecord({ episodes: cancelled }), '2026-03-22T15:00:00Z')).toEqual([]);
    expect(
      callsFor({ patientId: thePatient, episodes, responses: [], sources: [] }, '2026-03-22T15:00:00Z'),
    ).toEqual([]);
  });
});

describe('the calls of one patient', () => {
  it('go by the date where the patient lives', () => {
    const east = recordWith(emailed());
    const west = {
      ...east,
      episodes: east.episodes.map((episode) => ({ ...episode, zone: zoneId('Pacific/Honolulu') })),
    };
    expect(callsFor(east, '2026-03-19T05:00:00Z')).toHaveLength(1);
    expect(callsFor(west, '2026-03-19T05:00:00Z')).toHaveLength(0);
  });

  it('stand in the order in which they are urgent', () => {
    const later = anEpisode({
      family: 'mild',
      touchpoints: {
        instructions: done,
        rehabilitation: emailed({ emails: 1, lastEmailOn: '2026-03-12' }),
        '2w': emailed(),
      },
      serviceDate: '2026-03-03',
    });
    const [first] = recordWith(emailed()).episodes;
    const found = callsFor(
      aRecord({ episodes: [later, ...(first === undefined ? [] : [first])] }),
      '2026-03-22T15:00:00Z',
    );
    expect(found.map(({ until }) => until)).toEqual(['2026-03-23', '2026-03-24']);
  });
});
