import { Command } from 'commander';
import * as z from 'zod';
import { cellRepairOn } from '../../../../shared/counting/aws/counting-store.ts';
import {
  type CellDifference,
  type Comparison,
  compareCountsWith,
  repairCellsWith,
} from '../../../../shared/counting/check-drift.ts';
import { countPatientsWith } from '../../../../shared/counting/count-patients.ts';
import { counters } from '../../../../shared/outcomes/cells/contribution.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf, type Io } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import type { System } from '../../system.ts';

const optionsSchema = withJson.extend({
  repair: z.boolean().default(false),
  repairCells: z.boolean().default(false),
});

/** Formats a differing cell: its wrong counters with their stored and expected values. */
const lineOf = ({ id, stored, expected }: CellDifference): string => {
  const wrong = counters
    .filter((counter) => (stored[counter] ?? 0) !== (expected[counter] ?? 0))
    .map((counter) => `${counter} is ${stored[counter] ?? 0}, expected ${expected[counter] ?? 0}`);
  return `  ${id}: ${wrong.join(', ')}`;
};

/** True when the stored counts match the records. */
export const areCorrect = ({ uncounted, differences }: Comparison): boolean =>
  uncounted.length === 0 && differences.length === 0;

export const printComparison = (io: Io, comparison: Comparison): void => {
  const { patients, uncounted, differences } = comparison;
  io.say(
    areCorrect(comparison)
      ? `The counts match the records of ${countOf(patients, 'patient')}.`
      : `Not counted correctly: ${uncounted.length} of ${countOf(patients, 'patient')}. Wrong: ${countOf(differences.length, 'cell')}.`,
  );
  for (const difference of differences) io.say(lineOf(difference));
};

type Options = z.infer<typeof optionsSchema>;

type Repaired = { readonly after: Comparison; readonly patients: number; readonly cells: number };

/** Makes the repairs that the options select, patients before cells, and compares again if it changed anything. */
const repairSelected = async (system: System, options: Options): Promise<Repaired> => {
  const parts = partsOf(system);
  const compare = compareCountsWith(parts);
  const before = await compare();
  const patients = options.repair ? before.uncounted.length : 0;
  if (patients > 0) await countPatientsWith(parts)(before.uncounted);
  const repair = repairCellsWith(compare, cellRepairOn(system.documents, system.tables.outcomes));
  const repaired = options.repairCells ? await repair() : undefined;
  const cells = repaired?.outcome === 'repaired' ? repaired.set.length : 0;
  return { after: patients + cells > 0 ? await compare() : before, patients, cells };
};

export const recomputeCommand = (run: Run): Command =>
  onSystem(
    new Command('recompute')
      .description('Recounts everything from the records and compares the result with the stored counts.')
      .option('--repair', 'recount the patients whose marker differs from their record')
      .option('--repair-cells', 'correct the cells that are wrong although every patient is counted')
      .option(...jsonOption),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      const { after, patients, cells } = await repairSelected(system, options);
      if (options.json) {
        const { uncounted, differences } = after;
        io.say(
          asJson({
            patients: after.patients,
            repairedPatients: patients,
            repairedCells: cells,
            uncounted: uncounted.length,
            differences,
          }),
        );
        return areCorrect(after);
      }
      if (patients > 0) io.say(`${countOf(patients, 'patient')} recounted.`);
      if (cells > 0) io.say(`${countOf(cells, 'cell')} corrected.`);
      printComparison(io, after);
      if (areCorrect(after)) return true;
      io.complain(
        after.uncounted.length > 0
          ? 'Run it with --repair to recount those patients.'
          : 'Cells are wrong although every patient is counted: read docs/runbooks/counts-drift.md, then run it with --repair-cells.',
      );
      return false;
    },
  );
