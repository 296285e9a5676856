import { join } from 'node:path';
import { Command } from 'commander';
import { compareCountsWith } from '../../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import { deadLettersOf, type Trigger } from '../../../../shared/platform/function-manifest.ts';
import { functions } from '../../../functions.ts';
import { type DeadLetter, openDeadLetters } from '../../../laptop/emulation/events/dead-letters.ts';
import { type Names, namesOf } from '../../../settings/names.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, asTable, countOf, type Io } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import type { System } from '../../system.ts';

/** The functions that leave dead letters, with the queue and how to recover. */
const failing = functions.flatMap((manifest) => {
  const { name, trigger } = manifest;
  const queue = deadLettersOf(manifest)?.name;
  return trigger.kind === 'http' || queue === undefined
    ? []
    : [{ name, kind: trigger.kind, queue, ...trigger.recovery }];
});

/** Counting compares records, so what the stream's dead letters stand for can be counted without them. */
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
    io.say(`${rule}: ${failing.find(({ name }) => name === rule)?.laptop ?? 'Look at the error.'}`);
  }
  return true;
};

/** The AWS commands that the recovery of an event needs, by what triggers the function. */
const awsCommands: Readonly<
  Record<Exclude<Trigger['kind'], 'http'>, (names: Names, name: string) => readonly string[]>
> = {
  bus: ({ bus }) => [
    `  aws events start-replay --replay-name NAME --event-source-arn ARN_OF_ARCHIVE_${bus} \\`,
    '    --event-start-time FROM --event-end-time TO --destination \'{"Arn":"ARN_OF_BUS"}\'',
  ],
  'email-events': ({ prefix }, name) => [
    `  aws lambda invoke --function-name ${prefix}-${name} --payload file://event.json out.json`,
    '  The event is the body of the message, or `requestPayload` in it.',
  ],
  schedule: () => [],
  stream: () => [],
};

const onStage = (stage: string, io: Io): void => {
  const names = namesOf(stage);
  io.say('Failed events wait 14 days in queues. They hold patients, so this command does not read them.');
  for (const [queue, sharing] of Map.groupBy(failing, (each) => each.queue)) {
    io.say('');
    io.say(`${names.prefix}-${queue}`);
    for (const { name, kind, stage: recovery } of sharing) {
      io.say(`${name}: ${recovery.replaceAll('STAGE', stage)}`);
      for (const line of awsCommands[kind](names, name)) io.say(line);
    }
  }
  io.say('');
  io.say('To empty a queue that has been dealt with: aws sqs purge-queue --queue-url URL');
  io.say('docs/runbooks has a page for each queue, under its name.');
};

/** Creates the command that shows what failed for good and recovers what it can. */
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
