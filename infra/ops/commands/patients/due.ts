import { Command } from 'commander';
import { dueStatusWith } from '../../../../shared/operations/clinic-status.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';

const inWords = (seconds: number): string => {
  if (seconds < 3600) return countOf(Math.floor(seconds / 60), 'minute');
  return seconds < 2 * 86_400
    ? countOf(Math.floor(seconds / 3600), 'hour')
    : countOf(Math.floor(seconds / 86_400), 'day');
};

/** Makes the command that says what waits to be sent. */
export const dueCommand = (run: Run): Command =>
  onSystem(
    new Command('due')
      .description('Say how many emails wait to be sent, and since when. It reads the due index only.')
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
        io.say(`Nothing is due at ${status.at}.`);
        io.say(status.nextDue === undefined ? 'Nothing is planned.' : `Next: ${status.nextDue}.`);
      } else {
        io.say(
          `${countOf(status.dueNow, 'email')} due at ${status.at}; the oldest since ${status.oldestDue}, ${inWords(status.behindSeconds)} ago.`,
        );
        io.say(`By shard: ${status.dueByShard.join(', ')}.`);
      }
      return true;
    },
  );
