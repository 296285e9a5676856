import { describe, expect, it } from 'vitest';
import { sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { contactChange, profileAfter } from '../../../../shared/care/patient/profiles.ts';
import {
  activeStops,
  isUndoable,
  type StopKind,
  type StopNews,
  type StopTeller,
  stopKinds,
  withNews,
  withStop,
} from '../../../../shared/care/patient/stop-facts.ts';
import { resumePatient, stopPatient } from '../../../../shared/care/patient/stops.ts';
import { zoneId } from '../../../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import {
  aContactReport,
  anEpisode,
  aProfile,
  aRecord,
  defaults,
  emptyRecord,
  stopKindOf,
  stoppedFor,
  thePatient,
} from '../../../support/samples/builders.ts';
import { applied } from '../../../support/samples/reported-records.ts';

const at = '2026-03-10T12:00:00Z';

const later = '2026-03-12T12:00:00Z';

const stopped = (reason: StopKind, record: PatientRecord = aRecord()): PatientRecord =>
  applied(record, stopPatient(record, reason, at, 'reader'));

const told = (
  record: PatientRecord,
  report: Parameters<typeof aContactReport>[0],
  now: UtcInstant = later,
): PatientRecord =>
  applied(
    record,
    contactChange({
      record,
      report: aContactReport({ reportedAt: sourceTimeOf(now), ...report }),
      defaults,
      now,
    }),
  );

const kinds: readonly StopKind[] = [
  'no-address',
  'hard-bounce',
  'closed-mailbox',
  'wrong-person',
  'opted-out',
  'complained',
  'died',
];

describe('a stop', () => {
  it('is known for each of these reasons and no other, the gravest last', () => {
    expect(Object.keys(stopKinds)).toEqual(kinds);
  });

  it.each(kinds)('for %s leaves nothing pending and marks the patient, in one change', (kind) => {
    const record = aRecord({ episodes: [anEpisode(), anEpisode({ family: 'mild' })] });
    const change = stopPatient(record, kind, at, 'reader');
    expect(change.profile).toMatchObject({ revision: 2, stops: [{ kind, since: at, from: 'reader' }] });
    expect(change.episodes.map(({ status, nextDueAt, revision }) => [status, nextDueAt, revision])).toEqual([
      ['stopped', undefined, 2],
      ['stopped', undefined, 2],
    ]);
  });

  it('does not touch what is finished or cancelled', () => {
    const done = [
      anEpisode({ status: 'finished', nextDueAt: '2026-03-02T23:00:00Z' }),
      anEpisode({ family: 'mild', status: 'cancelled', nextDueAt: '2026-03-02T23:00:00Z' }),
    ];
    expect(stopPatient(aRecord({ episodes: done }), 'opted-out', at, 'reader').episodes).toEqual([]);
  });

  it('stands beside every other one, and said again changes nothing', () => {
    for (const first of kinds) {
      for (const second of kinds) {
        const both = applied(stopped(first), stopPatient(stopped(first), second, later, 'reader'));
        expect(both.profile?.stops?.map(({ kind }) => kind)).toEqual(
          first === second ? [first] : [first, second],
        );
        expect(stopKindOf(both)).toBe(kinds[Math.max(kinds.indexOf(first), kinds.indexOf(second))]);
      }
    }
  });

  it('of a patient nobody knows changes nothing', () => {
    expect(stopPatient(emptyRecord, 'opted-out', at, 'reader')).toEqual({ episodes: [] });
  });

  it('that was written without all of the episodes is finished by the next one', () => {
    const record = aRecord({ profile: aProfile(stoppedFor('opted-out', at, 'reader')) });
    expect(stopPatient(record, 'opted-out', later, 'reader')).toMatchObject({
      episodes: [{ status: 'stopped' }],
    });
  });
});

describe('what lifts a stop', () => {
  const everyone: readonly StopTeller[] = ['reader', 'source', 'email-provider'];
  const nobody: readonly StopTeller[] = [];

  /** Written by hand, a line for each kind: whose stop each news lifts. */
  const table: Readonly<Record<StopKind, Readonly<Record<StopNews, readonly StopTeller[]>>>> = {
    'no-address': {
      'new-address': everyone,
      'resumed-by-reader': nobody,
      'consented-again': nobody,
      'opted-in-by-source': nobody,
      alive: nobody,
    },
    'hard-bounce': {
      'new-address': everyone,
      'resumed-by-reader': nobody,
      'consented-again': nobody,
      'opted-in-by-source': nobody,
      alive: nobody,
    },
    'closed-mailbox': {
      'new-address': everyone,
      'resumed-by-reader': everyone,
      'consented-again': nobody,
      'opted-in-by-source': nobody,
      alive: nobody,
    },
    'wrong-person': {
      'new-address': everyone,
      'resumed-by-reader': nobody,
      'consented-again': nobody,
      'opted-in-by-source': nobody,
      alive: nobody,
    },
    'opted-out': {
      'new-address': nobody,
      'resumed-by-reader': everyone,
      'consented-again': everyone,
      'opted-in-by-source': ['source'],
      alive: nobody,
    },
    complained: {
      'new-address': nobody,
      'resumed-by-reader': everyone,
      'consented-again': everyone,
      'opted-in-by-source': nobody,
      alive: nobody,
    },
    died: {
      'new-address': nobody,
      'resumed-by-reader': nobody,
      'consented-again': nobody,
      'opted-in-by-source': nobody,
      alive: ['source'],
    },
  };
  const newsKinds: readonly StopNews[] = [
    'new-address',
    'resumed-by-reader',
    'consented-again',
    'opted-in-by-source',
    'alive',
  ];

  it.each(kinds)('is news of its own kind: %s', (kind) => {
    for (const news of newsKinds) {
      for (const from of everyone) {
        const after = withNews(stoppedFor(kind, at, from), news, later);
        const ended = table[kind][news].includes(from) ? { at: later, by: news } : undefined;
        expect(after.stops).toEqual([{ kind, since: at, from, ...(ended === undefined ? {} : { ended }) }]);
      }
    }
  });

  it('leaves every other stop standing, whatever the two are', () => {
    for (const [first, second] of kinds.flatMap((one) => kinds.map((other) => [one, other] as const))) {
      if (first === second) continue;
      for (const news of newsKinds) {
        const both = withStop(stoppedFor(first, at, 'source'), { kind: second, since: at, from: 'source' });
        const standing = activeStops(withNews(both, news, later)).map(({ kind }) => kind);
        for (const kind of [first, second]) {
          expect(standing.includes(kind)).toBe(!table[kind][news].includes('source'));
        }
      }
    }
  });

  it('does not forget that it was there: it can be stopped and lifted again and again', () => {
    const out = withStop(aProfile(), { kind: 'opted-out', since: at, from: 'reader' });
    const again = withStop(withNews(out, 'resumed-by-reader', later), {
      kind: 'opted-out',
      since: later,
      from: 'reader',
    });
    expect(again.stops?.map(({ since, ended }) => [since, ended?.at])).toEqual([
      [at, later],
      [later, undefined],
    ]);
  });

  it('on the page is offered only where pressing the button ends every stop', () => {
    expect(isUndoable({})).toBe(false);
    for (const kind of kinds) {
      const undoable = table[kind]['resumed-by-reader'].length > 0;
      expect(isUndoable(stoppedFor(kind, at, 'reader'))).toBe(undoable);
      const both = withStop(stoppedFor('opted-out', at, 'reader'), { kind, since: at, from: 'reader' });
      expect(isUndoable(both)).toBe(undoable);
    }
  });
});

describe('a stranger who first unsubscribes and then says “this is not me”', () => {
  const stranger = applied(
    stopped('opted-out'),
    stopPatient(stopped('opted-out'), 'wrong-person', later, 'reader'),
  );

  it('does not undo the second by undoing the first', () => {
    const after = applied(stranger, resumePatient(stranger, later));
    expect(stopKindOf(after)).toBe('wrong-person');
    expect(after.episodes).toMatchObject([{ status: 'stopped' }]);
  });

  it('leaves the opt-out standing when another address is reported', () => {
    expect(stopKindOf(told(stranger, { email: 'maria@new.example' }))).toBe('opted-out');
  });
});

describe('a stop taken back by the patient', () => {
  it.each(['opted-out', 'complained', 'closed-mailbox'] as const)(
    'after %s plans what is still open',
    (reason) => {
      const record = stopped(reason);
      const change = resumePatient(record, later);
      expect(stopKindOf(change)).toBeUndefined();
      expect(change.episodes).toMatchObject([
        {
          status: 'active',
          nextDueAt: '2026-03-16T14:00:00Z',
          touchpoints: { instructions: { status: 'skipped' } },
        },
      ]);
    },
  );

  it.each(['no-address', 'hard-bounce', 'wrong-person', 'died'] as const)(
    'is not possible after %s',
    (reason) => {
      expect(resumePatient(stopped(reason), later)).toEqual({ episodes: [] });
    },
  );

  it('is nothing when nothing was stopped', () => {
    expect(resumePatient(aRecord(), later)).toEqual({ episodes: [] });
  });

  it('leaves a patient without an address without email', () => {
    const { email: _, ...profile } = aProfile();
    const record = stopped(
      'opted-out',
      aRecord({ profile: { ...profile, ...stoppedFor('no-address', at) } }),
    );
    const change = resumePatient(record, later);
    expect(stopKindOf(change)).toBe('no-address');
    expect(change.episodes).toEqual([]);
  });

  it('follows the clock of where the patient lives by now', () => {
    const moved = told(stopped('opted-out'), { zone: zoneId('America/Los_Angeles') });
    const change = resumePatient(moved, later);
    expect(change.episodes).toMatchObject([
      { zone: 'America/Los_Angeles', nextDueAt: '2026-03-16T17:00:00Z' },
    ]);
  });
});

describe('news about the patient', () => {
  it('of a move puts the pointer on the new clock', () => {
    const record = told(aRecord(), { zone: zoneId('Pacific/Pago_Pago') }, '2026-03-02T21:00:00Z');
    expect(record.episodes).toMatchObject([{ zone: 'Pacific/Pago_Pago', nextDueAt: '2026-03-03T05:00:00Z' }]);
  });

  it.each(['hard-bounce', 'wrong-person'] as const)('of another address ends a stop for %s', (reason) => {
    const record = told(stopped(reason), { email: 'maria@new.example' });
    expect(stopKindOf(record)).toBeUndefined();
    expect(record.episodes).toMatchObject([{ status: 'active', nextDueAt: '2026-03-16T14:00:00Z' }]);
  });

  it.each(['opted-out', 'complained', 'died'] as const)(
    'of another address does not end a stop for %s',
    (reason) => {
      const record = told(stopped(reason), { email: 'maria@new.example' });
      expect([record.profile?.email, stopKindOf(record)]).toEqual(['maria@new.example', reason]);
      expect(record.episodes).toMatchObject([{ status: 'stopped' }]);
    },
  );

  it('of the same kind, but older, changes nothing', () => {
    const record = told(aRecord(), { email: 'maria@new.example' });
    const old = aContactReport({
      reportedAt: sourceTimeOf('2026-03-05T12:00:00Z'),
      email: 'maria@old.example',
    });
    expect(contactChange({ record, report: old, defaults, now: later })).toEqual({ episodes: [] });
  });

  const values = [
    ['email', 'maria@new.example', 'maria@old.example'],
    ['givenName', 'Mary', 'Marie'],
    ['locale', 'es', 'en'],
    ['zone', zoneId('America/Chicago'), zoneId('America/Denver')],
  ] as const;

  it.each(values)('stands over what is older, whichever comes first: %s', (field, newer, older) => {
    const reports = [
      { [field]: newer, reportedAt: sourceTimeOf(later) },
      { [field]: older, reportedAt: sourceTimeOf(at) },
    ];
    for (const inTurn of [reports, reports.toReversed()]) {
      const record = inTurn.reduce((current, report) => told(current, report), aRecord());
      expect(record.profile?.[field]).toBe(newer);
    }
  });

  it.each(values)('that repeats what is known makes it newer: %s', (field, newer, older) => {
    const known = told(aRecord(), { [field]: newer, reportedAt: sourceTimeOf('2026-03-09T12:00:00Z') });
    const confirmed = told(known, { [field]: newer });
    expect(told(confirmed, { [field]: older, reportedAt: sourceTimeOf(at) }).profile?.[field]).toBe(newer);
  });

  it('that is not of a move changes no episode', () => {
    const change = contactChange({
      record: aRecord(),
      report: aContactReport({ locale: 'es' }),
      defaults,
      now: later,
    });
    expect(change).toMatchObject({ profile: { locale: 'es' }, episodes: [] });
  });

  it('that is older still tells what nothing newer did', () => {
    const { givenName: _, ...profile } = aProfile({ asOf: { email: sourceTimeOf(later) } });
    const old = aContactReport({
      reportedAt: sourceTimeOf(at),
      email: 'maria@old.example',
      givenName: 'Maria',
    });
    const change = contactChange({ record: aRecord({ profile }), report: old, defaults, now: later });
    expect(change.profile).toMatchObject({ email: 'maria@example.com', givenName: 'Maria' });
  });

  it('that says nothing changes nothing, not even an object', () => {
    const record = aRecord();
    expect(
      profileAfter({
        record,
        reported: { patientId: thePatient },
        reportedAt: sourceTimeOf(later),
        defaults,
        now: later,
      }),
    ).toBe(record.profile);
  });

  it('of a patient not known yet is kept, an opt-out above all', () => {
    const record = told(emptyRecord, { optedOut: true });
    expect(record.profile).toMatchObject({ revision: 1, ...defaults });
    expect(record.profile?.stops?.map(({ kind }) => kind)).toEqual(['no-address', 'opted-out']);
  });

  it('of a death stops everything, and neither another address nor a wish for email undoes it', () => {
    const record = told(aRecord(), { died: true });
    expect(stopKindOf(record)).toBe('died');
    const after = told(record, {
      reportedAt: sourceTimeOf('2026-04-01T12:00:00Z'),
      optedOut: false,
      email: 'x@new.example',
    });
    expect(stopKindOf(after)).toBe('died');
    expect(after.episodes).toMatchObject([{ status: 'stopped' }]);
  });

  it('of a death and another address keeps the address and the stop', () => {
    const record = told(aRecord(), { died: true, email: 'maria@new.example' });
    expect([record.profile?.email, stopKindOf(record)]).toEqual(['maria@new.example', 'died']);
  });
});

describe('an opt-out and its undo, as the clinic reports them', () => {
  const t1 = '2026-03-11T12:00:00Z';
  const t2 = '2026-03-12T12:00:00Z';

  it.each([
    [
      'out, then in',
      [
        [true, t1],
        [false, t2],
      ],
      undefined,
    ],
    [
      'in arrives first, out is older',
      [
        [false, t2],
        [true, t1],
      ],
      undefined,
    ],
    [
      'in, then out',
      [
        [false, t1],
        [true, t2],
      ],
      'opted-out',
    ],
    [
      'out arrives first, in is older',
      [
        [true, t2],
        [false, t1],
      ],
      'opted-out',
    ],
    [
      'both in the same second',
      [
        [false, t1],
        [true, t1],
      ],
      'opted-out',
    ],
    [
      'both in the same second, the other way round',
      [
        [true, t1],
        [false, t1],
      ],
      'opted-out',
    ],
    [
      'out twice',
      [
        [true, t1],
        [true, t1],
      ],
      'opted-out',
    ],
  ] as const)('%s', (_, reports, reason) => {
    const record = reports.reduce(
      (current, [optedOut, reportedAt]) =>
        told(current, { optedOut, reportedAt: sourceTimeOf(reportedAt) }, '2026-03-13T12:00:00Z'),
      aRecord(),
    );
    expect(stopKindOf(record)).toBe(reason);
    expect(record.episodes[0]?.nextDueAt === undefined).toBe(reason !== undefined);
  });

  it('an older wish for email does not undo what the patient has clicked since', () => {
    const record = told(stopped('opted-out'), {
      optedOut: false,
      reportedAt: sourceTimeOf('2026-03-09T12:00:00Z'),
    });
    expect(stopKindOf(record)).toBe('opted-out');
  });

  it('an older opt-out does not undo what the patient has clicked since', () => {
    const before = stopped('opted-out');
    const resumed = applied(before, resumePatient(before, later));
    const record = told(resumed, { optedOut: true, reportedAt: sourceTimeOf(t1) }, '2026-03-13T12:00:00Z');
    expect(stopKindOf(record)).toBeUndefined();
  });
});

describe('a patient’s own stop', () => {
  const routine = { email: 'maria@example.com', givenName: 'Maria', optedOut: false } as const;
  const own: readonly (readonly [StopKind, StopTeller])[] = [
    ['opted-out', 'reader'],
    ['complained', 'email-provider'],
    ['wrong-person', 'reader'],
    ['hard-bounce', 'email-provider'],
    ['died', 'source'],
  ];

  it.each(own)(
    '%s, told by the %s, stands over a routine update that carries `optedOut: false`',
    (kind, from) => {
      const record = applied(aRecord(), stopPatient(aRecord(), kind, at, from));
      const after = told(record, { ...routine, reportedAt: sourceTimeOf('2026-06-01T12:00:00Z') });
      expect(stopKindOf(after)).toBe(kind);
      expect(after.episodes).toMatchObject([{ status: 'stopped' }]);
    },
  );

  it('stands when the source takes its own opt-out back', () => {
    const both = told(stopped('opted-out'), { optedOut: true });
    expect(both.profile?.stops?.map(({ from }) => from)).toEqual(['reader', 'source']);
    const after = told(both, { optedOut: false, reportedAt: sourceTimeOf('2026-03-13T12:00:00Z') });
    expect(after.profile?.stops?.map(({ from, ended }) => [from, ended?.by])).toEqual([
      ['reader', undefined],
      ['source', 'opted-in-by-source'],
    ]);
  });
});

describe('a death that was reported by mistake', () => {
  const t1 = '2026-03-11T12:00:00Z';
  const t2 = '2026-03-12T12:00:00Z';
  const t3 = '2026-03-13T12:00:00Z';

  it.each([
    [
      'taken back later',
      [
        [true, t1],
        [false, t2],
      ],
      undefined,
    ],
    [
      'taken back by a message that arrives first',
      [
        [false, t2],
        [true, t1],
      ],
      undefined,
    ],
    [
      'not taken back by an older message',
      [
        [true, t2],
        [false, t1],
      ],
      'died',
    ],
    [
      'not taken back in the same second',
      [
        [true, t1],
        [false, t1],
      ],
      'died',
    ],
    [
      'reported again after it was taken back',
      [
        [true, t1],
        [false, t2],
        [true, t3],
      ],
      'died',
    ],
    [
      'taken back twice',
      [
        [true, t1],
        [false, t2],
        [false, t3],
      ],
      undefined,
    ],
    [
      'of someone who is said to live all along',
      [
        [false, t1],
        [false, t2],
      ],
      undefined,
    ],
  ] as const)('%s', (_, reports, stop) => {
    const record = reports.reduce(
      (current, [died, reportedAt]) =>
        told(current, { died, reportedAt: sourceTimeOf(reportedAt) }, '2026-03-14T12:00:00Z'),
      aRecord(),
    );
    expect(stopKindOf(record)).toBe(stop);
    expect(record.episodes[0]?.nextDueAt === undefined).toBe(stop !== undefined);
  });

  it('leaves an opt-out of the time before', () => {
    const both = told(stopped('opted-out'), { died: true });
    const after = told(both, { died: false, reportedAt: sourceTimeOf('2026-03-13T12:00:00Z') });
    expect(stopKindOf(after)).toBe('opted-out');
  });
});
