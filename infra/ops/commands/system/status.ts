import { join } from 'node:path';
import { Command } from 'commander';
import { clinicStatusWith } from '../../../../shared/operations/clinic-status.ts';
import { openDeadLetters } from '../../../laptop/emulation/events/dead-letters.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, asTable } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';
import type { System } from '../../system.ts';

/** How many dead letters there are; on AWS they are in queues, which an alarm watches. */
const deadLettersOf = ({ place }: System): number | undefined =>
  place.kind === 'laptop'
    ? openDeadLetters(join(place.folder, 'dead-letters/bus.jsonl')).list().length
    : undefined;

/** Makes the command that says how everything stands. */
export const statusCommand = (run: Run): Command =>
  onSystem(
    new Command('status')
      .description('Say how everything stands, in numbers. It reads the whole table and shows no patient.')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, options }) => {
      const status = await clinicStatusWith(partsOf(system))();
      const deadLetters = deadLettersOf(system);
      if (options.json) {
        io.say(asJson({ ...status, ...(deadLetters === undefined ? {} : { deadLetters }) }));
        return true;
      }
      for (const line of pauseLines(status.pause)) io.say(line);
      const { episodes, ignored, release, dueNow, oldestDue, nextDue } = status;
      const rows = [
        ['time', status.at],
        ...Object.entries(episodes).map(([state, number]) => [`episodes ${state}`, String(number)]),
        ['enrolled in the last day', String(status.enrolledLastDay)],
        ['due now', `${dueNow}${oldestDue === undefined ? '' : `, the oldest since ${oldestDue}`}`],
        ...(nextDue === undefined ? [] : [['next due', nextDue]]),
        ['ignored in the last day', String(status.ignoredLastDay)],
        ...Object.entries(ignored)
          .toSorted(([, a], [, b]) => b - a)
          .map(([reason, number]) => [`ignored, ${reason}`, String(number)]),
        [
          'dead letters',
          deadLetters === undefined
            ? 'see the queues on the dashboard; `replay-failed` names them'
            : String(deadLetters),
        ],
        ['release', release === undefined ? 'none yet' : `${release.number} of ${release.createdOn}`],
      ];
      for (const line of asTable(rows)) io.say(line);
      return true;
    },
  );
