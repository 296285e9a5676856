import { Command } from 'commander';
import * as z from 'zod';
import { type CellDifference, compareCountsWith } from '../../../shared/application/check-drift.ts';
import { countPatientsWith } from '../../../shared/application/count-patients.ts';
import { counters } from '../../../shared/domain/contribution.ts';
import { jsonOption, onSystem, type Run, withJson } from '../command.ts';
import { asJson, countOf, type Io } from '../io.ts';
import { partsOf } from '../parts.ts';

const optionsSchema = withJson.extend({ repair: z.boolean().default(false) });

/** Takes a cell that differs, gives it as a line: which counters, what is stored and what should be. */
const lineOf = ({ id, stored, expected }: CellDifference): string => {
  const wrong = counters
    .filter((counter) => (stored[counter] ?? 0) !== (expected[counter] ?? 0))
    .map((counter) => `${counter} is ${stored[counter] ?? 0} and should be ${expected[counter] ?? 0}`);
  return `  ${id}: ${wrong.join(', ')}`;
};

/** Takes a comparison, says it; gives whether there is nothing to say against the counts. */
export const sayComparison = (
  io: Io,
  {
    patients,
    uncounted,
    differences,
  }: {
    readonly patients: number;
    readonly uncounted: readonly string[];
    readonly differences: readonly CellDifference[];
  },
): boolean => {
  const isRight = differences.length === 0 && uncounted.length === 0;
  io.say(
    isRight
      ? `The counts follow from the records of ${countOf(patients, 'patient')}.`
      : `${countOf(uncounted.length, 'patient')} of ${patients} not counted as they should be, ${countOf(differences.length, 'cell')} differ.`,
  );
  for (const difference of differences) io.say(lineOf(difference));
  return isRight;
};

/** Makes the command that counts everything from nothing. */
export const recomputeCommand = (run: Run): Command =>
  onSystem(
    new Command('recompute')
      .description('Count everything from the records and compare it with the counts.')
      .option('--repair', 'count the patients again whose marker differs from their record')
      .option(...jsonOption),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      const parts = partsOf(system);
      const compare = compareCountsWith(parts);
      const before = await compare();
      const repairs = options.repair && before.uncounted.length > 0;
      if (repairs) await countPatientsWith(parts)(before.uncounted);
      const after = repairs ? await compare() : before;
      if (options.json) {
        const { patients, uncounted, differences } = after;
        const repaired = repairs ? before.uncounted.length : 0;
        io.say(asJson({ patients, repaired, uncounted: uncounted.length, differences }));
        return uncounted.length === 0 && differences.length === 0;
      }
      if (repairs) io.say(`${countOf(before.uncounted.length, 'patient')} counted again.`);
      const isRight = sayComparison(io, after);
      if (!isRight) {
        io.complain(
          after.uncounted.length > 0
            ? 'Run it with --repair to count those patients again.'
            : 'The markers are right and the cells are not: see docs/runbooks/counts-drift.md.',
        );
      }
      return isRight;
    },
  );
