import { Command } from 'commander';
import * as z from 'zod';
import { pauseClinicWith, resumeClinicWith } from '../../../../shared/care/emailing/pause.ts';
import { onSystem, type Run } from '../../command.ts';
import { partsOf } from '../../parts.ts';
import { pauseLines } from '../../pause-words.ts';

export const pauseCommand = (run: Run): Command =>
  onSystem(
    new Command('pause')
      .description(
        'Pauses all email to patients; surveys still accept answers. A sweep in progress ends first, within five minutes.',
      )
      .option('--surveys', 'pause surveys too: their links show a page that says so'),
    run,
    z.object({ surveys: z.boolean().default(false) }),
    async ({ system, io, options }) => {
      const pause = await pauseClinicWith(partsOf(system))(options.surveys ? 'email-and-surveys' : 'email');
      for (const line of pauseLines(pause)) io.say(line);
      io.say('Emails whose window passes meanwhile are skipped, not sent late. End the pause with `resume`.');
      return true;
    },
  );

export const resumeCommand = (run: Run): Command =>
  onSystem(
    new Command('resume').description(
      'Ends a pause. Emails that are still due go out from the next sweep on.',
    ),
    run,
    z.looseObject({}),
    async ({ system, io }) => {
      const pause = await resumeClinicWith(partsOf(system))();
      io.say(
        pause === undefined
          ? 'Nothing was paused.'
          : `Resumed; email was paused since ${pause.since}. \`worklist\` lists patients not emailed in time.`,
      );
      return true;
    },
  );
