import { Command } from 'commander';
import * as z from 'zod';
import { isPatientId } from '../../../../shared/care/patient/ids.ts';
import { revokeLinksWith } from '../../../../shared/operations/revoke-links.ts';
import { onSystem, type Run } from '../../command.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const unknownPatient = () => opsProblem('Nothing is stored about this patient. Check the id.');

const optionsSchema = z.object({ dryRun: z.boolean().default(false) });

export const revokeLinksCommand = (run: Run): Command =>
  onSystem(
    new Command('revoke-links')
      .description('Ends every link emailed to a patient so far. Their pages then offer the opt-out alone.')
      .argument('<patient>', "the patient's id at the source")
      .option('--dry-run', 'say what would be done, and do nothing'),
    run,
    optionsSchema,
    async ({ system, io, args: [typed = ''], options }) => {
      if (!isPatientId(typed)) throw unknownPatient();
      const { outcome } = await revokeLinksWith(partsOf(system))(typed, { isDryRun: options.dryRun });
      if (outcome === 'not-found') throw unknownPatient();
      io.say(
        outcome === 'revoked'
          ? 'Every link sent so far has ended. Emails still to come have new ones.'
          : 'Every link sent so far would end. Nothing was stored.',
      );
      return true;
    },
  );
