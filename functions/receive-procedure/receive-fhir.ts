import * as z from 'zod';
import {
  type FhirEntryOutcome,
  readFhirBundle,
  readFhirPatient,
} from '../../shared/care/intake/formats/fhir-bundle.ts';
import { readFhirProcedure } from '../../shared/care/intake/formats/fhir-procedure.ts';
import {
  information,
  issueOf,
  type OutcomeIssue,
  operationOutcome,
  warning,
} from '../../shared/care/intake/formats/operation-outcome.ts';
import { noted, type Rejected, rejectedBy } from '../../shared/care/intake/formats/problems.ts';
import { HttpError, type HttpResponse } from '../../shared/platform/http/http.ts';
import type { ReceiverParts } from './receiver-parts.ts';
import {
  type Done,
  doneIssues,
  fhirRejection,
  fhirResponse,
  rejectionIssues,
  statusOf,
} from './responses.ts';

type Understood = Exclude<FhirEntryOutcome, Rejected>;

const carryOut = async (
  entry: Understood,
  { accept, acceptContact }: ReceiverParts,
): Promise<Done | undefined> => {
  switch (entry.outcome) {
    case 'skipped':
      return undefined;
    case 'contact':
      return { ...(await acceptContact(entry.contact)), ...noted(entry.notes ?? []) };
    case 'accepted': {
      const done = await accept(entry.report);
      if (entry.contact !== undefined) await acceptContact(entry.contact);
      return { ...done, ...noted(entry.notes ?? []) };
    }
  }
};

const receiveOne = async (read: FhirEntryOutcome, parts: ReceiverParts): Promise<HttpResponse> => {
  if (read.outcome === 'rejected') return fhirRejection(read);
  const done = await carryOut(read, parts);
  return done === undefined
    ? fhirResponse(200, operationOutcome(information('nothing to do')))
    : fhirResponse(statusOf(done), operationOutcome(...doneIssues(done)));
};

const contextOf = ({ now, ownSystems }: ReceiverParts) => ({ now: now(), own: ownSystems });

/** A Procedure at its own address. */
export const receiveFhirProcedure = (body: unknown, parts: ReceiverParts): Promise<HttpResponse> =>
  receiveOne(readFhirProcedure(body, contextOf(parts)), parts);

/** A Patient at its own address: news about how to reach a patient. */
export const receiveFhirPatient = (body: unknown, parts: ReceiverParts): Promise<HttpResponse> =>
  receiveOne(readFhirPatient(body, contextOf(parts)), parts);

const appointment = z.looseObject({ resourceType: z.literal('Appointment') });

/** An Appointment: understood, so that a subscription does not stall, and not used. */
export const receiveFhirAppointment = async (body: unknown): Promise<HttpResponse> => {
  const parsed = appointment.safeParse(body);
  return parsed.success
    ? fhirResponse(200, operationOutcome(information('appointments start nothing yet: nothing was stored')))
    : fhirRejection(rejectedBy(parsed.error, 'Appointment'));
};

type Carried = Done | Rejected | undefined;

const isRejected = (carried: Carried): carried is Rejected => carried?.outcome === 'rejected';

/** Procedures first, so that news about a patient finds the patient. In turn, because many are about one patient. */
const carryOutAll = async (
  entries: readonly FhirEntryOutcome[],
  parts: ReceiverParts,
): Promise<readonly Carried[]> => {
  const done = new Map<FhirEntryOutcome, Carried>();
  const contactsLast = entries.toSorted(
    (a, b) => Number(a.outcome === 'contact') - Number(b.outcome === 'contact'),
  );
  for (const entry of contactsLast) {
    done.set(entry, entry.outcome === 'rejected' ? entry : await carryOut(entry, parts));
  }
  return entries.map((entry) => done.get(entry));
};

/** A warning tells what of an entry is not used; where every entry has its own response it stands there. */
const notesIn = (carried: readonly Carried[]): readonly OutcomeIssue[] =>
  [
    ...new Set(carried.flatMap((each) => (each === undefined || isRejected(each) ? [] : (each.notes ?? [])))),
  ].map(warning);

const responseEntry = (carried: Carried): unknown => {
  if (carried === undefined) return { response: { status: '200' } };
  return isRejected(carried)
    ? { response: { status: '422', outcome: operationOutcome(...rejectionIssues([carried])) } }
    : { response: { status: String(statusOf(carried)), outcome: operationOutcome(...doneIssues(carried)) } };
};

const summary = (carried: readonly Carried[]): HttpResponse => {
  const rejections = carried.filter(isRejected);
  const understood = information(
    `${carried.length - rejections.length} of ${carried.length} entries understood`,
  );
  return fhirResponse(
    200,
    operationOutcome(
      understood,
      ...rejections.flatMap(({ problems }) => problems.map(issueOf)),
      ...notesIn(carried),
    ),
  );
};

/** Entries are stored in turn; on AWS as many as this stay well within the function's time. */
const maxEntries = 250;

const overfull = z.looseObject({ entry: z.array(z.unknown()).min(maxEntries + 1) });

/**
 * `POST /fhir`. A transaction is read as a whole before any of it is stored: one bad entry and nothing is. Of any other Bundle the good entries are
 * accepted; the bad ones are named in the response and counted in the log. The response is an error only when no entry
 * could be used: a subscription must not stall on one bad record.
 */
export const receiveFhirBundle = async (body: unknown, parts: ReceiverParts): Promise<HttpResponse> => {
  if (overfull.safeParse(body).success) {
    throw new HttpError(413, `A Bundle must not hold more than ${maxEntries} entries: send it in parts.`);
  }
  const bundle = readFhirBundle(body, contextOf(parts));
  if (bundle.outcome === 'rejected') return fhirRejection(bundle);
  const { type, entries } = bundle.report;
  const rejections = entries.filter((entry) => entry.outcome === 'rejected');
  const usable = entries.some(({ outcome }) => outcome !== 'rejected' && outcome !== 'skipped');
  if (rejections.length > 0) {
    parts.log.warn('receive.entries-rejected', { count: rejections.length, of: entries.length });
    if (!usable || type === 'transaction') return fhirRejection(...rejections);
  }
  const carried = await carryOutAll(entries, parts);
  return type === 'batch' || type === 'transaction'
    ? fhirResponse(200, {
        resourceType: 'Bundle',
        type: `${type}-response`,
        ...(carried.length === 0 ? {} : { entry: carried.map(responseEntry) }),
      })
    : summary(carried);
};
