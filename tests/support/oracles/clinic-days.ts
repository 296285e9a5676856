import type { LocalDate, UtcInstant, ZoneId } from '../../../shared/platform/time.ts';

/** A moment on the wall of a patient: the date, and the hour from 0 to 23. */
export type WallTime = { readonly on: string; readonly hour: number };

const formats = new Map<string, Intl.DateTimeFormat>();

const formatIn = (zone: ZoneId): Intl.DateTimeFormat => {
  const known =
    formats.get(zone) ??
    new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'medium' });
  formats.set(zone, known);
  return known;
};

/** Reads the wall clock in a zone. Swedish writes dates and times as ISO 8601 does. */
export const wallTimeOf = (at: UtcInstant, zone: ZoneId): WallTime => {
  const text = formatIn(zone).format(new Date(at));
  return { on: text.slice(0, 10), hour: Number(text.slice(11, 13)) };
};

/** Nobody is emailed from 20:00 to 08:00. */
export const isNight = ({ hour }: WallTime): boolean => hour < 8 || hour >= 20;

const dayMs = 24 * 60 * 60 * 1000;

export const daysFrom = (from: LocalDate, to: string): number => (Date.parse(to) - Date.parse(from)) / dayMs;

/** The federal holidays of 2026 and 2027 as observed, from the calendar of the Office of Personnel Management. */
const holidays: ReadonlySet<string> = new Set([
  '2026-01-01',
  '2026-01-19',
  '2026-02-16',
  '2026-05-25',
  '2026-06-19',
  '2026-07-03',
  '2026-09-07',
  '2026-10-12',
  '2026-11-11',
  '2026-11-26',
  '2026-12-25',
  '2027-01-01',
  '2027-01-18',
  '2027-02-15',
  '2027-05-31',
  '2027-06-18',
  '2027-07-05',
  '2027-09-06',
  '2027-10-11',
  '2027-11-11',
  '2027-11-25',
  '2027-12-24',
  '2027-12-31',
]);

/** True from Monday to Friday, except on a holiday of 2026 or 2027. */
export const isClinicDay = (on: string): boolean => {
  const weekday = new Date(on).getUTCDay();
  return weekday > 0 && weekday < 6 && !holidays.has(on);
};
