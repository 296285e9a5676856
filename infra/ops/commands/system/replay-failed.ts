import { join } from 'node:path';
import { Command } from 'commander';
import { compareCountsWith } from '../../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import { type DeadLetter, openDeadLetters } from '../../../laptop/emulation/events/dead-letters.ts';
import { namesOf } from '../../../settings/names.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, asTable, countOf, type Io } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import type { System } from '../../system.ts';

/** What to do about a dead letter of the laptop, by the rule that gave it up. */
const waysOut: Readonly<Record<string, string>> = {
  'enroll-episode': 'Correct the event at its source and send it again, under the same procedure id.',
  'record-email-event': 'Start again: the email server repeats every event that was not dealt with.',
  'roll-up-responses': 'Done: every patient whose counts were behind was counted.',
  sender: 'Nothing: what was due is still due, and the next run sends it.',
  'publish-release': 'Run `npm run ops -- release`.',
  'check-drift': 'Run `npm run ops -- verify`.',
};

/** The stream's dead letters need no content: counting compares records, so it can be done at any time. */
const countLeftBehind = async (system: System): Promise<number> => {
  const parts = partsOf(system);
  const { uncounted } = await compareCountsWith(parts)();
  await countPatientsWith(parts)(uncounted);
  return uncounted.length;
};

const onLaptop = async (system: System, folder: string, io: Io, isJson: boolean): Promise<boolean> => {
  const letters = openDeadLetters(join(folder, 'dead-letters/bus.jsonl')).list();
  const counted = await countLeftBehind(system);
  if (isJson) {
    io.say(asJson({ deadLetters: letters, patientsCounted: counted }));
    return true;
  }
  io.say(`${countOf(letters.length, 'dead letter')}; ${countOf(counted, 'patient')} counted.`);
  const rowOf = ({ at, rule, sourceEventId, eventId, error }: DeadLetter) => [
    at,
    rule,
    sourceEventId ?? eventId,
    error,
  ];
  for (const line of asTable(letters.map(rowOf))) io.say(`  ${line}`);
  for (const rule of new Set(letters.map((letter) => letter.rule))) {
    io.say(`${rule}: ${waysOut[rule] ?? 'Look at the error.'}`);
  }
  return true;
};

const onStage = (stage: string, io: Io): void => {
  const { prefix, bus } = namesOf(stage);
  for (const line of [
    'Failed events wait 14 days in queues. They hold patients, so this command does not read them.',
    '',
    `${prefix}-events-not-enrolled: replay the time in question from the archive. What was taken in changes nothing.`,
    `  aws events start-replay --replay-name NAME --event-source-arn ARN_OF_ARCHIVE_${bus} \\`,
    '    --event-start-time FROM --event-end-time TO --destination \'{"Arn":"ARN_OF_BUS"}\'',
    `${prefix}-email-events-not-recorded: hand each event to the function; twice changes nothing.`,
    `  aws lambda invoke --function-name ${prefix}-record-email-event --payload file://event.json out.json`,
    '  The event is the body of the message, or `requestPayload` in it.',
    `${prefix}-ticks-not-run: nothing to replay; the next tick does the work. Purge it.`,
    `${prefix}-changes-not-counted: run \`npm run ops -- recompute --repair --stage ${stage}\`, then purge it.`,
    '  aws sqs purge-queue --queue-url URL',
    '',
    'docs/runbooks has a page for each of the five queues.',
  ]) {
    io.say(line);
  }
};

/** Makes the command that deals with what failed for good. */
export const replayFailedCommand = (run: Run): Command =>
  onSystem(
    new Command('replay-failed')
      .description('Show what failed for good and how to replay it; count what was left uncounted.')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, options }) => {
      const { place } = system;
      if (place.kind === 'laptop') return onLaptop(system, place.folder, io, options.json);
      onStage(place.stage, io);
      return true;
    },
  );
