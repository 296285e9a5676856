import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  addOffset,
  addSeconds,
  afterQuietHours,
  daysBetween,
  epochSecondOf,
  instantAt,
  isBeforeDay,
  isQuiet,
  isZone,
  localDateOf,
  utcInstant,
  workingDayFrom,
  zoneId,
} from '../../../shared/platform/calendar.ts';
import { isClinicHoliday } from '../../../shared/platform/holidays.ts';
import { localDate } from '../../../shared/platform/time.ts';

const newYork = zoneId('America/New_York');

const kiritimati = zoneId('Pacific/Kiritimati');

const pagoPago = zoneId('Pacific/Pago_Pago');

describe('a day that has yet to begin', () => {
  it.each([
    ['2026-03-24T03:59:59Z', newYork, true],
    ['2026-03-24T04:00:00Z', newYork, false],
    ['2026-03-23T09:59:59Z', kiritimati, true],
    ['2026-03-23T10:00:00Z', kiritimati, false],
    ['2026-03-24T10:59:59Z', pagoPago, true],
    ['2026-03-24T11:00:00Z', pagoPago, false],
  ] as const)('24 March, at %s in %s: %s', (at, zone, isBefore) => {
    expect(isBeforeDay(at, '2026-03-24', zone)).toBe(isBefore);
  });

  it('is what the moment of its midnight says, in every zone, hours and days away from it', () => {
    const zones = [newYork, pagoPago, kiritimati, zoneId('Asia/Kathmandu'), zoneId('Etc/GMT+12')];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 4000 }),
        fc.integer({ min: -100, max: 100 }),
        fc.integer({ min: -1, max: 1 }),
        (zone, day, hours, second) => {
          const on = addDays('2024-01-01', day);
          const at = addSeconds(`${on}T00:00:00Z`, hours * 3600 + second);
          expect(isBeforeDay(at, on, zone)).toBe(at < instantAt(on, '00:00', zone));
        },
      ),
      { numRuns: 2000 },
    );
  });
});

describe('the moment of a local time', () => {
  it.each([
    ['an ordinary winter day', '2026-01-15', '10:00', newYork, '2026-01-15T15:00:00Z'],
    ['an ordinary summer day', '2026-07-15', '10:00', newYork, '2026-07-15T14:00:00Z'],
    ['the hour the spring change skips', '2026-03-08', '02:30', newYork, '2026-03-08T07:30:00Z'],
    ['the hour the autumn change repeats', '2026-11-01', '01:30', newYork, '2026-11-01T05:30:00Z'],
    ['after the spring change', '2026-03-08', '10:00', newYork, '2026-03-08T14:00:00Z'],
    ['half-hour zones', '2026-05-05', '10:00', zoneId('Asia/Kolkata'), '2026-05-05T04:30:00Z'],
    ['the far west', '2026-05-05', '10:00', pagoPago, '2026-05-05T21:00:00Z'],
    ['the far east', '2026-05-05', '10:00', kiritimati, '2026-05-04T20:00:00Z'],
    ['no summer time', '2026-07-15', '10:00', zoneId('America/Phoenix'), '2026-07-15T17:00:00Z'],
    ['a half-hour summer time', '2026-01-15', '10:00', zoneId('Australia/Lord_Howe'), '2026-01-14T23:00:00Z'],
    [
      'a day the zone skipped, as much later',
      '2011-12-30',
      '10:00',
      zoneId('Pacific/Apia'),
      '2011-12-30T20:00:00Z',
    ],
  ] as const)('%s', (_, on, time, zone, at) => {
    expect(instantAt(on, time, zone)).toBe(at);
  });

  it('comes back to the same date, in every zone and on every day, except one that a zone skipped', () => {
    const zones = [newYork, pagoPago, kiritimati, zoneId('America/St_Johns'), zoneId('Asia/Kathmandu')];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.integer({ min: 0, max: 4000 }),
        fc.constantFrom('00:00', '08:00', '10:00', '18:00'),
        (zone, days, time) => {
          const on = addDays('2020-01-01', days);
          expect(localDateOf(instantAt(on, time, zone), zone)).toBe(on);
        },
      ),
    );
  });
});

describe('the date of a moment', () => {
  it.each([
    ['2026-03-02T04:59:59Z', newYork, '2026-03-01'],
    ['2026-03-02T05:00:00Z', newYork, '2026-03-02'],
    ['2026-03-02T10:00:00Z', kiritimati, '2026-03-03'],
    ['2026-03-02T10:59:59Z', pagoPago, '2026-03-01'],
    ['2011-12-30T09:59:59Z', zoneId('Pacific/Apia'), '2011-12-29'],
    ['2011-12-30T10:00:00Z', zoneId('Pacific/Apia'), '2011-12-31'],
  ] as const)('%s in %s is %s', (at, zone, date) => {
    expect(localDateOf(at, zone)).toBe(date);
  });
});

describe('offsets', () => {
  it.each([
    ['2026-01-31', { months: 1 }, '2026-02-28'],
    ['2028-01-31', { months: 1 }, '2028-02-29'],
    ['2026-03-31', { months: 3 }, '2026-06-30'],
    ['2026-08-31', { months: 6 }, '2027-02-28'],
    ['2027-08-31', { months: 6 }, '2028-02-29'],
    ['2028-02-29', { months: 12 }, '2029-02-28'],
    ['2026-12-31', { days: 14 }, '2027-01-14'],
    ['2026-05-05', { days: 0 }, '2026-05-05'],
  ] as const)('%s and %o is %s', (on, offset, date) => {
    expect(addOffset(on, offset)).toBe(date);
  });

  it('counts days over leap days and years, in both directions', () => {
    expect(daysBetween('2028-02-28', '2028-03-01')).toBe(2);
    expect(daysBetween('2027-02-28', '2027-03-01')).toBe(1);
    expect(daysBetween('2026-03-02', '2027-03-02')).toBe(365);
    expect(daysBetween('2026-03-02', '2026-02-28')).toBe(-2);
  });

  it('adds seconds over a clock change, and tells the epoch second', () => {
    expect(addSeconds('2026-03-08T06:59:59Z', 2)).toBe('2026-03-08T07:00:01Z');
    expect(epochSecondOf('1970-01-02T00:00:01Z')).toBe(86_401);
  });
});

describe('instants', () => {
  it.each([
    ['2026-03-08T10:30:00-05:00', '2026-03-08T15:30:00Z'],
    ['2026-03-08T15:30:00.999Z', '2026-03-08T15:30:00Z'],
    ['2026-03-08T15:30Z', '2026-03-08T15:30:00Z'],
  ])('%s becomes %s', (text, at) => {
    expect(utcInstant(text)).toBe(at);
  });

  it.each(['', '2026-03-08', 'yesterday', '2026-02-30T00:00:00Z'])('refuses %j', (text) => {
    expect(() => utcInstant(text)).toThrow(RangeError);
  });
});

describe('quiet hours', () => {
  // 2 March 2026: New York is five hours behind UTC.
  it.each([
    ['2026-03-02T12:59:59Z', true, '2026-03-02T13:00:00Z'],
    ['2026-03-02T13:00:00Z', false, '2026-03-02T13:00:00Z'],
    ['2026-03-02T15:00:00Z', false, '2026-03-02T15:00:00Z'],
    ['2026-03-03T00:59:59Z', false, '2026-03-03T00:59:59Z'],
    ['2026-03-03T01:00:00Z', true, '2026-03-03T13:00:00Z'],
    ['2026-03-03T04:59:59Z', true, '2026-03-03T13:00:00Z'],
    ['2026-03-03T05:00:00Z', true, '2026-03-03T13:00:00Z'],
    ['2026-03-08T02:00:00Z', true, '2026-03-08T12:00:00Z'],
    ['2026-11-01T05:30:00Z', true, '2026-11-01T13:00:00Z'],
  ] as const)('at %s: %s, and email may go at %s', (at, quiet, after) => {
    expect(isQuiet(at, newYork)).toBe(quiet);
    expect(afterQuietHours(at, newYork)).toBe(after);
  });

  it('end at a moment that is never earlier, never quiet, and at most 13 hours away', () => {
    const zones = [
      newYork,
      zoneId('Pacific/Apia'),
      pagoPago,
      zoneId('Asia/Kathmandu'),
      zoneId('Australia/Lord_Howe'),
    ];
    fc.assert(
      fc.property(fc.constantFrom(...zones), fc.integer({ min: 0, max: 500_000_000 }), (zone, seconds) => {
        const at = addSeconds('2012-01-01T00:00:00Z', seconds);
        const after = afterQuietHours(at, zone);
        expect(after >= at).toBe(true);
        expect(isQuiet(after, zone)).toBe(false);
        expect(epochSecondOf(after) - epochSecondOf(at)).toBeLessThanOrEqual(13 * 3600);
      }),
    );
  });
});

describe('federal holidays', () => {
  // As the Office of Personnel Management lists them for each year.
  const published: Readonly<Record<number, readonly string[]>> = {
    2025: ['01-01', '01-20', '02-17', '05-26', '06-19', '07-04', '09-01', '10-13', '11-11', '11-27', '12-25'],
    2026: ['01-01', '01-19', '02-16', '05-25', '06-19', '07-03', '09-07', '10-12', '11-11', '11-26', '12-25'],
    2027: [
      '01-01',
      '01-18',
      '02-15',
      '05-31',
      '06-18',
      '07-05',
      '09-06',
      '10-11',
      '11-11',
      '11-25',
      '12-24',
      '12-31',
    ],
  };

  it.each(Object.entries(published))('of %s are the published ones and no others', (year, days) => {
    const all = Array.from({ length: 365 }, (_, day) => addDays(localDate(`${year}-01-01`), day));
    expect(all.filter(isClinicHoliday)).toEqual(days.map((day) => `${year}-${day}`));
  });
});

describe('working days', () => {
  it.each([
    ['a Tuesday', '2026-03-03', '2026-03-03'],
    ['a Saturday', '2026-03-07', '2026-03-09'],
    ['a Sunday', '2026-03-08', '2026-03-09'],
    ['a holiday on a Monday', '2026-05-25', '2026-05-26'],
    ['the Saturday before it', '2026-05-23', '2026-05-26'],
    ['Independence Day kept on a Friday', '2026-07-03', '2026-07-06'],
    ['Thanksgiving', '2026-11-26', '2026-11-27'],
    ['New Year kept in the old year', '2027-12-31', '2028-01-03'],
  ] as const)('from %s', (_, on, day) => {
    expect(workingDayFrom(on)).toBe(day);
  });

  it('are never more than four days away', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20_000 }), (days) => {
        const on = addDays('2020-01-01', days);
        expect(daysBetween(on, workingDayFrom(on))).toBeLessThanOrEqual(4);
      }),
    );
  });
});

describe('zones', () => {
  it.each([newYork, 'Pacific/Apia', 'Etc/UTC', 'UTC'])('%s is one', (text) => {
    expect(isZone(text)).toBe(true);
  });
  it.each(['', '+05:00', 'Mars/Olympus', 'America/New York', '05:00', '-05'])('%j is none', (text) => {
    expect(isZone(text)).toBe(false);
  });
});
