import { Temporal } from 'temporal-polyfill';
import { isClinicHoliday } from './holidays.ts';
import { isUtcInstant, type LocalDate, localDate, type UtcInstant, utcDateOf, type ZoneId } from './time.ts';

/** So many results are kept before all are forgotten: far more than one sweep asks for. */
const maxMemoized = 5_000;

/**
 * Takes a pure function of texts and numbers, gives the same function that remembers what it gave. For calendar
 * arithmetic, which is asked the same few questions for every patient of a day.
 */
export const memoize = <Arguments extends readonly (string | number)[], Result>(
  work: (...given: Arguments) => Result,
): ((...given: Arguments) => Result) => {
  const known = new Map<string, { readonly result: Result }>();
  return (...given) => {
    const key = given.join(' ');
    const found = known.get(key);
    if (found !== undefined) return found.result;
    const result = work(...given);
    if (known.size >= maxMemoized) known.clear();
    known.set(key, { result });
    return result;
  };
};

/** An offset from a service date. Months are calendar months, clamped to the month's end. */
export type Offset = { readonly days: number } | { readonly months: number };

/** No email between 20:00 and 08:00 where the patient lives. */
export const quietHours = { from: '20:00', until: '08:00' } as const;

const instantText = (moment: Temporal.Instant): UtcInstant => {
  const text = moment.toString({ smallestUnit: 'second' });
  if (!isUtcInstant(text)) throw new RangeError('The moment is outside the years 0 to 9999.');
  return text;
};

const dateText = (date: Temporal.PlainDate): LocalDate => localDate(date.toString());

const zoned = (at: UtcInstant, zone: ZoneId) => Temporal.Instant.from(at).toZonedDateTimeISO(zone);

/** Takes any ISO 8601 instant, gives it in UTC to the second. Throws a RangeError on anything else. */
export const utcInstant = (text: string): UtcInstant => instantText(Temporal.Instant.from(text));

/** Takes a moment and a zone, gives the date on the wall calendar there. */
export const localDateOf = memoize(
  (at: UtcInstant, zone: ZoneId): LocalDate => dateText(zoned(at, zone).toPlainDate()),
);

/**
 * Takes a local date and wall-clock time (`10:00`), gives the moment in UTC. A time that the spring change
 * skips becomes the moment as much later; one that the autumn change repeats is the first of the two.
 */
export const instantAt = memoize(
  (on: LocalDate, time: string, zone: ZoneId): UtcInstant =>
    instantText(
      Temporal.PlainDate.from(on)
        .toZonedDateTime({ plainTime: Temporal.PlainTime.from(time), timeZone: zone })
        .toInstant(),
    ),
);

/** Takes a date and whole days, gives the date as many days later. */
export const addDays = memoize(
  (on: LocalDate, days: number): LocalDate => dateText(Temporal.PlainDate.from(on).add({ days })),
);

const addMonths = memoize(
  (on: LocalDate, months: number): LocalDate =>
    dateText(Temporal.PlainDate.from(on).add({ months }, { overflow: 'constrain' })),
);

/** Takes a date and an offset, gives the date after it; 31 January and one month give the end of February. */
export const addOffset = (on: LocalDate, offset: Offset): LocalDate =>
  'days' in offset ? addDays(on, offset.days) : addMonths(on, offset.months);

/**
 * Takes a moment, a date and a zone, says whether that day has yet to begin there. No zone is a whole day from UTC,
 * so most questions need no zone: the first time that one is asked for costs a new function 30 ms.
 */
export const isBeforeDay = (at: UtcInstant, on: LocalDate, zone: ZoneId): boolean => {
  const day = utcDateOf(at);
  if (day > on) return false;
  return day < addDays(on, -1) || at < instantAt(on, '00:00', zone);
};

/** Takes two dates, gives the whole days from the first to the second; negative when it is earlier. */
export const daysBetween = memoize(
  (from: LocalDate, to: LocalDate): number =>
    Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days,
);

/** Takes a moment and whole seconds, gives the moment as many seconds later. */
export const addSeconds = (at: UtcInstant, seconds: number): UtcInstant =>
  instantText(Temporal.Instant.from(at).add({ seconds }));

/** Takes a moment, gives its epoch second. */
export const epochSecondOf = (at: UtcInstant): number =>
  Math.floor(Temporal.Instant.from(at).epochMilliseconds / 1000);

const isWorkingDay = memoize(
  (on: LocalDate): boolean => Temporal.PlainDate.from(on).dayOfWeek <= 5 && !isClinicHoliday(on),
);

/** Takes a date, gives it if it is a working day, else the next one (Monday to Friday, no federal holiday). */
export const workingDayFrom = (on: LocalDate): LocalDate =>
  isWorkingDay(on) ? on : workingDayFrom(addDays(on, 1));

/** Takes a moment and a zone, says whether it falls in the quiet hours there. */
export const isQuiet = (at: UtcInstant, zone: ZoneId): boolean => {
  const time = zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
  return time >= quietHours.from || time < quietHours.until;
};

/** Takes a moment, gives it if email may go out then, else the next 08:00 where the patient lives. */
export const afterQuietHours = (at: UtcInstant, zone: ZoneId): UtcInstant => {
  if (!isQuiet(at, zone)) return at;
  const local = zoned(at, zone);
  const morning = local.toPlainTime().toString() < quietHours.until ? local : local.add({ days: 1 });
  return instantAt(dateText(morning.toPlainDate()), quietHours.until, zone);
};

/** True for the IANA name of a time zone that exists; a bare offset is none. */
export const isZone = (text: string): text is ZoneId => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return /^[A-Za-z]/.test(text);
  } catch {
    return false;
  }
};

/** Parses the IANA name of a time zone. Throws a RangeError, without the text, when there is none of that name. */
export const zoneId = (text: string): ZoneId => {
  if (!isZone(text)) throw new RangeError('Not a time zone such as America/New_York.');
  return text;
};
