import { Command } from 'commander';
import * as z from 'zod';
import { dueStatusWith } from '../../../../shared/operations/clinic-status.ts';
import { addDays } from '../../../../shared/platform/calendar.ts';
import { type UtcInstant, utcDateOf } from '../../../../shared/platform/time.ts';
import { onSystem, type Run } from '../../command.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const daysIn = { d: 1, w: 7 } as const;

/** Takes what was asked for and the time, gives the fields of the console's form. */
const moveFor = (text: string, now: UtcInstant): Readonly<Record<string, string>> => {
  if (text === 'next') return { move: 'next-due' };
  if (text === '+1d') return { move: 'day' };
  if (text === '+1w') return { move: 'week' };
  const by = /^\+(\d{1,4})([dw])$/.exec(text);
  if (by !== null) {
    const unit = by[2] === 'w' ? daysIn.w : daysIn.d;
    return { move: 'date', date: addDays(utcDateOf(now), Number(by[1]) * unit) };
  }
  if (z.iso.date().safeParse(text).success) return { move: 'date', date: text };
  throw opsProblem(`"${text}" is no move of the clock. Give +1d, +2w, a date such as 2026-03-08, or next.`);
};

/** Asks the running console; it plays the rules on the way and says how often the sender ran. */
const moveThere = async (origin: string, form: Readonly<Record<string, string>>): Promise<string> => {
  const answer = await fetch(`${origin}/console/clock`, {
    method: 'POST',
    body: new URLSearchParams({ ...form }),
    redirect: 'manual',
  });
  const location = answer.headers.get('location');
  if (answer.status !== 303 || location === null) {
    throw opsProblem(`The console at ${origin} did not move the clock (${answer.status}).`);
  }
  const notice = new URL(location, origin).searchParams.get('notice') ?? '';
  if (notice === 'not-moved') throw opsProblem('The clock only moves ahead. Choose a later date.');
  return /^moved-(\d+)$/.exec(notice)?.[1] ?? '0';
};

/** Makes the command that shows and moves the laptop's clock. */
export const clockCommand = (run: Run): Command =>
  onSystem(
    new Command('clock')
      .description("Show the laptop's clock, or move it ahead and play what happens on the way.")
      .argument('[when]', '+1d, +2w, a date, or next for the next email that is due'),
    run,
    z.looseObject({}),
    async ({ system, io, args: [when] }) => {
      const { place } = system;
      if (place.kind !== 'laptop')
        throw opsProblem('Only the clock of the laptop can be seen and moved. Leave --stage out.');
      const now = system.clock.now();
      if (when === undefined) {
        const { oldestDue, nextDue } = await dueStatusWith(partsOf(system))();
        io.say(`The clock shows ${now}.`);
        io.say(`Next email due: ${oldestDue ?? nextDue ?? 'none'}.`);
        return true;
      }
      const form = moveFor(when, now);
      if (place.origin === undefined) {
        throw opsProblem('Nothing runs that could play the time in between. Run `npm start`, then move.');
      }
      const runs = await moveThere(place.origin, form);
      io.say(
        `The clock shows ${system.clock.now()}; the sender ran ${runs} ${runs === '1' ? 'time' : 'times'}.`,
      );
      return true;
    },
  );
