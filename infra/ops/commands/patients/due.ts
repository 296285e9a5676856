import { Command } from 'commander';
import { dueStatusWith } from '../../../../shared/operations/clinic-status.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';

/** Rounds a duration down to minutes, hours or days. */
const inWords = (seconds: number): string => {
  if (seconds < 3600) return countOf(Math.floor(seconds / 60), 'minute');
  return seconds < 2 * 86_400
    ? countOf(Math.floor(seconds / 3600), 'hour')
    : countOf(Math.floor(seconds / 86_400), 'day');
};

export const dueCommand = (run: Run): Command =>
  onSystem(
    new Command('due')
      .description('Counts emails due and shows the oldest due time. Reads only the due index.')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, options }) => {
      const status = await dueStatusWith(partsOf(system))();
      if (options.json) {
        io.say(asJson(status));
        return true;
      }
      for (const line of pauseLines(status.pause)) io.say(line);
      if (status.oldestDue === undefined) {
        io.say(`No email is due at ${status.at}.`);
        io.say(status.nextDue === undefined ? 'No email is planned.' : `Next email due: ${status.nextDue}.`);
      } else {
        io.say(
          `${countOf(status.dueNow, 'email')} due at ${status.at}, the oldest since ${status.oldestDue} (${inWords(status.behindSeconds)}).`,
        );
        io.say(`By shard: ${status.dueByShard.join(', ')}.`);
      }
      return true;
    },
  );
