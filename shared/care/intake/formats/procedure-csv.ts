import { parse } from 'csv-parse/sync';
import type { UtcInstant } from '../../../platform/time.ts';
import type { ProcedureReport } from '../procedure-report.ts';
import { type Parsed, type Problem, rejected } from './problems.ts';
import { readProcedureDetail } from './procedure-event.ts';
import { codeSystemOf, systemByForm } from './rules/codes.ts';
import { trimmed } from './rules/texts.ts';

/** The columns of a file, in any order; `docs/inbound.md` describes them. */
export const csvColumns = [
  'patient_id',
  'email',
  'given_name',
  'language',
  'time_zone',
  'procedure_id',
  'performed',
  'codes',
  'intent',
  'status',
  'nrs_pain',
  'peg',
  'reported_at',
  'event_id',
] as const;

export type CsvColumn = (typeof csvColumns)[number];

/** The columns that a file must have. */
const required: readonly CsvColumn[] = ['patient_id', 'procedure_id', 'performed', 'codes'];

/** The result of one line of the file; the header is row 1. Problems name columns. */
export type CsvRow = { readonly row: number; readonly result: Parsed<ProcedureReport> };

const isColumn = (name: string): name is CsvColumn => csvColumns.some((column) => column === name);

/** One line is one row: no column holds line breaks, so a stray quote spoils only its own row. */
const cellsOf = (line: string, delimiter: string): readonly string[] | undefined => {
  try {
    return (parse(line, { delimiter, relax_column_count: true, trim: true })[0] ?? []).map(trimmed);
  } catch {
    return undefined;
  }
};

const separators = [',', ';', '\t', '|'] as const;

/** The separator that the header holds most of, outside quotes; a comma where it holds none. */
const separatorIn = (header: string): string => {
  const bare = header.replaceAll(/"[^"]*"/g, '');
  const counts = separators.map((separator) => bare.split(separator).length);
  return separators[counts.indexOf(Math.max(...counts))] ?? ',';
};

/** Names such as `phone` help to find a column; anything longer may be a patient's data in a file without a header. */
const columnName = /^[a-z][a-z0-9_ -]{0,30}$/;

const unknownColumn = (name: string, isHeader: boolean): string =>
  `${isHeader && columnName.test(name) ? `is "${name}", which ` : ''}must be one of ${csvColumns.join(', ')}`;

const headerProblems = (names: readonly string[]): readonly Problem[] => [
  ...names.flatMap((name, index) =>
    isColumn(name)
      ? []
      : [{ path: `column ${index + 1}`, message: unknownColumn(name, names.some(isColumn)) }],
  ),
  ...names.flatMap((name, index) =>
    names.indexOf(name) === index
      ? []
      : [{ path: `column ${index + 1}`, message: 'must not be there twice' }],
  ),
  ...required
    .filter((name) => !names.includes(name))
    .map((name) => ({ path: name, message: 'must be a column of the file' })),
];

/** Returns the cells without the empty ones behind the last column, which spreadsheets add. */
const withoutEmptyEnd = (cells: readonly string[], columns: number): readonly string[] => {
  const end = cells.findLastIndex((cell) => cell !== '') + 1;
  return cells.slice(0, Math.max(end, Math.min(columns, cells.length)));
};

/** `HCPCS:G0260` names its system; a code that stands alone is known by its form. What is neither fails in the schema. */
const codeOf = (text: string): unknown => {
  const [prefix = '', ...rest] = text.split(':');
  const named = rest.length > 0 ? codeSystemOf(prefix) : undefined;
  return named === undefined
    ? { system: systemByForm(text) ?? '', code: text }
    : { system: named, code: rest.join(':') };
};

const codesOf = (cell: string): readonly unknown[] =>
  cell
    .split(/[\s;]+/)
    .filter((text) => text !== '')
    .map(codeOf);

type Cells = Readonly<Partial<Record<CsvColumn, string>>>;

/** A cell that is not a number stays text, for the schema to reject. */
const numberOf = (cell: string): number | string => (/^\d+(\.\d+)?$/.test(cell) ? Number(cell) : cell);

const field = (name: string, value: unknown): Readonly<Record<string, unknown>> =>
  value === undefined ? {} : { [name]: value };

const detailOf = (cells: Cells): unknown => {
  const baseline = {
    ...field('nrsPain', cells.nrs_pain === undefined ? undefined : numberOf(cells.nrs_pain)),
    ...field('peg', cells.peg === undefined ? undefined : numberOf(cells.peg)),
  };
  return {
    version: 1,
    eventId: cells.event_id ?? 'row',
    ...field('reportedAt', cells.reported_at),
    patient: {
      ...field('id', cells.patient_id),
      ...field('email', cells.email),
      ...field('givenName', cells.given_name),
      ...field('locale', cells.language),
      ...field('timeZone', cells.time_zone),
    },
    procedure: {
      ...field('id', cells.procedure_id),
      ...field('status', cells.status),
      ...field('performedAt', cells.performed),
      codes: codesOf(cells.codes ?? ''),
      ...field('intent', cells.intent),
    },
    ...(Object.keys(baseline).length === 0 ? {} : { baseline }),
  };
};

const columnOfPath: Readonly<Record<string, CsvColumn>> = {
  eventId: 'event_id',
  reportedAt: 'reported_at',
  'patient.id': 'patient_id',
  'patient.email': 'email',
  'patient.givenName': 'given_name',
  'patient.locale': 'language',
  'patient.timeZone': 'time_zone',
  'procedure.id': 'procedure_id',
  'procedure.status': 'status',
  'procedure.performedAt': 'performed',
  'procedure.codes': 'codes',
  'procedure.intent': 'intent',
  'baseline.nrsPain': 'nrs_pain',
  'baseline.peg': 'peg',
};

const inColumns = (read: Parsed<ProcedureReport>): Parsed<ProcedureReport> =>
  read.outcome === 'accepted'
    ? read
    : rejected(
        ...read.problems.map(({ path, message }) => ({
          path: columnOfPath[path.replace(/\[.*$/, '')] ?? 'row',
          message,
        })),
      );

/** A row without an event id has no name of its own: whether it is taken already is told by what it says. */
const withoutName = (read: Parsed<ProcedureReport>): Parsed<ProcedureReport> => {
  if (read.outcome === 'rejected') return read;
  const { eventId: _, ...report } = read.report;
  return { ...read, report };
};

const readRow = (
  names: readonly CsvColumn[],
  given: readonly string[] | undefined,
  now: UtcInstant,
): Parsed<ProcedureReport> => {
  if (given === undefined)
    return rejected({ path: 'row', message: 'has a quote that is not closed or stray' });
  const cells = withoutEmptyEnd(given, names.length);
  if (cells.length !== names.length) {
    return rejected({
      path: 'row',
      message: `has ${cells.length} cells where the header has ${names.length}`,
    });
  }
  const filled = names.flatMap((name, index) => {
    const cell = cells[index] ?? '';
    return cell === '' ? [] : [[name, cell] as const];
  });
  const row: Cells = Object.fromEntries(filled);
  const read = inColumns(readProcedureDetail(detailOf(row), { now }));
  return row.event_id === undefined ? withoutName(read) : read;
};

/** One row of the file, as it is written. */
export type CsvLine = CsvRow & { readonly line: string };

/**
 * Reads a CSV file row by row: separated by commas, semicolons, tabs or bars, quotes allowed, with or without a byte
 * order mark or Excel's `sep=` line, either line ending; the first line is the header. Returns one result for each row
 * that is not blank. A bad row does not affect the others. An unusable header gives one rejection, for row 1.
 */
export function* procedureLines(text: string, now: UtcInstant): Generator<CsvLine> {
  const all = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const stated = /^sep=(.)$/i.exec(all[0] ?? '')?.[1];
  const first = stated === undefined ? 0 : 1;
  const header = all[first] ?? '';
  const separator = stated ?? separatorIn(header);
  const cells = (cellsOf(header, separator) ?? []).map((name) => name.toLowerCase());
  const names = withoutEmptyEnd(cells, 0);
  const problems = headerProblems(names);
  if (problems.length > 0) {
    yield { row: first + 1, line: header, result: rejected(...problems) };
    return;
  }
  const columns = names.filter(isColumn);
  for (const [index, line] of all.entries()) {
    if (index <= first || /^[\s,;|"]*$/.test(line)) continue;
    yield { row: index + 1, line, result: readRow(columns, cellsOf(line, separator), now) };
  }
}

/** Reads a whole CSV file. */
export const readProcedureCsv = (text: string, now: UtcInstant): readonly CsvRow[] =>
  [...procedureLines(text, now)].map(({ row, result }) => ({ row, result }));
