import { type FhirEntryOutcome, readFhirBundle } from '../../shared/care/intake/formats/fhir-bundle.ts';
import { readFhirProcedure } from '../../shared/care/intake/formats/fhir-procedure.ts';
import {
  information,
  issueOf,
  operationOutcome,
} from '../../shared/care/intake/formats/operation-outcome.ts';
import type { Rejected } from '../../shared/care/intake/formats/problems.ts';
import type { HttpResponse } from '../../shared/platform/http/http.ts';
import type { ReceiverParts } from './receiver-parts.ts';
import { type Done, doneIssue, fhirRejection, fhirResponse, rejectionIssues, statusOf } from './responses.ts';

type Understood = Exclude<FhirEntryOutcome, Rejected>;

const carryOut = async (
  outcome: Understood,
  { accept, acceptContact, recordIgnored, now }: ReceiverParts,
): Promise<Done | undefined> => {
  switch (outcome.status) {
    case 'skipped':
      return undefined;
    case 'contact':
      return acceptContact(outcome.contact);
    case 'ignored': {
      const { patientId, sourceId, reason } = outcome;
      await recordIgnored({ patientId, sourceId, reason, at: now() });
      return { outcome: 'ignored', reasons: [reason] };
    }
    case 'accepted': {
      const done = await accept(outcome.report);
      if (outcome.contact !== undefined) await acceptContact(outcome.contact);
      return done;
    }
  }
};

/** Takes a Procedure, gives the answer to it. */
export const receiveFhirProcedure = async (body: unknown, parts: ReceiverParts): Promise<HttpResponse> => {
  const outcome = readFhirProcedure(body, { now: parts.now() });
  if (outcome.status === 'rejected') return fhirRejection(outcome);
  const done = await carryOut(outcome, parts);
  return done === undefined
    ? fhirResponse(200, operationOutcome(information('nothing to do')))
    : fhirResponse(statusOf(done), operationOutcome(doneIssue(done)));
};

type Carried = Done | Rejected | undefined;

const isRejected = (carried: Carried): carried is Rejected => carried !== undefined && 'problems' in carried;

/** Procedures first: news about a patient finds the patient there. One after the other, as many are of one. */
const carryOutAll = async (
  entries: readonly FhirEntryOutcome[],
  parts: ReceiverParts,
): Promise<readonly Carried[]> => {
  const done = new Map<FhirEntryOutcome, Carried>();
  const contactsLast = entries.toSorted(
    (a, b) => Number(a.status === 'contact') - Number(b.status === 'contact'),
  );
  for (const entry of contactsLast) {
    done.set(entry, entry.status === 'rejected' ? entry : await carryOut(entry, parts));
  }
  return entries.map((entry) => done.get(entry));
};

const responseEntry = (carried: Carried): unknown => {
  if (carried === undefined) return { response: { status: '200' } };
  return isRejected(carried)
    ? { response: { status: '422', outcome: operationOutcome(...rejectionIssues([carried])) } }
    : { response: { status: String(statusOf(carried)), outcome: operationOutcome(doneIssue(carried)) } };
};

const summary = (carried: readonly Carried[]): HttpResponse => {
  const rejections = carried.filter(isRejected);
  const understood = information(
    `${carried.length - rejections.length} of ${carried.length} entries understood`,
  );
  return fhirResponse(
    200,
    operationOutcome(understood, ...rejections.flatMap(({ problems }) => problems.map(issueOf))),
  );
};

/**
 * Takes a Bundle, gives the answer to it. A transaction with one bad entry is refused as a whole; of another
 * Bundle the good entries are taken, the bad ones are in the answer and counted in the log. Only when nothing
 * in it could be used the answer is an error: a subscription must not stall on one bad record.
 */
export const receiveFhirBundle = async (body: unknown, parts: ReceiverParts): Promise<HttpResponse> => {
  const bundle = readFhirBundle(body, parts.now());
  if (bundle.status === 'rejected') return fhirRejection(bundle);
  const { type, entries } = bundle.report;
  const rejections = entries.filter((entry) => entry.status === 'rejected');
  const usable = entries.some(({ status }) => status !== 'rejected' && status !== 'skipped');
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
