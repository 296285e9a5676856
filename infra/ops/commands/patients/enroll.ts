import { Command } from 'commander';
import { stringify } from 'csv-stringify/sync';
import * as z from 'zod';
import { csvColumns, readProcedureCsv } from '../../../../shared/care/intake/formats/procedure-csv.ts';
import { onSystem, type Run } from '../../command.ts';
import { countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

const optionsSchema = z.looseObject({});
const texts = z.record(z.string(), z.unknown());

/** `patient_id` is given as `--patient-id`, which commander hands over as `patientId`. */
const optionOf = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Makes the command that enrolls one procedure: a file of one row, given as options. */
export const enrollCommand = (run: Run): Command =>
  onSystem(
    new Command('enroll')
      .description('Report one procedure, as a clinic system would.')
      .requiredOption('--patient-id <id>', 'the patient, by the id that the source uses; never an address')
      .requiredOption('--procedure-id <id>', 'the procedure record at its source')
      .requiredOption('--performed <when>', 'the date, or the date and time with an offset')
      .requiredOption('--codes <codes>', 'the codes of the session, such as "64493-RT 64494" or "LOCAL:mild"')
      .option('--intent <intent>', 'therapeutic or diagnostic; a facet code starts nothing without it')
      .option('--email <address>', 'where the patient is emailed')
      .option('--given-name <name>', 'how the patient is greeted')
      .option('--language <tag>', 'such as en or es-MX')
      .option('--time-zone <zone>', 'where the patient lives, such as America/Denver')
      .option('--status <status>', 'entered-in-error or not-done takes the record back')
      .option('--nrs-pain <score>', 'pain before the procedure, 0 to 10')
      .option('--peg <score>', 'PEG before the procedure, 0 to 10')
      .option('--reported-at <when>', 'when the source knew it')
      .option('--event-id <id>', 'names this report in logs'),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      const given = texts.parse(options);
      const cells = csvColumns.flatMap((column) => {
        const value = given[optionOf(column)];
        return typeof value === 'string' ? [[column, value] as const] : [];
      });
      const csv = stringify([cells.map(([column]) => column), cells.map(([, value]) => value)]);
      const [row] = readProcedureCsv(csv, system.clock.now());
      if (row === undefined) throw opsProblem('Give a patient, a procedure, its date and its codes.');
      if (row.result.outcome === 'rejected') {
        const problems = row.result.problems.map(
          ({ path, message }) => `--${path.replaceAll('_', '-')} ${message}`,
        );
        throw opsProblem(`Nothing was stored: ${problems.join('; ')}.`);
      }
      const accepted = await partsOf(system).acceptProcedure(row.result.report);
      const started = accepted.episodes === undefined ? '' : `, ${countOf(accepted.episodes, 'episode')}`;
      const why = accepted.reasons === undefined ? '' : `: ${accepted.reasons.join(' ')}`;
      io.say(`${accepted.outcome}${started}${why}`);
      return accepted.outcome !== 'ignored';
    },
  );
