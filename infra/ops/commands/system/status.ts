import { join } from 'node:path';
import { Command } from 'commander';
import { clinicStatusWith } from '../../../../shared/operations/clinic-status.ts';
import { openDeadLetters } from '../../../laptop/emulation/events/dead-letters.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, asTable } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';
import type { System } from '../../system.ts';

/** Number of the laptop's dead letters; undefined on AWS, where they are in queues with alarms. */
const deadLettersOf = ({ place }: System): number | undefined =>
  place.kind === 'laptop'
    ? openDeadLetters(join(place.folder, 'dead-letters/bus.jsonl')).list().length
    : undefined;

/** Enough to find a code that the code map lacks; `--json` has them all. */
const maxCodes = 20;

const mostFirst = (numbers: Readonly<Record<string, number>>): readonly (readonly [string, number])[] =>
  Object.entries(numbers).toSorted(([, a], [, b]) => b - a);

export const statusCommand = (run: Run): Command =>
  onSystem(
    new Command('status')
      .description('Shows the state of the system in numbers. Scans the whole table; shows no patient.')
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
      const { episodes, ignored, ignoredCodes, release, dueNow, oldestDue, nextDue } = status;
      const rows = [
        ['time', status.at],
        ...Object.entries(episodes).map(([name, number]) => [`episodes ${name}`, String(number)]),
        ['enrolled in the last day', String(status.enrolledLastDay)],
        ['emails due', `${dueNow}${oldestDue === undefined ? '' : `, the oldest since ${oldestDue}`}`],
        ...(nextDue === undefined ? [] : [['next email due', nextDue]]),
        ['ignored in the last day', String(status.ignoredLastDay)],
        ...mostFirst(ignored).map(([reason, number]) => [`ignored, ${reason}`, String(number)]),
        ...mostFirst(ignoredCodes)
          .slice(0, maxCodes)
          .map(([code, number]) => [`ignored, code ${code}`, String(number)]),
        [
          'dead letters',
          deadLetters === undefined
            ? 'in the queues on the dashboard; `replay-failed` lists them'
            : String(deadLetters),
        ],
        [
          'release',
          release === undefined ? 'none yet' : `${release.number}, created on ${release.createdOn}`,
        ],
      ];
      for (const line of asTable(rows)) io.say(line);
      return true;
    },
  );
