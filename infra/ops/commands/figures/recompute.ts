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

/** Takes a cell that differs, gives it as a line: which counters, what is stored and what should be. */
const lineOf = ({ id, stored, expected }: CellDifference): string => {
  const wrong = counters
    .filter((counter) => (stored[counter] ?? 0) !== (expected[counter] ?? 0))
    .map((counter) => `${counter} is ${stored[counter] ?? 0} and should be ${expected[counter] ?? 0}`);
  return `  ${id}: ${wrong.join(', ')}`;
};

const areRight = ({ uncounted, differences }: Comparison): boolean =>
  uncounted.length === 0 && differences.length === 0;

/** Takes a comparison, says it; gives whether there is nothing to say against the counts. */
export const sayComparison = (io: Io, comparison: Comparison): boolean => {
  const { patients, uncounted, differences } = comparison;
  const isRight = areRight(comparison);
  io.say(
    isRight
      ? `The counts follow from the records of ${countOf(patients, 'patient')}.`
      : `${countOf(uncounted.length, 'patient')} of ${patients} not counted as they should be, ${countOf(differences.length, 'cell')} differ.`,
  );
  for (const difference of differences) io.say(lineOf(difference));
  return isRight;
};

type Wanted = z.infer<typeof optionsSchema>;

type Repaired = { readonly after: Comparison; readonly patients: number; readonly cells: number };

/** Does what was asked for, first the patients and then the cells, and compares again where anything was done. */
const repairAsAsked = async (system: System, options: Wanted): Promise<Repaired> => {
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

/** Makes the command that counts everything from nothing. */
export const recomputeCommand = (run: Run): Command =>
  onSystem(
    new Command('recompute')
      .description('Count everything from the records and compare it with the counts.')
      .option('--repair', 'count the patients again whose marker differs from their record')
      .option('--repair-cells', 'correct cells that are wrong although all patients are counted')
      .option(...jsonOption),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      const { after, patients, cells } = await repairAsAsked(system, options);
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
        return areRight(after);
      }
      if (patients > 0) io.say(`${countOf(patients, 'patient')} counted again.`);
      if (cells > 0) io.say(`${countOf(cells, 'cell')} corrected.`);
      const isRight = sayComparison(io, after);
      if (!isRight) {
        io.complain(
          after.uncounted.length > 0
            ? 'Run it with --repair to count those patients again.'
            : 'Every patient is counted and the cells are wrong all the same: see docs/runbooks/counts-drift.md, then run it with --repair-cells.',
        );
      }
      return isRight;
    },
  );
