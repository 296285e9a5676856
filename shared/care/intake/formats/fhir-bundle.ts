import * as z from 'zod';
import type { UtcInstant } from '../../../platform/time.ts';
import type { PatientId } from '../../patient/ids.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import { contactReportOf, hasDied, identifierIn } from './fhir-patient.ts';
import { type FhirProcedureOutcome, type KnownPatient, readFhirProcedure } from './fhir-procedure.ts';
import {
  type BundleResource,
  bundleResource,
  type PatientResource,
  patientResource,
} from './fhir-resources.ts';
import { instantOf, momentText, patientIdText, timeProblem } from './fields.ts';
import { type Parsed, type Rejected, rejected, rejectedBy } from './problems.ts';

/**
 * The result of one Bundle entry. `skipped`: not about a patient or procedure, or an older version of another
 * entry.
 */
export type FhirEntryOutcome =
  | FhirProcedureOutcome
  | { readonly status: 'contact'; readonly contact: ContactReport }
  | { readonly status: 'skipped' };

/** A Bundle's type and one outcome per entry, in its order. */
export type FhirBundle = {
  readonly type: BundleResource['type'];
  readonly entries: readonly FhirEntryOutcome[];
};

type Entry = NonNullable<BundleResource['entry']>[number];

type ReadPatient =
  | Rejected
  | { readonly status: 'read'; readonly patientId: PatientId; readonly resource: PatientResource };

/** False for an id that the sender expects us to replace (a create, a placeholder URL): it identifies nothing. */
const hasOwnId = (entry: Entry): boolean =>
  entry.request?.method !== 'POST' && !(entry.fullUrl ?? '').startsWith('urn:');

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
    : { status: 'read', patientId, resource };
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

/**
 * Returns the outdated entries of a history: only the newest version of a resource holds, and of equally new ones
 * the first, since entries come newest first.
 */
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

/** Returns the patient of a completed procedure, whose report carries the contact data along. */
const reportedPatientId = (outcome: FhirProcedureOutcome | undefined): PatientId | undefined =>
  outcome?.status === 'accepted' && outcome.report.status === 'completed'
    ? outcome.report.patient.patientId
    : undefined;

/**
 * Reads a FHIR R4 Bundle (or a subscription notification), with one outcome per entry. References to patients
 * resolve among the entries. A Patient is a contact report of its own unless a completed Procedure beside it
 * carries the contact data; a death is always reported.
 */
export const readFhirBundle = (body: unknown, now: UtcInstant): Parsed<FhirBundle> => {
  const parsed = bundleResource.safeParse(body);
  if (!parsed.success) return rejectedBy(parsed.error, 'Bundle');
  const { type, entry: entries = [] } = parsed.data;

  const outdated = type === 'history' ? outdatedIn(entries) : new Set<Entry>();
  const patients = new Map<Entry, ReadPatient>();
  const byName = new Map<string, KnownPatient>();
  entries.forEach((entry, index) => {
    if (entry.resource?.resourceType !== 'Patient' || outdated.has(entry)) return;
    const patient = readPatient(entry, rootOf(index), now);
    patients.set(entry, patient);
    if (patient.status === 'read') for (const name of namesOf(entry)) byName.set(name, patient);
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
    if (patient === undefined) return procedures[index] ?? { status: 'skipped' };
    if (patient.status === 'rejected') return patient;
    const { resource, patientId } = patient;
    return reported.has(patientId) && !hasDied(resource)
      ? { status: 'skipped' }
      : { status: 'contact', contact: contactReportOf(resource, patientId, now) };
  };
  return { status: 'accepted', report: { type, entries: entries.map(outcomeOf) } };
};
