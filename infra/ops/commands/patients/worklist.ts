import { Command } from 'commander';
import * as z from 'zod';
import { makeWorklistWith } from '../../../../shared/care/staff/make-worklist.ts';
import { urgencyOf } from '../../../../shared/care/staff/staff-notices.ts';
import type { CallReason } from '../../../../shared/care/staff/worklist.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, asTable, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';

const reasonWords: Readonly<Record<CallReason, string>> = {
  'no-answer': 'has not answered',
  'not-delivered': 'email not confirmed',
  'cannot-be-emailed': 'cannot be emailed',
  missed: 'was not emailed in time',
  'said-to-be-dead': 'treated after a reported death',
};

const optionsSchema = withJson.extend({ days: z.coerce.number('--days must be a number').int().min(1) });

export const worklistCommand = (run: Run): Command =>
  onSystem(
    new Command('worklist')
      .description('Lists notices from patients and patients to call. For staff only: shows patient ids.')
      .option('--days <n>', 'include notices from the last n days', '14')
      .option(...jsonOption),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      const list = await makeWorklistWith(partsOf(system))(options.days);
      if (options.json) {
        io.say(asJson(list));
        return true;
      }
      for (const line of pauseLines(list.pause)) io.say(line);
      io.say(`${countOf(list.notices.length, 'notice')} in the last ${options.days} days.`);
      const notices = list.notices.map(({ at, kind, patientId }) => [at, kind, urgencyOf(kind), patientId]);
      for (const line of asTable(notices)) io.say(`  ${line}`);
      io.say(`${countOf(list.calls.length, 'call')} due, most urgent first.`);
      const calls = list.calls.map(({ until, patientId, reason, touchpoint, family, serviceDate }) => [
        `until ${until}`,
        patientId,
        reasonWords[reason],
        touchpoint,
        `${family} of ${serviceDate}`,
      ]);
      for (const line of asTable(calls)) io.say(`  ${line}`);
      return true;
    },
  );
