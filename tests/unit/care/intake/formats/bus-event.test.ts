import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../../../functions/enroll-episode/parse-event.ts';
import { readBusEvent } from '../../../../../shared/care/intake/formats/bus-event.ts';
import {
  readContactDetail,
  readProcedureDetail,
} from '../../../../../shared/care/intake/formats/procedure-event.ts';
import { busEvent, detail, now } from './samples.ts';

const withPatient = (change: object): unknown => ({ ...detail, patient: { ...detail.patient, ...change } });
const withProcedure = (change: object): unknown => ({
  ...detail,
  procedure: { ...detail.procedure, ...change },
});
const problemsOf = (body: unknown): unknown => {
  const parsed = readProcedureDetail(body, { now });
  return parsed.outcome === 'rejected' ? parsed.problems : parsed.outcome;
};

describe('readProcedureDetail', () => {
  it('gives the report in our words', () => {
    expect(readProcedureDetail(detail, { now })).toEqual({
      outcome: 'accepted',
      report: {
        status: 'completed',
        eventId: 'evt-0001',
        sourceId: 'proc-1',
        reportedAt: '2026-03-09T13:00:00Z',
        patient: {
          patientId: 'pat-1',
          email: 'ana.reyes@example.org',
          givenName: 'Ana',
          locale: 'es',
          zone: 'America/New_York',
        },
        performed: { kind: 'instant', at: '2026-03-08T15:30:00Z' },
        codes: [{ system: 'CPT', code: '64493', modifiers: ['50'] }],
        intent: 'therapeutic',
        baseline: { nrsPain: 7, peg: 6.5 },
      },
    });
  });

  it('takes a plain date for a plain date, in no zone', () => {
    const parsed = readProcedureDetail(withProcedure({ performedAt: '2026-03-08' }), { now });
    expect(parsed).toMatchObject({ report: { performed: { kind: 'date', on: '2026-03-08' } } });
  });

  it('enrolls a patient without an address: the denominator counts everyone', () => {
    const parsed = readProcedureDetail({ ...detail, patient: { id: 'pat-2' } }, { now });
    expect(parsed).toMatchObject({ outcome: 'accepted', report: { patient: { patientId: 'pat-2' } } });
  });

  it.each([
    ['a header in the address', { email: 'a@example.org\r\nBcc: b@example.org' }, 'email-not-usable'],
    ['an empty address', { email: '' }, 'email-not-usable'],
    ['a line break in a name', { givenName: 'Ana\nBcc:' }, 'given-name-not-usable'],
    ['half a surrogate in a name', { givenName: 'A\ud800' }, 'given-name-not-usable'],
    ['a blank name', { givenName: '  ' }, 'given-name-not-usable'],
    ['a language that we do not write in', { locale: 'fr-CA' }, 'language-not-used'],
  ])('leaves out %s, notes it and counts the procedure', (_name, change, note) => {
    const parsed = readProcedureDetail(withPatient(change), { now });
    expect(parsed).toMatchObject({ outcome: 'accepted', notes: [note] });
    const [field = ''] = Object.keys(change);
    expect(parsed.outcome === 'accepted' && field in parsed.report.patient).toBe(false);
  });

  it.each(['entered-in-error', 'not-done'])(
    'takes a record back whatever else is wrong with it: %s',
    (status) => {
      const body = {
        ...detail,
        patient: { id: 'pat-1', email: 7 },
        procedure: { id: 'proc-1', status },
        extra: 1,
      };
      expect(readProcedureDetail(body, { now })).toEqual({
        outcome: 'accepted',
        report: {
          status: 'retracted',
          eventId: 'evt-0001',
          sourceId: 'proc-1',
          reportedAt: '2026-03-09T13:00:00Z',
          patient: { patientId: 'pat-1' },
        },
      });
    },
  );

  it.each([
    ['another version', { ...detail, version: 2 }, 'version'],
    ['no patient', { ...detail, patient: undefined }, 'patient'],
    ['an address for an id', withPatient({ id: 'ana@example.org' }), 'patient.id'],
    ['an id with a key separator', withPatient({ id: 'a#b' }), 'patient.id'],
    ['null for unknown', withPatient({ givenName: null }), 'patient.givenName'],
    ['a misspelled field', withPatient({ emial: 'x' }), 'patient'],
    ['no codes', withProcedure({ codes: [] }), 'procedure.codes'],
    [
      'a code system unknown',
      withProcedure({ codes: [{ system: 'ICD', code: '1' }] }),
      'procedure.codes[0].system',
    ],
    ['a time without offset', withProcedure({ performedAt: '2026-03-08T10:30:00' }), 'procedure.performedAt'],
    ['a day that is none', withProcedure({ performedAt: '2026-02-30' }), 'procedure.performedAt'],
    ['a month first', withProcedure({ performedAt: '03/08/2026' }), 'procedure.performedAt'],
    ['a time to come', withProcedure({ performedAt: '2026-03-11T12:00:01Z' }), 'procedure.performedAt'],
    ['a date to come', withProcedure({ performedAt: '2026-03-12' }), 'procedure.performedAt'],
    ['a date long past', withProcedure({ performedAt: '1926-03-08' }), 'procedure.performedAt'],
    ['news from the future', { ...detail, reportedAt: '2036-01-01T00:00:00Z' }, 'reportedAt'],
    ['a planned procedure', withProcedure({ status: 'planned' }), 'procedure.status'],
    ['a pain of eleven', { ...detail, baseline: { nrsPain: 11 } }, 'baseline.nrsPain'],
    ['a pain that is no number', { ...detail, baseline: { nrsPain: null } }, 'baseline.nrsPain'],
    ['a pain between numbers', { ...detail, baseline: { nrsPain: 6.5 } }, 'baseline.nrsPain'],
    ['a list', [detail], ''],
  ])('rejects %s and says where', (_name, body, path) => {
    expect(problemsOf(body)).toEqual(expect.arrayContaining([expect.objectContaining({ path })]));
  });

  it.each([
    [1e-200, 0],
    [6.6666666667, 6.67],
    [1e-7, 0],
    [10, 10],
  ])('keeps two digits of a PEG of %d: a table cannot hold every number', (peg, kept) => {
    expect(readProcedureDetail({ ...detail, baseline: { peg } }, { now })).toMatchObject({
      report: { baseline: { peg: kept } },
    });
  });

  it.each(['NULL', '1E+05'])(
    'refuses %s as the id of a message, which would stand for every other',
    (eventId) => {
      expect(problemsOf({ ...detail, eventId })).toMatchObject([{ path: 'eventId' }]);
    },
  );

  it('gives a day of grace to calendars that are ahead', () => {
    expect(problemsOf(withProcedure({ performedAt: '2026-03-11' }))).toBe('accepted');
  });

  it('names the known fields, not the unknown one', () => {
    expect(problemsOf(withPatient({ 'Ana Reyes': 1 }))).toEqual([
      { path: 'patient', message: 'has fields other than id, email, givenName, locale, timeZone' },
    ]);
  });
});

describe('readContactDetail', () => {
  it('gives a new address, an opt-out and a death', () => {
    const body = {
      version: 1,
      eventId: 'c-1',
      patient: { id: 'pat-1', email: 'n@example.org' },
      optedOut: true,
      died: true,
    };
    expect(readContactDetail(body, { now })).toEqual({
      outcome: 'accepted',
      report: {
        patientId: 'pat-1',
        email: 'n@example.org',
        eventId: 'c-1',
        optedOut: true,
        died: true,
      },
    });
  });

  it('does not take text for yes', () => {
    const body = { version: 1, eventId: 'c-1', patient: { id: 'pat-1' }, optedOut: 'false' };
    expect(readContactDetail(body, { now })).toMatchObject({ problems: [{ path: 'optedOut' }] });
  });
});

describe('readBusEvent', () => {
  it("takes the envelope's time for an event that does not say when", () => {
    const { reportedAt: _dropped, ...undated } = detail;
    expect(readBusEvent({ ...busEvent, detail: undated }, now)).toMatchObject({
      report: { kind: 'procedure', report: { reportedAt: '2026-03-09T13:00:05Z' } },
    });
  });

  it('wants a correction to say what is true now', () => {
    expect(readBusEvent({ ...busEvent, 'detail-type': 'Procedure Corrected' }, now)).toMatchObject({
      problems: [{ path: 'detail.procedure.status' }],
    });
  });

  it('reads a correction that takes the record back', () => {
    const corrected = {
      ...busEvent,
      'detail-type': 'Procedure Corrected',
      detail: withProcedure({ status: 'entered-in-error' }),
    };
    expect(readBusEvent(corrected, now)).toMatchObject({ report: { report: { status: 'retracted' } } });
  });

  it('reads news about a contact', () => {
    const changed = {
      ...busEvent,
      'detail-type': 'Contact Changed',
      detail: { version: 1, eventId: 'c-1', patient: { id: 'pat-1' }, died: true },
    };
    expect(readBusEvent(changed, now)).toMatchObject({ report: { kind: 'contact', report: { died: true } } });
  });
});

describe('parseEvent', () => {
  it('throws what is wrong by place only, for the dead-letter queue', () => {
    const bad = { ...busEvent, detail: withPatient({ email: 7, id: 'a b' }) };
    expect(() => parseEvent(bad, now)).toThrow(
      new Error('event rejected: detail.patient.id, detail.patient.email'),
    );
  });

  it('throws the same way for what is no event at all', () => {
    expect(() => parseEvent('nonsense', now)).toThrow('event rejected: event');
  });
});
