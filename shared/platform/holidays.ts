import { Temporal } from 'temporal-polyfill';
import { type LocalDate, localDate } from './time.ts';

/** A holiday on a fixed day (moved off a weekend to the nearest weekday), or on the nth weekday of a month. */
type HolidayRule =
  | { readonly month: number; readonly day: number }
  | { readonly month: number; readonly weekday: number; readonly nth: number | 'last' };

const monday = 1;
const thursday = 4;

/** The holidays of the US federal government: 5 U.S.C. 6103(a), with the weekend rule of 6103(b). */
const federalHolidays: readonly HolidayRule[] = [
  { month: 1, day: 1 },
  { month: 1, weekday: monday, nth: 3 },
  { month: 2, weekday: monday, nth: 3 },
  { month: 5, weekday: monday, nth: 'last' },
  { month: 6, day: 19 },
  { month: 7, day: 4 },
  { month: 9, weekday: monday, nth: 1 },
  { month: 10, weekday: monday, nth: 2 },
  { month: 11, day: 11 },
  { month: 11, weekday: thursday, nth: 4 },
  { month: 12, day: 25 },
];

/** Days from a fixed holiday's date to the day it is observed, by ISO weekday: Saturday back, Sunday on. */
const observedShift: Readonly<Record<number, number>> = { 6: -1, 7: 1 };

const fixedDay = (year: number, month: number, day: number): Temporal.PlainDate => {
  const date = Temporal.PlainDate.from({ year, month, day });
  return date.add({ days: observedShift[date.dayOfWeek] ?? 0 });
};

const nthWeekday = (year: number, month: number, weekday: number, nth: number | 'last') => {
  const first = Temporal.PlainDate.from({ year, month, day: 1 });
  const firstMatch = first.add({ days: (weekday - first.dayOfWeek + 7) % 7 });
  const lastWeek = Math.floor((first.daysInMonth - firstMatch.day) / 7);
  return firstMatch.add({ weeks: nth === 'last' ? lastWeek : nth - 1 });
};

const dayOf = (rule: HolidayRule, year: number): Temporal.PlainDate =>
  'day' in rule ? fixedDay(year, rule.month, rule.day) : nthWeekday(year, rule.month, rule.weekday, rule.nth);

const daysIn = (year: number): readonly LocalDate[] =>
  federalHolidays.map((rule) => localDate(dayOf(rule, year).toString()));

const known = new Map<number, ReadonlySet<LocalDate>>();

/** New Year's Day is observed in the year before when it falls on a Saturday. */
const holidaysOf = (year: number): ReadonlySet<LocalDate> => {
  const days = known.get(year) ?? new Set([...daysIn(year), ...daysIn(year + 1)]);
  known.set(year, days);
  return days;
};

/** True when the clinic is closed for a federal holiday. */
export const isClinicHoliday = (on: LocalDate): boolean => holidaysOf(Number(on.slice(0, 4))).has(on);
