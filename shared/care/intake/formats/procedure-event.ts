import * as z from 'zod';
import type { LocalDate, UtcInstant } from '../../../platform/time.ts';
import { momentOf, type SourceTime } from '../../patient/ids.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import type { ProcedureReport } from '../procedure-report.ts';
import {
  baselineScores,
  dateText,
  momentText,
  opaqueId,
  patientFields,
  patientIdText,
  performedOf,
  procedureCode,
  record,
  sourceIdText,
  sourceTimeIn,
  timeProblem,
} from './fields.ts';
import { noted, type Parsed, type Problem, rejected, rejectedBy } from './problems.ts';
import { type ReadContact, readContact } from './rules/contact.ts';
import { withTrimmedTexts } from './rules/texts.ts';

const detailFields = {
  version: z.literal(1),
  eventId: opaqueId.describe(
    'Identifies this message: a second one of the same name about the same record is not taken.',
  ),
  reportedAt: momentText
    .describe(
      'When the source knew it. Older news never overwrites newer. Without it: when the event was put on the bus; over HTTP and in a file it then overrides nothing that has a time.',
    )
    .exactOptional(),
};

/** Version 1: a procedure was performed. `site` is accepted for the source's own use and not stored. */
export const completedDetail = record({
  ...detailFields,
  patient: patientFields,
  procedure: record({
    id: sourceIdText.describe('The record in the source system: taking it back names it again.'),
    status: z.literal('completed').exactOptional(),
    codes: z.array(procedureCode).min(1).max(30).describe('All codes of the session.'),
    performedAt: z.union([dateText, momentText], {
      error: 'must be a date or a date and time with an offset, such as 2026-03-08T10:30:00-05:00',
    }),
    intent: z
      .enum(['therapeutic', 'diagnostic'])
      .describe('What it was for. A facet code starts nothing without it.')
      .exactOptional(),
    site: z.string().max(100).describe('Read and not kept.').exactOptional(),
  }),
  baseline: baselineScores.describe('Scores before the procedure.').exactOptional(),
});

const retractedStatuses = ['entered-in-error', 'not-done'] as const;

/** Version 1: a procedure record is retracted. Only its ids matter, so no other field can make it fail. */
export const retractedDetail = z.looseObject({
  ...detailFields,
  patient: z.looseObject({ id: patientIdText }),
  procedure: z.looseObject({ id: sourceIdText, status: z.enum(retractedStatuses) }),
});

/** Version 1: how, or whether, a patient can be reached has changed. */
export const contactDetail = record({
  ...detailFields,
  patient: patientFields,
  optedOut: z
    .boolean()
    .describe(
      'True: no more email. False: takes such a report of your own back; it never undoes what the patient did.',
    )
    .exactOptional(),
  died: z.boolean().describe('False, dated later, takes a mistaken report of a death back.').exactOptional(),
});

/** The context in which a detail is read. `reportedAt` applies where the detail has no time of its own. */
export type ReadingContext = {
  readonly now: UtcInstant;
  readonly reportedAt?: SourceTime;
  /** Prefix of each path, such as `detail`. */
  readonly root?: string;
};

const at = (context: ReadingContext, path: string): string =>
  context.root === undefined ? path : `${context.root}.${path}`;

const timeProblems = (
  times: Readonly<Record<string, UtcInstant | LocalDate | undefined>>,
  context: ReadingContext,
): readonly Problem[] =>
  Object.entries(times).flatMap(([path, time]) => {
    const message = time === undefined ? undefined : timeProblem(time, context.now);
    return message === undefined ? [] : [{ path: at(context, path), message }];
  });

/** A detail without a time of its own is as old as its envelope; without an envelope its time is unknown. */
const reportedAtOf = (
  detail: { readonly reportedAt?: string },
  context: ReadingContext,
): { readonly reportedAt?: SourceTime } => {
  if (detail.reportedAt !== undefined) return { reportedAt: sourceTimeIn(detail.reportedAt) };
  return context.reportedAt === undefined ? {} : { reportedAt: context.reportedAt };
};

const momentIn = ({ reportedAt }: { readonly reportedAt?: SourceTime }): UtcInstant | undefined =>
  reportedAt === undefined ? undefined : momentOf(reportedAt);

const candidates = (text: string | undefined): readonly string[] => (text === undefined ? [] : [text]);

const patientOf = ({ id, email, givenName, locale, timeZone }: z.infer<typeof patientFields>): ReadContact =>
  readContact(id, {
    emails: candidates(email),
    givenNames: candidates(givenName),
    languages: candidates(locale),
    zones: candidates(timeZone),
  });

const readCompleted = (body: unknown, context: ReadingContext): Parsed<ProcedureReport> => {
  const parsed = completedDetail.safeParse(body);
  if (!parsed.success) return rejectedBy(parsed.error, context.root);
  const { eventId, patient, procedure, baseline } = parsed.data;
  const time = reportedAtOf(parsed.data, context);
  const read = patientOf(patient);
  const performed = performedOf(procedure.performedAt);
  const problems = timeProblems(
    {
      reportedAt: momentIn(time),
      'procedure.performedAt': performed.kind === 'date' ? performed.on : performed.at,
    },
    context,
  );
  if (problems.length > 0) return rejected(...problems);
  return {
    outcome: 'accepted',
    report: {
      status: 'completed',
      eventId,
      sourceId: procedure.id,
      ...time,
      patient: read.patient,
      performed,
      codes: procedure.codes,
      ...(procedure.intent === undefined ? {} : { intent: procedure.intent }),
      ...(baseline === undefined ? {} : { baseline }),
    },
    ...noted(read.notes),
  };
};

const readRetracted = (body: unknown, context: ReadingContext): Parsed<ProcedureReport> => {
  const parsed = retractedDetail.safeParse(body);
  if (!parsed.success) return rejectedBy(parsed.error, context.root);
  const { eventId, patient, procedure } = parsed.data;
  const time = reportedAtOf(parsed.data, context);
  const problems = timeProblems({ reportedAt: momentIn(time) }, context);
  if (problems.length > 0) return rejected(...problems);
  return {
    outcome: 'accepted',
    report: {
      status: 'retracted',
      eventId,
      sourceId: procedure.id,
      ...time,
      patient: { patientId: patient.id },
    },
  };
};

const retraction = z.object({ procedure: z.object({ status: z.enum(retractedStatuses) }) });

/** Reads the detail of a procedure event, or the same JSON from HTTP or a file. */
export const readProcedureDetail = (body: unknown, context: ReadingContext): Parsed<ProcedureReport> => {
  const detail = withTrimmedTexts(body);
  return retraction.safeParse(detail).success
    ? readRetracted(detail, context)
    : readCompleted(detail, context);
};

/** Reads the detail of a contact event, or the same JSON from HTTP. */
export const readContactDetail = (body: unknown, context: ReadingContext): Parsed<ContactReport> => {
  const parsed = contactDetail.safeParse(withTrimmedTexts(body));
  if (!parsed.success) return rejectedBy(parsed.error, context.root);
  const { eventId, patient, optedOut, died } = parsed.data;
  const time = reportedAtOf(parsed.data, context);
  const problems = timeProblems({ reportedAt: momentIn(time) }, context);
  if (problems.length > 0) return rejected(...problems);
  const read = patientOf(patient);
  return {
    outcome: 'accepted',
    report: {
      ...read.patient,
      eventId,
      ...time,
      ...(optedOut === undefined ? {} : { optedOut }),
      ...(died === undefined ? {} : { died }),
    },
    ...noted(read.notes),
  };
};
