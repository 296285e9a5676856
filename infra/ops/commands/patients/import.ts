import { readFileSync, writeFileSync } from 'node:fs';
import { Command, Option } from 'commander';
import * as z from 'zod';
import type { Accepted, AcceptProcedure } from '../../../../shared/care/intake/accept-procedure.ts';
import { decodeCsvFile, type Encoding, encodings } from '../../../../shared/care/intake/formats/csv-text.ts';
import { type CsvLine, procedureLines } from '../../../../shared/care/intake/formats/procedure-csv.ts';
import { rehearsing, watchingEmails, withoutOldEmails } from '../../../../shared/care/intake/import-store.ts';
import type { CareStore } from '../../../../shared/care/patient/ports.ts';
import { addSeconds } from '../../../../shared/platform/calendar.ts';
import { jsonOption, onSystem, type Run, withJson } from '../../command.ts';
import { asJson, countOf, type Io } from '../../io.ts';
import { partsOf } from '../../parts.ts';
import { opsProblem } from '../../problems.ts';
import type { System } from '../../system.ts';

/** The result of one row. `failed` rows could not be read or stored; they can be imported again. */
type RowResult = {
  readonly row: number;
  readonly outcome: Accepted['outcome'] | 'failed';
  readonly why?: string;
};

const importRow = async (accept: AcceptProcedure, { row, result }: CsvLine): Promise<RowResult> => {
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

const bytesOf = (file: string): Uint8Array => {
  try {
    return readFileSync(file);
  } catch {
    throw opsProblem(`Cannot read the file ${file}. Check its name.`);
  }
};

const textOf = (file: string, encoding: Encoding | undefined): string => {
  const decoded = decodeCsvFile(bytesOf(file), encoding);
  if (decoded.outcome === 'decoded') return decoded.text;
  throw opsProblem(`The file ${decoded.problem}. Nothing was stored.`);
};

const optionsSchema = withJson.extend({
  dryRun: z.boolean().default(false),
  emailHistory: z.boolean().default(false),
  encoding: z.enum(encodings).optional(),
  rejects: z.string().optional(),
});

type Options = z.infer<typeof optionsSchema>;

/** The store of an import, and the emails that it plans. */
const importParts = (system: System, { dryRun, emailHistory }: Options) => {
  const watching: { current?: ReturnType<typeof watchingEmails> } = {};
  const decorate = (store: CareStore): CareStore => {
    watching.current = watchingEmails(dryRun ? rehearsing(store) : store);
    return emailHistory ? watching.current : withoutOldEmails(watching.current, system.clock);
  };
  const { acceptProcedure } = partsOf(system, decorate);
  return { acceptProcedure, nextDue: () => watching.current?.nextDue() ?? [] };
};

const rowsPerProgress = 1000;

/** Says how many emails the import plans: at once, within a week, later. */
const emailLine = (due: readonly string[], { clock }: System, dryRun: boolean): string => {
  const now = clock.now();
  const week = addSeconds(now, 7 * 24 * 60 * 60);
  const atOnce = due.filter((at) => at <= now).length;
  const soon = due.filter((at) => at > now && at <= week).length;
  const later = due.length - atOnce - soon;
  return `${dryRun ? 'Would be emailed' : 'To be emailed'}: ${atOnce} at once, ${soon} within a week, ${later} later.`;
};

/** Writes the rejected rows, as they are in the file, under the file's header; only its owner may read them. */
const writeRejects = (path: string, text: string, lines: readonly string[]): void => {
  const [first = '', second = ''] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const header = first.startsWith('sep=') ? [first, second] : [first];
  writeFileSync(path, `${[...header, ...lines].join('\n')}\n`, { mode: 0o600 });
};

const complaint = (failed: number, stored: number, { dryRun, rejects }: Options): string => {
  const others = stored === 0 || dryRun ? 'nothing was stored' : 'all others are stored';
  const where = rejects === undefined ? 'Correct the file' : 'Correct the rows in the file of rejects';
  return `${countOf(failed, 'row')} failed; ${others}. ${where} and import it again.`;
};

const printed = ({ row, outcome, why }: RowResult): string =>
  `row ${row}: ${outcome}${why === undefined ? '' : `: ${why}`}`;

const importFile = async (system: System, io: Io, file: string, options: Options): Promise<boolean> => {
  const text = textOf(file, options.encoding);
  const { acceptProcedure, nextDue } = importParts(system, options);
  const results: RowResult[] = [];
  const rejects: string[] = [];
  const counts = new Map<RowResult['outcome'], number>();
  let rows = 0;
  for (const line of procedureLines(text, system.clock.now())) {
    const result = await importRow(acceptProcedure, line);
    rows += 1;
    counts.set(result.outcome, (counts.get(result.outcome) ?? 0) + 1);
    if (result.outcome === 'failed') rejects.push(line.line);
    if (options.json) results.push(result);
    else io.say(printed(result));
    if (rows % rowsPerProgress === 0) io.complain(`${rows} rows so far.`);
  }
  const failed = counts.get('failed') ?? 0;
  const due = nextDue();
  if (options.rejects !== undefined && failed > 0) writeRejects(options.rejects, text, rejects);
  if (options.json) {
    io.say(
      asJson({
        rows: results,
        counts: Object.fromEntries(counts),
        dryRun: options.dryRun,
        emails: due.length,
      }),
    );
  } else {
    const summary = [...counts].map(([outcome, number]) => `${number} ${outcome}`).join(', ');
    io.say(`${countOf(rows, 'row')}${summary === '' ? '' : `: ${summary}`}.`);
    if (due.length > 0) io.say(emailLine(due, system, options.dryRun));
    if (options.dryRun) io.say('This was a rehearsal: nothing was stored.');
  }
  if (failed > 0) io.complain(complaint(failed, rows - failed, options));
  return failed === 0;
};

export const importCommand = (run: Run): Command =>
  onSystem(
    new Command('import')
      .description(
        'Reports the procedures in a CSV file; docs/inbound.md lists its columns. Emails that were due more than three days ago are not sent.',
      )
      .argument('<file>', 'CSV file with a header row')
      .option('--dry-run', 'say what would be stored and emailed, and store nothing')
      .option('--email-history', 'send the emails that were due long ago too, while their windows are open')
      .option('--rejects <file>', 'write the rows that failed to this file')
      .addOption(
        new Option('--encoding <name>', 'encoding of the file, if it is not UTF-8').choices(encodings),
      )
      .option(...jsonOption),
    run,
    optionsSchema,
    ({ system, io, args: [file = ''], options }) => importFile(system, io, file, options),
  );
