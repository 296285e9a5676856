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

/** Makes the command that erases a patient. */
export const eraseCommand = (run: Run): Command =>
  onSystem(
    new Command('erase')
      .description('Erase a patient. The counts stay, and no longer belong to anybody. There is no way back.')
      .argument('<patient>', 'the id that the source uses')
      .option('--yes', 'do not ask'),
    run,
    optionsSchema,
    async ({ system, io, args: [typed = ''], options }) => {
      if (!options.yes) {
        const answer = await io.ask('This cannot be undone. Type the id again to erase: ');
        if (answer === undefined) throw opsProblem('Nobody is here to confirm. Add --yes to erase.');
        if (answer.trim() !== typed) throw opsProblem('The two ids differ. Nothing was erased.');
      }
      if (!isPatientId(typed)) throw unknownPatient();
      const erasure = await erasePatientWith(partsOf(system))(typed);
      if (erasure.outcome === 'not-found') throw unknownPatient();
      const { items, links, at } = erasure;
      io.say(
        items + links === 0
          ? `Erased at ${at}; nothing was left.`
          : `Erased: ${countOf(items, 'item')} and ${countOf(links, 'link')}. The counts have not changed.`,
      );
      io.say('Backups, the archive of events and the source still hold the patient: see docs/operations.md.');
      return true;
    },
  );
