import * as z from 'zod';
import type { UtcInstant } from '../../../platform/time.ts';
import type { PatientId } from '../../patient/ids.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import { addressIn, identifierIn, idOf, type OwnSystems } from './fhir-identity.ts';
import { contactReportOf, hasDied } from './fhir-patient.ts';
import { type FhirProcedureOutcome, type KnownPatient, readFhirProcedure } from './fhir-procedure.ts';
import {
  anyResource,
  type BundleResource,
  bundleResource,
  type PatientResource,
  patientResource,
} from './fhir-resources.ts';
import { instantOf, momentText, patientIdText, timeProblem } from './fields.ts';
import { noted, type Parsed, type Rejected, rejected, rejectedBy } from './problems.ts';
import type { Note } from './rules/contact.ts';
import { idProblem } from './rules/ids.ts';
import { withTrimmedTexts } from './rules/texts.ts';

/** What one entry of a Bundle holds. `skipped`: nothing we use, or an older version of another entry. */
export type FhirEntryOutcome = FhirProcedureOutcome | ContactEntry | { readonly outcome: 'skipped' };

/** A Patient as news about how to reach a patient. */
type ContactEntry = {
  readonly outcome: 'contact';
  readonly contact: ContactReport;
  readonly notes?: readonly Note[];
};

/** A Bundle's type and one outcome per entry, in its order. */
export type FhirBundle = {
  readonly type: BundleResource['type'];
  readonly entries: readonly FhirEntryOutcome[];
};

/** The time at which a Bundle is read, and the clinic's own systems. */
export type BundleContext = { readonly now: UtcInstant; readonly own: OwnSystems };

type Entry = NonNullable<BundleResource['entry']>[number];

type FoundPatient = {
  readonly outcome: 'read';
  readonly patientId: PatientId;
  readonly resource: PatientResource;
};

type ReadPatient = Rejected | FoundPatient;

/**
 * False for an id that the server is meant to replace: that of a create, or one beside a placeholder URL. An id that is
 * the UUID of its URL is the sender's own and unique in the world, so it lasts.
 */
const hasOwnId = ({ fullUrl = '', request, resource }: Entry): boolean => {
  if (fullUrl.startsWith('urn:')) return fullUrl === `urn:uuid:${resource?.id}` && uuid.test(fullUrl);
  return request?.method !== 'POST';
};

const uuid = /^urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The server that an entry's address names. */
const serverOf = ({ fullUrl = '', resource }: Entry): string | undefined =>
  resource?.resourceType === 'Patient' || resource?.resourceType === 'Procedure'
    ? addressIn(fullUrl, resource.resourceType)?.server
    : undefined;

const readPatient = (entry: Entry, root: string, { now, own }: BundleContext): ReadPatient => {
  const parsed = patientResource.safeParse(entry.resource);
  if (!parsed.success) return rejectedBy(parsed.error, root);
  const resource = parsed.data;
  const updated = resource.meta?.lastUpdated;
  const message = updated === undefined ? undefined : timeProblem(instantOf(updated), now);
  if (message !== undefined) return rejected({ path: `${root}.meta.lastUpdated`, message });
  const lasting = hasOwnId(entry) ? resource.id : undefined;
  const patientId =
    lasting === undefined
      ? identifierIn(resource.identifier, own, patientIdText)
      : idOf(lasting, serverOf(entry), own, patientIdText);
  if (patientId !== undefined) return { outcome: 'read', patientId, resource };
  return rejected(
    lasting === undefined
      ? {
          path: `${root}.identifier`,
          message:
            'must hold an opaque id where the id is not a lasting one. Government and insurance numbers are not taken',
        }
      : { path: `${root}.id`, message: idProblem(lasting) ?? 'must be an id' },
  );
};

/** The Patients of a Bundle by what may refer to them. */
type PatientsByName = {
  readonly byUrl: ReadonlyMap<string, KnownPatient>;
  /** By id, each with its server where it names one. */
  readonly byId: ReadonlyMap<string, readonly { readonly server?: string; readonly patient: KnownPatient }[]>;
};

/** A relative reference points to the same server as the resource it stands in; where only one of two says which, to it. */
const resolvedIn = (
  { byUrl, byId }: PatientsByName,
  reference: string,
  server: string | undefined,
): KnownPatient | undefined => {
  const address = addressIn(reference, 'Patient');
  const target = address?.server ?? server;
  const candidates = byId.get(address?.id ?? '') ?? [];
  const onServer = candidates.find((each) => each.server === target);
  const [only, ...others] = candidates;
  const isClear = others.length === 0 && (target === undefined || only?.server === undefined);
  return byUrl.get(reference) ?? onServer?.patient ?? (isClear ? only?.patient : undefined);
};

const rootOf = (index: number): string => `Bundle.entry[${index}].resource`;

const versioned = z.looseObject({ meta: z.looseObject({ lastUpdated: momentText }) });

const versionTime = (entry: Entry | undefined): UtcInstant | '' => {
  const parsed = versioned.safeParse(entry?.resource);
  return parsed.success ? instantOf(parsed.data.meta.lastUpdated) : '';
};

/** In a history only a resource's newest version counts; of two equally new ones the first, because the newest come first. */
const outdatedIn = (entries: readonly Entry[]): ReadonlySet<Entry> => {
  const newest = new Map<string, Entry>();
  const outdated = new Set<Entry>();
  for (const entry of entries) {
    if (entry.resource?.id === undefined) continue;
    const key = `${serverOf(entry) ?? ''}/${entry.resource.resourceType}/${entry.resource.id}`;
    const other = newest.get(key);
    const isNewer = other === undefined || versionTime(entry) > versionTime(other);
    if (isNewer) newest.set(key, entry);
    if (other !== undefined) outdated.add(isNewer ? other : entry);
  }
  return outdated;
};

const withoutResource = (entry: Entry, index: number): FhirEntryOutcome =>
  entry.request?.method === 'DELETE'
    ? rejected({
        path: `Bundle.entry[${index}].request`,
        message: 'must not delete: send the resource with status entered-in-error',
      })
    : rejected({ path: rootOf(index), message: 'must be there: a notification has to carry full resources' });

/** The patient of a completed procedure, whose report includes the contact data. */
const reportedPatientId = (read: FhirProcedureOutcome | undefined): PatientId | undefined =>
  read?.outcome === 'accepted' && read.report.status === 'completed'
    ? read.report.patient.patientId
    : undefined;

/** Reads a FHIR R4 Patient that was sent on its own, which is a contact report. */
export const readFhirPatient = (body: unknown, context: BundleContext): Rejected | ContactEntry => {
  const resource = anyResource.safeParse(withTrimmedTexts(body));
  if (!resource.success) return rejectedBy(resource.error, 'Patient');
  const read = readPatient({ resource: resource.data }, 'Patient', context);
  return read.outcome === 'rejected' ? read : contactEntry(read, context.now);
};

const contactEntry = ({ resource, patientId }: FoundPatient, now: UtcInstant): ContactEntry => {
  const { report: contact, notes = [] } = contactReportOf(resource, patientId, now);
  return { outcome: 'contact', contact, ...noted(notes) };
};

/**
 * Reads a FHIR R4 Bundle or a subscription notification, entry by entry. References to patients are resolved among the
 * entries. A Patient is a contact report unless a completed Procedure beside it already includes the contact data; a
 * death is always reported.
 */
export const readFhirBundle = (body: unknown, context: BundleContext): Parsed<FhirBundle> => {
  const { now, own } = context;
  const parsed = bundleResource.safeParse(withTrimmedTexts(body));
  if (!parsed.success) return rejectedBy(parsed.error, 'Bundle');
  const { type, entry: entries = [] } = parsed.data;

  const outdated = type === 'history' ? outdatedIn(entries) : new Set<Entry>();
  const patients = new Map<Entry, ReadPatient>();
  const byUrl = new Map<string, KnownPatient>();
  const byId = new Map<string, readonly { server?: string; patient: KnownPatient }[]>();
  entries.forEach((entry, index) => {
    if (entry.resource?.resourceType !== 'Patient' || outdated.has(entry)) return;
    const patient = readPatient(entry, rootOf(index), context);
    patients.set(entry, patient);
    if (patient.outcome === 'rejected') return;
    if (entry.fullUrl !== undefined) byUrl.set(entry.fullUrl, patient);
    const server = serverOf(entry);
    const { id = '' } = entry.resource;
    byId.set(id, [...(byId.get(id) ?? []), { ...(server === undefined ? {} : { server }), patient }]);
  });

  const procedures = entries.map((entry, index) => {
    if (entry.resource?.resourceType !== 'Procedure' || outdated.has(entry)) return undefined;
    const server = serverOf(entry);
    return readFhirProcedure(entry.resource, {
      now,
      own,
      root: rootOf(index),
      idLasts: hasOwnId(entry),
      resolve: (reference) => resolvedIn({ byUrl, byId }, reference, server),
      ...(server === undefined ? {} : { server }),
    });
  });
  const reported = new Set(procedures.map(reportedPatientId));

  const outcomeOf = (entry: Entry, index: number): FhirEntryOutcome => {
    if (entry.resource === undefined) return withoutResource(entry, index);
    const patient = patients.get(entry);
    if (patient === undefined) return procedures[index] ?? { outcome: 'skipped' };
    if (patient.outcome === 'rejected') return patient;
    return reported.has(patient.patientId) && hasDied(patient.resource) === undefined
      ? { outcome: 'skipped' }
      : contactEntry(patient, now);
  };
  return { outcome: 'accepted', report: { type, entries: entries.map(outcomeOf) } };
};
