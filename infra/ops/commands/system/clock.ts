import { Command } from 'commander';
import * as z from 'zod';
import { dueStatusWith } from '../../../../shared/operations/clinic-status.ts';
import { addDays } from '../../../../shared/platform/calendar.ts';
import { type UtcInstant, utcDateOf } from '../../../../shared/platform/time.ts';
import { onSystem, type Run } from '../../command.ts';
import { countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const daysIn = { d: 1, w: 7 } as const;

/** Returns the fields of the console's clock form for a move given as text. */
const moveFor = (text: string, now: UtcInstant): Readonly<Record<string, string>> => {
  if (text === 'next') return { move: 'next-due' };
  if (text === '+1d') return { move: 'day' };
  if (text === '+1w') return { move: 'week' };
  const [, count, unit] = /^\+(\d{1,4})([dw])$/.exec(text) ?? [];
  if (count !== undefined) {
    const days = Number(count) * (unit === 'w' ? daysIn.w : daysIn.d);
    return { move: 'date', date: addDays(utcDateOf(now), days) };
  }
  if (z.iso.date().safeParse(text).success) return { move: 'date', date: text };
  throw opsProblem(`"${text}" does not move the clock. Give +1d, +2w, a date such as 2026-03-08, or next.`);
};

/** Posts the form to the running console, which runs the rules on the way. Returns the number of sender runs. */
const moveThrough = async (origin: string, form: Readonly<Record<string, string>>): Promise<number> => {
  const response = await fetch(`${origin}/console/clock`, {
    method: 'POST',
    body: new URLSearchParams({ ...form }),
    redirect: 'manual',
  });
  const location = response.headers.get('location');
  if (response.status !== 303 || location === null) {
    throw opsProblem(`The console at ${origin} did not move the clock (HTTP ${response.status}).`);
  }
  const notice = new URL(location, origin).searchParams.get('notice') ?? '';
  if (notice === 'not-moved') throw opsProblem('The clock only moves forward. Choose a later date.');
  return Number(/^moved-(\d+)$/.exec(notice)?.[1] ?? '0');
};

export const clockCommand = (run: Run): Command =>
  onSystem(
    new Command('clock')
      .description("Shows the laptop's clock, or moves it forward and runs what happens on the way.")
      .argument('[when]', '+1d, +2w, a date, or next for the time of the next email'),
    run,
    z.looseObject({}),
    async ({ system, io, args: [when] }) => {
      const { place } = system;
      if (place.kind !== 'laptop')
        throw opsProblem("Only the laptop's clock can be shown and moved. Leave out --stage.");
      const now = system.clock.now();
      if (when === undefined) {
        const { oldestDue, nextDue } = await dueStatusWith(partsOf(system))();
        io.say(`The clock shows ${now}.`);
        io.say(`Next email due: ${oldestDue ?? nextDue ?? 'none'}.`);
        return true;
      }
      const form = moveFor(when, now);
      if (place.origin === undefined) {
        throw opsProblem('The laptop is not running. Run `npm start`, then move its clock.');
      }
      const runs = await moveThrough(place.origin, form);
      io.say(`The clock shows ${system.clock.now()}; the sender ran ${countOf(runs, 'time')}.`);
      return true;
    },
  );
