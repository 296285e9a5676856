import { writeFileSync } from 'node:fs';
import { Command } from 'commander';
import * as z from 'zod';
import { isPatientId } from '../../../../shared/care/patient/ids.ts';
import { exportPatientWith } from '../../../../shared/operations/export-patient.ts';
import { onSystem, type Run } from '../../command.ts';
import { asJson, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const unknownPatient = () => opsProblem('Nothing is stored about this patient. Check the id.');

const optionsSchema = z.object({ out: z.string().optional() });

export const exportCommand = (run: Run): Command =>
  onSystem(
    new Command('export')
      .description('Prints everything stored about one patient, as JSON.')
      .argument('<patient>', "the patient's id at the source")
      .option('--out <file>', 'write to a file that only you can read'),
    run,
    optionsSchema,
    async ({ system, io, args: [typed = ''], options }) => {
      if (!isPatientId(typed)) throw unknownPatient();
      const found = await exportPatientWith(partsOf(system))(typed);
      if (found === undefined) throw unknownPatient();
      if (options.out === undefined) io.say(asJson(found));
      else {
        writeFileSync(options.out, `${asJson(found)}\n`, { mode: 0o600 });
        io.say(`Wrote ${countOf(found.items, 'item')} to ${options.out}.`);
      }
      return true;
    },
  );
