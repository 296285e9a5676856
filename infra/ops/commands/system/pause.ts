import { Command } from 'commander';
import * as z from 'zod';
import { pauseClinicWith, resumeClinicWith } from '../../../../shared/care/patient/pause.ts';
import { onSystem, type Run } from '../../command.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';

/** Makes the command that pauses. */
export const pauseCommand = (run: Run): Command =>
  onSystem(
    new Command('pause')
      .description(
        'Pause all email to patients; answers are taken as ever. A sweep under way ends first: at most five minutes.',
      )
      .option('--surveys', 'show no survey either: who opens one sees that it is paused'),
    run,
    z.object({ surveys: z.boolean().default(false) }),
    async ({ system, io, options }) => {
      const pause = await pauseClinicWith(partsOf(system))(options.surveys ? 'email-and-surveys' : 'email');
      for (const line of pauseLines(pause)) io.say(line);
      io.say('Emails whose time passes meanwhile are skipped, not sent late. `resume` ends it.');
      return true;
    },
  );

/** Makes the command that ends a pause. */
export const resumeCommand = (run: Run): Command =>
  onSystem(
    new Command('resume').description('End a pause. What is still due goes out from the next sweep on.'),
    run,
    z.looseObject({}),
    async ({ system, io }) => {
      const pause = await resumeClinicWith(partsOf(system))();
      io.say(
        pause === undefined
          ? 'Nothing was paused.'
          : `Resumed. It was paused since ${pause.since}; see \`worklist\` for who was not emailed in time.`,
      );
      return true;
    },
  );
