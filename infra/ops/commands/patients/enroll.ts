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

/** The name that commander gives the option of a CSV column: `patient_id` is `--patient-id`, hence `patientId`. */
const optionOf = (column: string): string =>
  column.replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Its options are the columns of the CSV import, and go through the same reader as one row. */
export const enrollCommand = (run: Run): Command =>
  onSystem(
    new Command('enroll')
      .description('Reports one procedure, as a clinic system would.')
      .requiredOption('--patient-id <id>', "the patient's id at the source; never an email address")
      .requiredOption('--procedure-id <id>', "the procedure's id at the source")
      .requiredOption('--performed <when>', 'date, or date and time with offset')
      .requiredOption(
        '--codes <codes>',
        'procedure codes of the session, such as "64493-RT 64494" or "LOCAL:mild"',
      )
      .option('--intent <intent>', 'therapeutic or diagnostic; facet codes are ignored without it')
      .option('--email <address>', "the patient's email address")
      .option('--given-name <name>', 'name for the salutation')
      .option('--language <tag>', 'language tag, such as en or es-MX')
      .option('--time-zone <zone>', "the patient's time zone, such as America/Denver")
      .option('--status <status>', 'entered-in-error or not-done retracts the procedure')
      .option('--nrs-pain <score>', 'pain score (NRS) before the procedure, 0 to 10')
      .option('--peg <score>', 'PEG score before the procedure, 0 to 10')
      .option('--reported-at <when>', 'time of the report at the source')
      .option('--event-id <id>', 'identifies this report in logs'),
    run,
    optionsSchema,
    async ({ system, io, options }) => {
      const values = texts.parse(options);
      const cells = csvColumns.flatMap((column) => {
        const value = values[optionOf(column)];
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
      const episodes = accepted.episodes === undefined ? '' : `, ${countOf(accepted.episodes, 'episode')}`;
      const reasons = accepted.reasons === undefined ? '' : `: ${accepted.reasons.join(' ')}`;
      io.say(`${accepted.outcome}${episodes}${reasons}`);
      return accepted.outcome !== 'ignored';
    },
  );
