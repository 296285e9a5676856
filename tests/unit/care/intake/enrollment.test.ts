import { describe, expect, it } from 'vitest';
import type { ProcedureReport } from '../../../../shared/care/intake/procedure-report.ts';
import { sourceId, sourceTimeOf } from '../../../../shared/care/patient/ids.ts';
import type { PatientRecord } from '../../../../shared/care/patient/patient.ts';
import { contactChange } from '../../../../shared/care/patient/profiles.ts';
import { stopPatient } from '../../../../shared/care/patient/stops.ts';
import { zoneId } from '../../../../shared/platform/calendar.ts';
import {
  aContactReport,
  aReport,
  aRetraction,
  codeFor,
  defaults,
  emptyRecord,
  stopKindOf,
  thePatient,
} from '../../../support/samples/builders.ts';
import { applied, changeBy, recordAfter } from '../../../support/samples/reported-records.ts';

const now = '2026-03-02T21:00:00Z';

const cpt = (code: string, ...modifiers: readonly string[]) => ({ system: 'CPT' as const, code, modifiers });

/** Each episode in one line. */
const lines = ({ episodes }: PatientRecord): readonly string[] =>
  episodes
    .map(
      ({ serviceDate, family, status, sources }) =>
        `${serviceDate} ${family} ${status} ${sources.toSorted().join('+')}`,
    )
    .toSorted();

describe('a first report', () => {
  it('starts an episode, with the patient and the pointer, in one change', () => {
    const change = changeBy(emptyRecord, aReport({ baseline: { nrsPain: 7 } }), now);
    expect(change).toMatchObject({
      outcome: 'enrolled',
      profile: {
        patientId: thePatient,
        revision: 1,
        email: 'maria@example.com',
        locale: 'en',
        zone: 'America/New_York',
      },
      source: { sourceId: 's-1', revision: 1, status: 'completed', reportedAt: '2026-03-02T20:00:00Z' },
      episodes: [
        {
          family: 'epidural-steroid-injection',
          serviceDate: '2026-03-02',
          revision: 1,
          status: 'active',
          sources: ['s-1'],
          baseline: { nrsPain: 7 },
          nextDueAt: '2026-03-02T23:00:00Z',
        },
      ],
    });
  });

  it('of two families starts two', () => {
    const both = aReport({ codes: [codeFor('mild'), codeFor('epidural-steroid-injection')] });
    expect(lines(recordAfter([both], now))).toEqual([
      '2026-03-02 epidural-steroid-injection active s-1',
      '2026-03-02 mild active s-1',
    ]);
  });

  it('without an address starts an episode that is stopped and has nothing pending', () => {
    const record = recordAfter([aReport({ patient: { patientId: thePatient } })], now);
    expect(record.profile).toMatchObject({ stops: [{ kind: 'no-address', from: 'source' }], ...defaults });
    expect(lines(record)).toEqual(['2026-03-02 epidural-steroid-injection stopped s-1']);
    expect(record.episodes[0]?.nextDueAt).toBeUndefined();
  });

  it('of long ago starts an episode that is finished, for the denominator', () => {
    const record = recordAfter([aReport({ performed: { kind: 'date', on: '2024-01-08' } })], now);
    expect(record.episodes[0]).toMatchObject({
      status: 'finished',
      touchpoints: { '12m': { status: 'skipped' } },
    });
    expect(record.episodes[0]?.nextDueAt).toBeUndefined();
  });

  it('reads a moment by the calendar of where the patient lives', () => {
    const late = aReport({ performed: { kind: 'instant', at: '2026-03-03T04:30:00Z' } });
    expect(lines(recordAfter([late], now))).toEqual(['2026-03-02 epidural-steroid-injection active s-1']);
  });

  it('that stands for no family stores nothing of the patient', () => {
    const change = changeBy(emptyRecord, aReport({ codes: [cpt('99213')] }), now);
    expect(change).toMatchObject({
      outcome: 'stands-for-nothing',
      source: { status: 'ignored' },
      episodes: [],
    });
    expect(change.profile).toBeUndefined();
  });
});

describe('what repeats what is known starts nothing', () => {
  it('the same report again changes nothing at all', () => {
    const record = recordAfter([aReport()], now);
    expect(changeBy(record, aReport(), now)).toEqual({ outcome: 'already-known', episodes: [] });
  });

  it.each<readonly [string, Partial<Extract<ProcedureReport, { status: 'completed' }>>]>([
    ['another line of the same day', { sourceId: sourceId('s-2'), eventId: 'e-2' }],
    ['the other side', { sourceId: sourceId('s-2'), eventId: 'e-2', codes: [cpt('62323', 'RT')] }],
    [
      'a second code of the same family',
      { sourceId: sourceId('s-2'), eventId: 'e-2', codes: [cpt('64483', '50')] },
    ],
  ])('%s is one more source of the one episode', (_, overrides) => {
    const record = recordAfter([aReport(), aReport(overrides)], now);
    expect(lines(record)).toEqual(['2026-03-02 epidural-steroid-injection active s-1+s-2']);
    expect(record.episodes[0]?.revision).toBe(2);
  });

  it('one more source of a known episode starts nothing, and leaves the profile alone', () => {
    const change = changeBy(
      recordAfter([aReport()], now),
      aReport({ sourceId: sourceId('s-2'), eventId: 'e-2' }),
      now,
    );
    expect(change).toMatchObject({ outcome: 'already-known', episodes: [{ sources: ['s-1', 's-2'] }] });
    expect(change.profile).toBeUndefined();
  });

  it('a procedure that is not followed up stands for nothing, whoever had it', () => {
    const other = aReport({ sourceId: sourceId('s-2'), eventId: 'e-2', codes: [cpt('99213')] });
    const change = changeBy(recordAfter([aReport()], now), other, now);
    expect(change).toMatchObject({ outcome: 'stands-for-nothing', source: { status: 'ignored' } });
  });

  it('an add-on alone is no episode', () => {
    const change = changeBy(emptyRecord, aReport({ codes: [cpt('64484')] }), now);
    expect(change.outcome).toBe('stands-for-nothing');
  });

  it('a duplicate after the zone was corrected stands for the same episode, dated in that zone', () => {
    const report = aReport({
      patient: { patientId: thePatient, email: 'maria@example.com' },
      performed: { kind: 'instant', at: '2026-03-03T04:30:00Z' },
    });
    const moved = aContactReport({ zone: zoneId('Pacific/Kiritimati') });
    const before = recordAfter([report], now);
    const record = applied(before, contactChange({ record: before, report: moved, defaults, now }));
    const after = recordAfter([report], now, record);
    expect(lines(after)).toEqual(['2026-03-03 epidural-steroid-injection active s-1']);
    expect(after.episodes[0]?.episodeId).toBe(before.episodes[0]?.episodeId);
  });
});

describe('corrections', () => {
  const corrected = (overrides: Partial<Extract<ProcedureReport, { status: 'completed' }>>) =>
    aReport({ eventId: 'e-2', reportedAt: sourceTimeOf('2026-03-03T20:00:00Z'), ...overrides });

  it.each<readonly [string, readonly ProcedureReport[], readonly string[]]>([
    [
      'of the date',
      [aReport(), corrected({ performed: { kind: 'date', on: '2026-03-01' } })],
      ['2026-03-01 epidural-steroid-injection active s-1'],
    ],
    [
      'of the date, back again',
      [
        aReport(),
        corrected({ performed: { kind: 'date', on: '2026-03-01' } }),
        aReport({ eventId: 'e-3', reportedAt: sourceTimeOf('2026-03-04T20:00:00Z') }),
      ],
      ['2026-03-02 epidural-steroid-injection active s-1'],
    ],
    ['of the family', [aReport(), corrected({ codes: [codeFor('mild')] })], ['2026-03-02 mild active s-1']],
    [
      'to something that is not followed up',
      [aReport(), corrected({ codes: [cpt('99213')] })],
      ['2026-03-02 epidural-steroid-injection cancelled s-1'],
    ],
    [
      'of one of two episodes to something that is not followed up',
      [
        aReport(),
        aReport({ sourceId: sourceId('s-2'), eventId: 'e-2', codes: [codeFor('mild')] }),
        corrected({ codes: [cpt('99213')] }),
      ],
      ['2026-03-02 epidural-steroid-injection cancelled s-1', '2026-03-02 mild active s-2'],
    ],
    [
      'of one of two sources',
      [
        aReport(),
        aReport({ sourceId: sourceId('s-2'), eventId: 'e-5' }),
        corrected({ performed: { kind: 'date', on: '2026-03-01' } }),
      ],
      [
        '2026-03-01 epidural-steroid-injection active s-1',
        '2026-03-02 epidural-steroid-injection active s-2',
      ],
    ],
    [
      'that arrive before what they correct',
      [corrected({ performed: { kind: 'date', on: '2026-03-01' } }), aReport()],
      ['2026-03-01 epidural-steroid-injection active s-1'],
    ],
    [
      'to nothing that arrive before what they correct',
      [corrected({ codes: [cpt('99213')] }), aReport()],
      [],
    ],
    [
      'followed by a duplicate of what they correct',
      [aReport(), corrected({ performed: { kind: 'date', on: '2026-03-01' } }), aReport()],
      ['2026-03-01 epidural-steroid-injection active s-1'],
    ],
    [
      'of the same second as what they correct',
      [aReport(), aReport({ eventId: 'e-2', performed: { kind: 'date', on: '2026-03-01' } })],
      ['2026-03-01 epidural-steroid-injection active s-1'],
    ],
  ])('%s', (_, reports, expected) => {
    expect(lines(recordAfter(reports, now))).toEqual(expected);
  });
});

describe('retractions', () => {
  it.each<readonly [string, readonly ProcedureReport[], readonly string[]]>([
    ['cancel', [aReport(), aRetraction()], ['2026-03-02 epidural-steroid-injection cancelled s-1']],
    ['that come first keep the record from starting anything', [aRetraction(), aReport()], []],
    [
      'of the same second win',
      [aRetraction({ reportedAt: sourceTimeOf('2026-03-02T20:00:00Z') }), aReport()],
      [],
    ],
    [
      'of one of two sources leave the other',
      [aReport(), aReport({ sourceId: sourceId('s-2'), eventId: 'e-2' }), aRetraction()],
      ['2026-03-02 epidural-steroid-injection active s-2'],
    ],
    [
      'that are older than the report change nothing',
      [aReport(), aRetraction({ reportedAt: sourceTimeOf('2026-03-01T20:00:00Z') })],
      ['2026-03-02 epidural-steroid-injection active s-1'],
    ],
    [
      'taken back by a newer report reinstate',
      [
        aReport(),
        aRetraction(),
        aReport({ eventId: 'e-3', reportedAt: sourceTimeOf('2026-03-04T20:00:00Z') }),
      ],
      ['2026-03-02 epidural-steroid-injection active s-1'],
    ],
    [
      'are not undone by a duplicate of what they took back',
      [aReport(), aRetraction(), aReport()],
      ['2026-03-02 epidural-steroid-injection cancelled s-1'],
    ],
  ])('%s', (_, reports, expected) => {
    expect(lines(recordAfter(reports, now))).toEqual(expected);
  });

  it('leave nothing pending, and say so once', () => {
    const record = recordAfter([aReport(), aRetraction()], now);
    expect(record.episodes[0]?.nextDueAt).toBeUndefined();
    expect(changeBy(record, aRetraction(), now)).toEqual({ outcome: 'unchanged', episodes: [] });
  });

  it('undone after the patient opted out keep the episode stopped', () => {
    const cancelled = recordAfter([aReport(), aRetraction()], now);
    const optedOut = applied(cancelled, stopPatient(cancelled, 'opted-out', now, 'reader'));
    const again = aReport({ eventId: 'e-3', reportedAt: sourceTimeOf('2026-03-04T20:00:00Z') });
    const record = recordAfter([again], now, optedOut);
    expect(lines(record)).toEqual(['2026-03-02 epidural-steroid-injection stopped s-1']);
    expect(record.episodes[0]?.nextDueAt).toBeUndefined();
  });
});

describe('a patient who may not be emailed', () => {
  const optedOut = applied(
    emptyRecord,
    contactChange({
      record: emptyRecord,
      report: aContactReport({ email: 'maria@example.com', optedOut: true }),
      defaults,
      now,
    }),
  );

  it('is enrolled all the same, with nothing pending', () => {
    const record = recordAfter([aReport()], now, optedOut);
    expect(lines(record)).toEqual(['2026-03-02 epidural-steroid-injection stopped s-1']);
    expect(record.episodes[0]?.nextDueAt).toBeUndefined();
    expect(stopKindOf(record)).toBe('opted-out');
  });

  it('is emailed again at a new address after a bounce, but not after an opt-out', () => {
    const first = recordAfter([aReport()], now);
    const elsewhere = aReport({
      sourceId: sourceId('s-2'),
      eventId: 'e-2',
      reportedAt: sourceTimeOf('2026-03-05T20:00:00Z'),
      performed: { kind: 'date', on: '2026-03-05' },
      patient: { patientId: thePatient, email: 'maria@new.example' },
    });
    const bounced = applied(first, stopPatient(first, 'hard-bounce', now, 'reader'));
    const lifted = recordAfter([elsewhere], '2026-03-05T20:01:00Z', bounced);
    expect(stopKindOf(lifted)).toBeUndefined();
    expect(lines(lifted)).toEqual([
      '2026-03-02 epidural-steroid-injection active s-1',
      '2026-03-05 epidural-steroid-injection active s-2',
    ]);
    const stopped = applied(first, stopPatient(first, 'opted-out', now, 'reader'));
    const kept = recordAfter([elsewhere], '2026-03-05T20:01:00Z', stopped);
    expect([kept.profile?.email, stopKindOf(kept)]).toEqual(['maria@new.example', 'opted-out']);
    expect(
      kept.episodes.every(({ status, nextDueAt }) => status === 'stopped' && nextDueAt === undefined),
    ).toBe(true);
  });

  it('is not emailed again at the address that bounced, however it is written', () => {
    const first = recordAfter([aReport()], now);
    const bounced = applied(first, stopPatient(first, 'hard-bounce', now, 'reader'));
    const same = aReport({
      sourceId: sourceId('s-2'),
      eventId: 'e-2',
      reportedAt: sourceTimeOf('2026-03-05T20:00:00Z'),
      patient: { patientId: thePatient, email: 'Maria@Example.com' },
    });
    expect(stopKindOf(recordAfter([same], now, bounced))).toBe('hard-bounce');
  });
});

describe('starting an episode', () => {
  it('writes the profile even when it says nothing new, so that a stop at the same moment conflicts', () => {
    const record = recordAfter([aReport()], now);
    const second = aReport({ sourceId: sourceId('s-2'), eventId: 'e-2', codes: [codeFor('mild')] });
    expect(changeBy(record, second, now).profile).toMatchObject({ revision: 2 });
  });

  it('again, after it was cancelled, does so too, whatever else the patient had', () => {
    const mild = aReport({ sourceId: sourceId('s-2'), eventId: 'e-2', codes: [codeFor('mild')] });
    const again = aReport({
      eventId: 'e-3',
      reportedAt: sourceTimeOf('2026-03-04T20:00:00Z'),
      patient: { patientId: thePatient },
    });
    expect(changeBy(recordAfter([aReport(), mild, aRetraction()], now), again, now)).toMatchObject({
      outcome: 'enrolled',
      profile: { revision: 3 },
      episodes: [{ status: 'active', sources: ['s-1'] }],
    });
  });
});
