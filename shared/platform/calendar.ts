import { Temporal } from 'temporal-polyfill';
import { isClinicHoliday } from './holidays.ts';
import { isUtcInstant, type LocalDate, localDate, type UtcInstant, utcDateOf, type ZoneId } from './time.ts';

/** Maximum number of memoized results per function; the cache is cleared when full. One sweep needs far fewer. */
const maxMemoized = 5_000;

/**
 * Memoizes a pure function of texts and numbers. Calendar arithmetic repeats the same few calls for every patient
 * of a day.
 */
export const memoize = <Arguments extends readonly (string | number)[], Result>(
  compute: (...input: Arguments) => Result,
): ((...input: Arguments) => Result) => {
  const known = new Map<string, { readonly result: Result }>();
  return (...input) => {
    const key = input.join(' ');
    const found = known.get(key);
    if (found !== undefined) return found.result;
    const result = compute(...input);
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

/** Parses any ISO 8601 instant, to UTC and the second. Throws a RangeError on anything else. */
export const utcInstant = (text: string): UtcInstant => instantText(Temporal.Instant.from(text));

/** Returns the date on the wall calendar in a zone. */
export const localDateOf = memoize(
  (at: UtcInstant, zone: ZoneId): LocalDate => dateText(zoned(at, zone).toPlainDate()),
);

/**
 * Converts a local date and wall-clock time (`10:00`) to UTC. A time that the spring change skips moves later by
 * the gap; of one that the autumn change repeats the first applies.
 */
export const instantAt = memoize(
  (on: LocalDate, time: string, zone: ZoneId): UtcInstant =>
    instantText(
      Temporal.PlainDate.from(on)
        .toZonedDateTime({ plainTime: Temporal.PlainTime.from(time), timeZone: zone })
        .toInstant(),
    ),
);

export const addDays = memoize(
  (on: LocalDate, days: number): LocalDate => dateText(Temporal.PlainDate.from(on).add({ days })),
);

const addMonths = memoize(
  (on: LocalDate, months: number): LocalDate =>
    dateText(Temporal.PlainDate.from(on).add({ months }, { overflow: 'constrain' })),
);

/** Returns the date after an offset; 31 January and one month give the end of February. */
export const addOffset = (on: LocalDate, offset: Offset): LocalDate =>
  'days' in offset ? addDays(on, offset.days) : addMonths(on, offset.months);

/**
 * True when a day has yet to begin in a zone. No zone is a whole day from UTC, so most calls need no zone: loading
 * a time zone adds about 30 ms to a cold start.
 */
export const isBeforeDay = (at: UtcInstant, on: LocalDate, zone: ZoneId): boolean => {
  const day = utcDateOf(at);
  if (day > on) return false;
  return day < addDays(on, -1) || at < instantAt(on, '00:00', zone);
};

/** Returns the whole days from the first date to the second; negative when the second is earlier. */
export const daysBetween = memoize(
  (from: LocalDate, to: LocalDate): number =>
    Temporal.PlainDate.from(from).until(Temporal.PlainDate.from(to), { largestUnit: 'days' }).days,
);

export const addSeconds = (at: UtcInstant, seconds: number): UtcInstant =>
  instantText(Temporal.Instant.from(at).add({ seconds }));

export const epochSecondOf = (at: UtcInstant): number =>
  Math.floor(Temporal.Instant.from(at).epochMilliseconds / 1000);

const isWorkingDay = memoize(
  (on: LocalDate): boolean => Temporal.PlainDate.from(on).dayOfWeek <= 5 && !isClinicHoliday(on),
);

/** Returns the date itself if it is a working day, else the next one (Monday to Friday, no federal holiday). */
export const workingDayFrom = (on: LocalDate): LocalDate =>
  isWorkingDay(on) ? on : workingDayFrom(addDays(on, 1));

/** True in the quiet hours of a zone. */
export const isQuiet = (at: UtcInstant, zone: ZoneId): boolean => {
  const time = zoned(at, zone).toPlainTime().toString({ smallestUnit: 'minute' });
  return time >= quietHours.from || time < quietHours.until;
};

/** Returns the moment itself if email may go out then, else the next 08:00 where the patient lives. */
export const afterQuietHours = (at: UtcInstant, zone: ZoneId): UtcInstant => {
  if (!isQuiet(at, zone)) return at;
  const local = zoned(at, zone);
  const morning = local.toPlainTime().toString() < quietHours.until ? local : local.add({ days: 1 });
  return instantAt(dateText(morning.toPlainDate()), quietHours.until, zone);
};

/** True for the IANA name of an existing time zone; a bare offset is not one. */
export const isZone = (text: string): text is ZoneId => {
  try {
    Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text);
    return /^[A-Za-z]/.test(text);
  } catch {
    return false;
  }
};

/** Parses the IANA name of a time zone. Throws a RangeError that does not contain the text. */
export const zoneId = (text: string): ZoneId => {
  if (!isZone(text)) throw new RangeError('Not a time zone such as America/New_York.');
  return text;
};
