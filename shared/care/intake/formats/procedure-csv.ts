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
const cellsOf = (line: string): readonly string[] | undefined => {
  try {
    return (parse(line, { relax_column_count: true, trim: true })[0] ?? []).map(trimmed);
  } catch {
    return undefined;
  }
};

const headerProblems = (names: readonly string[]): readonly Problem[] => [
  ...names.flatMap((name, index) =>
    isColumn(name)
      ? []
      : [{ path: `column ${index + 1}`, message: `must be one of ${csvColumns.join(', ')}` }],
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
  cells: readonly string[] | undefined,
  now: UtcInstant,
): Parsed<ProcedureReport> => {
  if (cells === undefined)
    return rejected({ path: 'row', message: 'has a quote that is not closed or stray' });
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

/**
 * Reads a CSV file (comma-separated, quotes allowed, with or without a byte order mark, either line ending; the first
 * line is the header). Returns one result for each row that is not blank. A bad row does not affect the others. An
 * unusable header gives one rejection, for row 1.
 */
export const readProcedureCsv = (text: string, now: UtcInstant): readonly CsvRow[] => {
  const [header = '', ...lines] = text.replace(/^\ufeff/, '').split(/\r\n|\n|\r/);
  const names = (cellsOf(header) ?? []).map((name) => name.toLowerCase());
  const problems = headerProblems(names);
  if (problems.length > 0) return [{ row: 1, result: rejected(...problems) }];
  const columns = names.filter(isColumn);
  return lines.flatMap((line, index) =>
    /^[\s,]*$/.test(line) ? [] : [{ row: index + 2, result: readRow(columns, cellsOf(line), now) }],
  );
};
