import * as z from 'zod';
import type { UtcInstant } from '../../../platform/time.ts';
import type { PatientId } from '../../patient/ids.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import { contactReportOf, hasDied, identifierIn } from './fhir-patient.ts';
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

const readPatient = (entry: Entry, root: string, now: UtcInstant): ReadPatient => {
  const parsed = patientResource.safeParse(entry.resource);
  if (!parsed.success) return rejectedBy(parsed.error, root);
  const resource = parsed.data;
  const updated = resource.meta?.lastUpdated;
  const message = updated === undefined ? undefined : timeProblem(instantOf(updated), now);
  if (message !== undefined) return rejected({ path: `${root}.meta.lastUpdated`, message });
  const ownId = hasOwnId(entry) ? resource.id : undefined;
  const patientId = ownId ?? identifierIn(resource.identifier, patientIdText);
  return patientId === undefined
    ? rejected({
        path: `${root}.identifier`,
        message: 'must hold an opaque id where the id is not a lasting one',
      })
    : { outcome: 'read', patientId, resource };
};

const namesOf = ({ fullUrl, resource }: Entry): readonly string[] => [
  ...(fullUrl === undefined ? [] : [fullUrl]),
  ...(resource?.id === undefined ? [] : [`Patient/${resource.id}`]),
];

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
    const key = `${entry.resource.resourceType}/${entry.resource.id}`;
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
export const readFhirPatient = (body: unknown, now: UtcInstant): Rejected | ContactEntry => {
  const resource = anyResource.safeParse(withTrimmedTexts(body));
  if (!resource.success) return rejectedBy(resource.error, 'Patient');
  const read = readPatient({ resource: resource.data }, 'Patient', now);
  return read.outcome === 'rejected' ? read : contactEntry(read, now);
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
export const readFhirBundle = (body: unknown, now: UtcInstant): Parsed<FhirBundle> => {
  const parsed = bundleResource.safeParse(withTrimmedTexts(body));
  if (!parsed.success) return rejectedBy(parsed.error, 'Bundle');
  const { type, entry: entries = [] } = parsed.data;

  const outdated = type === 'history' ? outdatedIn(entries) : new Set<Entry>();
  const patients = new Map<Entry, ReadPatient>();
  const byName = new Map<string, KnownPatient>();
  entries.forEach((entry, index) => {
    if (entry.resource?.resourceType !== 'Patient' || outdated.has(entry)) return;
    const patient = readPatient(entry, rootOf(index), now);
    patients.set(entry, patient);
    if (patient.outcome === 'read') for (const name of namesOf(entry)) byName.set(name, patient);
  });

  const resolve = (reference: string): KnownPatient | undefined => byName.get(reference);
  const procedures = entries.map((entry, index) =>
    entry.resource?.resourceType === 'Procedure' && !outdated.has(entry)
      ? readFhirProcedure(entry.resource, { now, root: rootOf(index), resolve, idLasts: hasOwnId(entry) })
      : undefined,
  );
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
