import { describe, expect, it } from 'vitest';
import type { StopReason } from '../../../../shared/care/patient/episode.ts';
import { sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { contactChange, profileAfter } from '../../../../shared/care/patient/profiles.ts';
import { resumePatient, stopPatient, stopReasons } from '../../../../shared/care/patient/stops.ts';
import { zoneId } from '../../../../shared/platform/calendar.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import {
  aContactReport,
  anEpisode,
  aProfile,
  aRecord,
  defaults,
  emptyRecord,
  thePatient,
} from '../../../support/samples/builders.ts';
import { applied } from '../../../support/samples/reported-records.ts';

const at = '2026-03-10T12:00:00Z';

const later = '2026-03-12T12:00:00Z';

const stopped = (reason: StopReason, record: PatientRecord = aRecord()): PatientRecord =>
  applied(record, stopPatient(record, reason, at));

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

describe('a stop', () => {
  /** The graver the further down. */
  const reasons: readonly StopReason[] = [
    'no-address',
    'hard-bounce',
    'wrong-person',
    'opted-out',
    'complained',
    'died',
  ];

  it('is known for each of these reasons and no other', () => {
    expect(Object.keys(stopReasons).toSorted()).toEqual(reasons.toSorted());
  });

  it.each(reasons)('for %s leaves nothing pending and marks the patient, in one change', (reason) => {
    const record = aRecord({ episodes: [anEpisode(), anEpisode({ family: 'mild' })] });
    const change = stopPatient(record, reason, at);
    expect(change.profile).toMatchObject({ revision: 2, stop: { reason, at } });
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
    expect(stopPatient(aRecord({ episodes: done }), 'opted-out', at).episodes).toEqual([]);
  });

  it('changes nothing when it is there already, or a graver one is', () => {
    for (const [rank, first] of reasons.entries()) {
      for (const [other, second] of reasons.entries()) {
        const change = stopPatient(stopped(first), second, later);
        expect(change.profile?.stop?.reason).toBe(rank >= other ? undefined : second);
      }
    }
  });

  it('of a patient nobody knows changes nothing', () => {
    expect(stopPatient(emptyRecord, 'opted-out', at)).toEqual({ episodes: [] });
  });
});

describe('a stop taken back by the patient', () => {
  it.each(['opted-out', 'complained'] as const)('after %s plans what is still open', (reason) => {
    const record = stopped(reason);
    const change = resumePatient(record, later);
    expect(change.profile?.stop).toBeUndefined();
    expect(change.episodes).toMatchObject([
      {
        status: 'active',
        nextDueAt: '2026-03-16T14:00:00Z',
        touchpoints: { instructions: { status: 'skipped' } },
      },
    ]);
  });

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
    const record = stopped('opted-out', aRecord({ profile }));
    const change = resumePatient(record, later);
    expect(change.profile?.stop?.reason).toBe('no-address');
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
    expect(record.profile?.stop).toBeUndefined();
    expect(record.episodes).toMatchObject([{ status: 'active', nextDueAt: '2026-03-16T14:00:00Z' }]);
  });

  it.each(['opted-out', 'complained', 'died'] as const)(
    'of another address does not end a stop for %s',
    (reason) => {
      const record = told(stopped(reason), { email: 'maria@new.example' });
      expect(record.profile).toMatchObject({ email: 'maria@new.example', stop: { reason } });
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
    expect(record.profile).toMatchObject({ revision: 1, stop: { reason: 'opted-out' }, ...defaults });
  });

  it('of a death stops everything and cannot be undone', () => {
    const record = told(aRecord(), { died: true });
    expect(record.profile?.stop?.reason).toBe('died');
    const after = told(record, {
      reportedAt: sourceTimeOf('2026-04-01T12:00:00Z'),
      optedOut: false,
      email: 'x@new.example',
    });
    expect(after.profile?.stop?.reason).toBe('died');
    expect(after.episodes).toMatchObject([{ status: 'stopped' }]);
  });

  it('of a death and another address keeps the address and the stop', () => {
    const record = told(aRecord(), { died: true, email: 'maria@new.example' });
    expect(record.profile).toMatchObject({ email: 'maria@new.example', stop: { reason: 'died' } });
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
    expect(record.profile?.stop?.reason).toBe(reason);
    expect(record.episodes[0]?.nextDueAt === undefined).toBe(reason !== undefined);
  });

  it('an older wish for email does not undo what the patient has clicked since', () => {
    const record = told(stopped('opted-out'), {
      optedOut: false,
      reportedAt: sourceTimeOf('2026-03-09T12:00:00Z'),
    });
    expect(record.profile?.stop?.reason).toBe('opted-out');
  });

  it('an older opt-out does not undo what the patient has clicked since', () => {
    const before = stopped('opted-out');
    const resumed = applied(before, resumePatient(before, later));
    const record = told(resumed, { optedOut: true, reportedAt: sourceTimeOf(t1) }, '2026-03-13T12:00:00Z');
    expect(record.profile?.stop).toBeUndefined();
  });
});
