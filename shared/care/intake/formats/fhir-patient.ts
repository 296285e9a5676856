import type { UtcInstant } from '../../../platform/time.ts';
import type { PatientId } from '../../patient/ids.ts';
import type { ContactReport } from '../../patient/profiles.ts';
import type { PatientResource } from './fhir-resources.ts';
import { sourceTimeIn } from './fields.ts';
import { noted, type Parsed } from './problems.ts';
import { type ReadContact, readContact } from './rules/contact.ts';

type Period = { readonly start?: string; readonly end?: string };

/** FHIR dates may be partial: an end includes the last day of its year or month. */
const isCurrent = (period: Period | undefined, now: UtcInstant): boolean => {
  const start = period?.start?.slice(0, 10) ?? '';
  const end = period?.end?.slice(0, 10);
  return start <= now.slice(0, 10) && (end === undefined || end >= now.slice(0, end.length));
};

const homeFirst = (use: string | undefined): number => (use === 'work' ? 1 : 0);

const lowest = Number.MAX_SAFE_INTEGER;

const texts = (values: readonly (string | null | undefined)[]): readonly string[] =>
  values.filter((value) => typeof value === 'string');

/** The addresses that are not old and valid today, by rank, then private before work. */
const emailsOf = (patient: PatientResource, now: UtcInstant): readonly string[] =>
  texts(
    (patient.telecom ?? [])
      .filter(({ system, use, period }) => system === 'email' && use !== 'old' && isCurrent(period, now))
      .toSorted((a, b) => (a.rank ?? lowest) - (b.rank ?? lowest) || homeFirst(a.use) - homeFirst(b.use))
      .map(({ value }) => value),
  );

const nameUses = ['usual', 'official'];

const nameOrder = (use: string | undefined): number => {
  const order = nameUses.indexOf(use ?? '');
  return order === -1 ? nameUses.length : order;
};

const givenNamesOf = (patient: PatientResource, now: UtcInstant): readonly string[] =>
  texts(
    (patient.name ?? [])
      .filter(({ use, period }) => use !== 'old' && use !== 'anonymous' && isCurrent(period, now))
      .toSorted((a, b) => nameOrder(a.use) - nameOrder(b.use))
      .map(({ given }) => given?.[0]),
  );

/** Every coding of the preferred language, and its text: record systems put their own code before the standard one. */
const languagesOf = (patient: PatientResource): readonly string[] => {
  const all = patient.communication ?? [];
  const chosen = all.find(({ preferred }) => preferred) ?? (all.length === 1 ? all[0] : undefined);
  const { coding = [], text } = chosen?.language ?? {};
  return texts([...coding.flatMap(({ code, display }) => [code, display]), text]);
};

const zoneUrls = [
  'http://hl7.org/fhir/StructureDefinition/timezone',
  'http://hl7.org/fhir/StructureDefinition/tz-code',
];

const zonesOf = (patient: PatientResource): readonly string[] =>
  texts(
    [patient, ...(patient.address ?? [])]
      .flatMap(({ extension }) => extension ?? [])
      .filter(({ url }) => zoneUrls.includes(url))
      .map(({ valueCode, valueString }) => valueCode ?? valueString),
  );

/** Returns what a Patient resource says about a patient, and what of it cannot be used. */
export const reportedPatientOf = (
  patient: PatientResource,
  patientId: PatientId,
  now: UtcInstant,
): ReadContact =>
  readContact(patientId, {
    emails: emailsOf(patient, now),
    givenNames: givenNamesOf(patient, now),
    languages: languagesOf(patient),
    zones: zonesOf(patient),
  });

/** Returns whether the Patient resource reports a death; undefined where it says nothing about it. */
export const hasDied = (patient: PatientResource): boolean | undefined =>
  patient.deceasedDateTime === undefined ? patient.deceasedBoolean : true;

type AcceptedContact = Extract<Parsed<ContactReport>, { outcome: 'accepted' }>;

/** Returns the contact report of a Patient resource. */
export const contactReportOf = (
  patient: PatientResource,
  patientId: PatientId,
  now: UtcInstant,
): AcceptedContact => {
  const read = reportedPatientOf(patient, patientId, now);
  const died = hasDied(patient);
  const { lastUpdated: updated, versionId: version } = patient.meta ?? {};
  return {
    outcome: 'accepted',
    report: {
      ...read.patient,
      ...(version === undefined ? {} : { eventId: `fhir:Patient:${patientId}:${version}` }),
      ...(updated === undefined ? {} : { reportedAt: sourceTimeIn(updated) }),
      ...(died === undefined ? {} : { died }),
    },
    ...noted(read.notes),
  };
};
