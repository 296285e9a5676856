import { Command } from 'commander';
import * as z from 'zod';
import { isPatientId } from '../../../../shared/care/patient/ids.ts';
import { erasePatientWith } from '../../../../shared/operations/erase-patient.ts';
import { onSystem, type Run } from '../../command.ts';
import { countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const unknownPatient = () => opsProblem('Nothing is stored about this patient. Check the id.');

const optionsSchema = z.object({ yes: z.boolean().default(false) });

export const eraseCommand = (run: Run): Command =>
  onSystem(
    new Command('erase')
      .description(
        'Erases a patient irreversibly. The counts stay, with nothing that identifies the patient.',
      )
      .argument('<patient>', "the patient's id at the source")
      .option('--yes', 'skip the confirmation'),
    run,
    optionsSchema,
    async ({ system, io, args: [requested = ''], options }) => {
      if (!options.yes) {
        const typed = await io.ask('This cannot be undone. Type the id again to erase: ');
        if (typed === undefined) throw opsProblem('There is no terminal to confirm on. Add --yes to erase.');
        if (typed.trim() !== requested) throw opsProblem('The two ids differ. Nothing was erased.');
      }
      if (!isPatientId(requested)) throw unknownPatient();
      const erasure = await erasePatientWith(partsOf(system))(requested);
      if (erasure.outcome === 'not-found') throw unknownPatient();
      const { items, links, at } = erasure;
      io.say(
        items + links === 0
          ? `Erased at ${at}; nothing was left to erase.`
          : `Erased: ${countOf(items, 'item')} and ${countOf(links, 'link')}. The counts have not changed.`,
      );
      io.say(
        'Proved: a last read found nothing about the patient, and every later write about the patient fails.',
      );
      io.say('Backups, the event archive and the source still hold the patient: see docs/operations.md.');
      return true;
    },
  );
