import type { UtcInstant } from '../../../platform/time.ts';
import type { PatientId, SourceId, SourceTime } from '../../patient/ids.ts';
import type { Performed } from '../../patient/patient.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import type { ProcedureReport } from '../procedure-report.ts';
import { codesOf, intentOf, otherCodesOf } from './fhir-codes.ts';
import { addressIn, identifierIn, idOf, type OwnSystems } from './fhir-identity.ts';
import { contactReportOf, hasDied, reportedPatientOf } from './fhir-patient.ts';
import {
  type CompletedProcedure,
  completedProcedure,
  type PatientResource,
  type ProcedureHead,
  patientResource,
  procedureHead,
} from './fhir-resources.ts';
import {
  dateText,
  instantOf,
  momentText,
  patientIdText,
  performedOf,
  sourceIdText,
  sourceTimeIn,
  timeProblem,
} from './fields.ts';
import { noted, type Parsed, type Problem, type Rejected, rejected, rejectedBy } from './problems.ts';
import type { Note } from './rules/contact.ts';
import { idProblem } from './rules/ids.ts';
import { withTrimmedTexts } from './rules/texts.ts';

/** What a Procedure reports. `contact` is there where a contained Patient reports a death. */
export type FhirProcedureOutcome =
  | {
      readonly outcome: 'accepted';
      readonly report: ProcedureReport;
      readonly contact?: ContactReport;
      readonly notes?: readonly Note[];
    }
  | Rejected;

/** A Patient that a Procedure may refer to, with its id. */
export type KnownPatient = { readonly patientId: PatientId; readonly resource?: PatientResource };

/** The context in which a Procedure is read. */
export type FhirContext = {
  readonly now: UtcInstant;
  /** The prefix of paths; `Procedure` outside a Bundle. */
  readonly root?: string;
  readonly own?: OwnSystems;
  /** The server that the resource comes from, where its address in a Bundle names one. */
  readonly server?: string;
  /** False where the id is a placeholder (a create in a Bundle) and an identifier must identify it. */
  readonly idLasts?: boolean;
  /** Resolves a reference to a Patient of the Bundle. */
  readonly resolve?: (reference: string) => KnownPatient | undefined;
};

const notTaken = 'Government and insurance numbers are not taken.';

const containedPatient = (procedure: ProcedureHead, own: OwnSystems, root: string): Parsed<KnownPatient> => {
  const wanted = procedure.subject.reference?.slice(1);
  const index = (procedure.contained ?? []).findIndex(
    ({ resourceType, id }) => resourceType === 'Patient' && id === wanted,
  );
  const path = `${root}.contained[${index}]`;
  if (index === -1) {
    return rejected({ path: `${root}.subject.reference`, message: 'points at no contained Patient' });
  }
  const parsed = patientResource.safeParse(procedure.contained?.[index]);
  if (!parsed.success) return rejectedBy(parsed.error, path);
  const patientId =
    identifierIn(parsed.data.identifier, own, patientIdText) ??
    identifierIn([procedure.subject.identifier ?? {}], own, patientIdText);
  return patientId === undefined
    ? rejected({
        path: `${path}.identifier`,
        message: `must hold an opaque id: the id of a contained resource means nothing outside it. ${notTaken}`,
      })
    : { outcome: 'accepted', report: { patientId, resource: parsed.data } };
};

const subjectOf = (procedure: ProcedureHead, context: FhirContext, root: string): Parsed<KnownPatient> => {
  const { reference = '', identifier } = procedure.subject;
  const { own = [], server } = context;
  if (reference.startsWith('#')) return containedPatient(procedure, own, root);
  const known = context.resolve?.(reference);
  if (known !== undefined) return { outcome: 'accepted', report: known };
  const address = addressIn(reference, 'Patient');
  const patientId =
    address === undefined
      ? identifierIn([identifier ?? {}], own, patientIdText)
      : idOf(address.id, address.server ?? server, own, patientIdText);
  return patientId !== undefined
    ? { outcome: 'accepted', report: { patientId } }
    : rejected({
        path: `${root}.subject`,
        message:
          (address === undefined ? undefined : idProblem(address.id)) ??
          `must name a Patient by reference or identifier. ${notTaken}`,
      });
};

const isPartial = (date: string): boolean => /^\d{4}(-\d{2})?$/.test(date);

/** The day of a period is its end; where that names no day, its start. */
const performedText = ({ performedDateTime, performedPeriod }: CompletedProcedure): string | undefined => {
  const { start, end } = performedPeriod ?? {};
  return (
    performedDateTime ?? (end !== undefined && isPartial(end) && start !== undefined ? start : (end ?? start))
  );
};

const performedIn = (procedure: CompletedProcedure, now: UtcInstant): Performed | string => {
  const text = performedText(procedure);
  if (text === undefined) return 'must be a dateTime or a Period in a completed Procedure';
  if (isPartial(text)) return 'must give the day: a year or a month is no date of service';
  if (!dateText.safeParse(text).success && !momentText.safeParse(text).success) {
    return 'must be a date, or a date and time with an offset';
  }
  const performed = performedOf(text);
  return timeProblem(performed.kind === 'date' ? performed.on : performed.at, now) ?? performed;
};

/** The time of the newest of the resources; without `lastUpdated` it is unknown. */
const latest = (times: readonly (string | undefined)[]): { readonly reportedAt?: SourceTime } => {
  const reportedAt = times
    .filter((time) => time !== undefined)
    .map(sourceTimeIn)
    .toSorted()
    .at(-1);
  return reportedAt === undefined ? {} : { reportedAt };
};

const readCompleted = (
  head: ProcedureHead,
  ids: { readonly sourceId: SourceId; readonly eventId?: string },
  patient: KnownPatient,
  context: FhirContext,
  root: string,
): FhirProcedureOutcome => {
  const parsed = completedProcedure.safeParse(head);
  if (!parsed.success) return rejectedBy(parsed.error, root);
  const performed = performedIn(parsed.data, context.now);
  if (typeof performed === 'string') return rejected({ path: `${root}.performed`, message: performed });
  const { patientId, resource } = patient;
  const { now } = context;
  const isContained = head.subject.reference?.startsWith('#') === true;
  const intent = intentOf(parsed.data.category);
  const codes = codesOf(parsed.data.code, `${root}.code`);
  if (codes.outcome === 'rejected') return codes;
  const otherCodes = otherCodesOf(parsed.data.code);
  const read = resource === undefined ? undefined : reportedPatientOf(resource, patientId, now);
  return {
    outcome: 'accepted',
    report: {
      status: 'completed',
      ...ids,
      ...latest([head.meta?.lastUpdated, resource?.meta?.lastUpdated]),
      patient: read?.patient ?? { patientId },
      performed,
      codes: codes.report,
      ...(otherCodes.length === 0 ? {} : { otherCodes }),
      ...(intent === undefined ? {} : { intent }),
    },
    ...(resource !== undefined && isContained && hasDied(resource) !== undefined
      ? { contact: contactReportOf(resource, patientId, now).report }
      : {}),
    ...noted(read?.notes ?? []),
  };
};

const timesOf = (
  head: ProcedureHead,
  patient: KnownPatient,
  context: FhirContext,
  root: string,
): readonly Problem[] =>
  [
    { path: `${root}.meta.lastUpdated`, time: head.meta?.lastUpdated },
    { path: `${root}.subject.resolve().meta.lastUpdated`, time: patient.resource?.meta?.lastUpdated },
  ].flatMap(({ path, time }) => {
    const message = time === undefined ? undefined : timeProblem(instantOf(time), context.now);
    return message === undefined ? [] : [{ path, message }];
  });

/** Statuses that take a record back, whatever was known of it. */
const retracting: ReadonlySet<ProcedureHead['status']> = new Set(['entered-in-error', 'not-done']);

/**
 * Reads a FHIR R4 Procedure. `entered-in-error` and `not-done` retract the record; with any other status than
 * `completed` it is unfinished: it takes back what was completed, and starts nothing. A resource that is not R4, or does not determine the patient and the day, is rejected with
 * FHIRPath expressions.
 */
export const readFhirProcedure = (body: unknown, context: FhirContext): FhirProcedureOutcome => {
  const root = context.root ?? 'Procedure';
  const parsed = procedureHead.safeParse(withTrimmedTexts(body));
  if (!parsed.success) return rejectedBy(parsed.error, root);
  const head = parsed.data;
  const { own = [], server } = context;
  const lasting = context.idLasts === false ? undefined : head.id;
  const sourceId =
    lasting === undefined
      ? identifierIn(head.identifier, own, sourceIdText)
      : idOf(lasting, server, own, sourceIdText);
  if (sourceId === undefined) {
    return rejected(
      lasting === undefined
        ? { path: `${root}.identifier`, message: 'must be there where no lasting id is' }
        : { path: `${root}.id`, message: idProblem(lasting) ?? 'must be an id' },
    );
  }
  const subject = subjectOf(head, context, root);
  if (subject.outcome === 'rejected') return subject;
  const problems = timesOf(head, subject.report, context, root);
  if (problems.length > 0) return rejected(...problems);
  const { patientId } = subject.report;
  const version = head.meta?.versionId;
  const event = version === undefined ? {} : { eventId: `fhir:Procedure:${sourceId}:${version}` };
  if (head.status === 'completed') {
    return readCompleted(head, { sourceId, ...event }, subject.report, context, root);
  }
  const ids = {
    ...event,
    sourceId,
    ...latest([head.meta?.lastUpdated]),
    patient: { patientId },
  };
  return {
    outcome: 'accepted',
    report: retracting.has(head.status)
      ? { status: 'retracted', ...ids }
      : { status: 'unfinished', ...ids, reason: `status-${head.status}` },
  };
};
