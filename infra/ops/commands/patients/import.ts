import { readFileSync } from 'node:fs';
import { Command } from 'commander';
import type { Accepted, AcceptProcedure } from '../../../../shared/care/intake/accept-procedure.ts';
import { type CsvRow, readProcedureCsv } from '../../../../shared/care/intake/formats/procedure-csv.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';

/** The result of one row. `failed` rows could not be read or stored; they can be imported again. */
type RowResult = {
  readonly row: number;
  readonly outcome: Accepted['outcome'] | 'failed';
  readonly why?: string;
};

const importRow = async (accept: AcceptProcedure, { row, result }: CsvRow): Promise<RowResult> => {
  if (result.outcome === 'rejected') {
    const why = result.problems.map(({ path, message }) => `${path} ${message}`).join('; ');
    return { row, outcome: 'failed', why };
  }
  try {
    const { outcome, reasons = [] } = await accept(result.report);
    const why = [...reasons, ...(result.notes ?? [])];
    return { row, outcome, ...(why.length === 0 ? {} : { why: why.join(' ') }) };
  } catch (error) {
    return { row, outcome: 'failed', why: `not stored: ${error instanceof Error ? error.name : 'unknown'}` };
  }
};

const textOf = (file: string): string => {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    throw opsProblem(`Cannot read the file ${file}. Check its name.`);
  }
};

export const importCommand = (run: Run): Command =>
  onSystem(
    new Command('import')
      .description(
        'Reports the procedures in a CSV file; docs/inbound.md lists its columns. Importing a file again changes nothing.',
      )
      .argument('<file>', 'CSV file with a header row')
      .option(...jsonOption),
    run,
    withJson,
    async ({ system, io, args: [file = ''], options }) => {
      const { acceptProcedure } = partsOf(system);
      const results: RowResult[] = [];
      for (const row of readProcedureCsv(textOf(file), system.clock.now())) {
        results.push(await importRow(acceptProcedure, row));
      }
      const counts = [...Map.groupBy(results, ({ outcome }) => outcome)].map(
        ([outcome, rows]) => [outcome, rows.length] as const,
      );
      const failed = results.filter(({ outcome }) => outcome === 'failed').length;
      if (options.json) io.say(asJson({ rows: results, counts: Object.fromEntries(counts) }));
      else {
        for (const { row, outcome, why } of results) {
          io.say(`row ${row}: ${outcome}${why === undefined ? '' : `: ${why}`}`);
        }
        const summary = counts.map(([outcome, rows]) => `${rows} ${outcome}`).join(', ');
        io.say(`${countOf(results.length, 'row')}${summary === '' ? '' : `: ${summary}`}.`);
      }
      if (failed > 0) {
        io.complain(
          `${countOf(failed, 'row')} failed; all others are stored. Correct the file and import it again.`,
        );
      }
      return failed === 0;
    },
  );
