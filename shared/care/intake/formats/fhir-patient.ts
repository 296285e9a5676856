import type * as z from 'zod';
import { localeFrom } from '../../../platform/locale.ts';
import type { UtcInstant, ZoneId } from '../../../platform/time.ts';
import { type PatientId, sourceTimeOf } from '../../patient/ids.ts';
import type { ContactReport, ReportedPatient } from '../../patient/profiles.ts';
import type { FhirIdentifier, PatientResource } from './fhir-resources.ts';
import { emailText, givenNameText, sourceTimeIn, zoneFrom } from './fields.ts';

type Period = { readonly start?: string; readonly end?: string };

/** FHIR dates may be partial: a partial end date includes the last day of its year or month. */
const isCurrent = (period: Period | undefined, now: UtcInstant): boolean => {
  const start = period?.start?.slice(0, 10) ?? '';
  const end = period?.end?.slice(0, 10);
  return start <= now.slice(0, 10) && (end === undefined || end >= now.slice(0, end.length));
};

const homeFirst = (use: string | undefined): number => (use === 'work' ? 1 : 0);

const lowest = Number.MAX_SAFE_INTEGER;

/**
 * Returns the address to email: not an old one, in force today, by rank, then a home address before one at work.
 * Values that are not addresses ("declined", "none") are skipped: the patient then has no address.
 */
const emailOf = (patient: PatientResource, now: UtcInstant): string | undefined =>
  (patient.telecom ?? [])
    .filter(({ system, use, period }) => system === 'email' && use !== 'old' && isCurrent(period, now))
    .toSorted((a, b) => (a.rank ?? lowest) - (b.rank ?? lowest) || homeFirst(a.use) - homeFirst(b.use))
    .map(({ value }) => value?.trim().replace(/^mailto:/i, ''))
    .find((value) => emailText.safeParse(value).success);

const nameUses = ['usual', 'official'];

const nameOrder = (use: string | undefined): number => {
  const order = nameUses.indexOf(use ?? '');
  return order === -1 ? nameUses.length : order;
};

const givenNameOf = (patient: PatientResource, now: UtcInstant): string | undefined =>
  (patient.name ?? [])
    .filter(({ use, period }) => use !== 'old' && use !== 'anonymous' && isCurrent(period, now))
    .toSorted((a, b) => nameOrder(a.use) - nameOrder(b.use))
    .map(({ given }) => given?.[0]?.trim())
    .find((given) => givenNameText.safeParse(given).success);

const languageOf = (patient: PatientResource): string | undefined => {
  const all = patient.communication ?? [];
  const chosen = all.find(({ preferred }) => preferred) ?? (all.length === 1 ? all[0] : undefined);
  return chosen?.language?.coding?.find(({ code }) => code !== undefined)?.code;
};

const zoneUrls = [
  'http://hl7.org/fhir/StructureDefinition/timezone',
  'http://hl7.org/fhir/StructureDefinition/tz-code',
];

const zoneOf = (patient: PatientResource): ZoneId | undefined =>
  [patient, ...(patient.address ?? [])]
    .flatMap(({ extension }) => extension ?? [])
    .filter(({ url }) => zoneUrls.includes(url))
    .map(({ valueCode, valueString }) => zoneFrom(valueCode ?? valueString ?? ''))
    .find((zone) => zone !== undefined);

/** Returns the value of the first identifier that is in use and valid as an id. */
export const identifierIn = <Id extends z.ZodType<string>>(
  identifiers: readonly FhirIdentifier[] | undefined,
  idText: Id,
): z.output<Id> | undefined =>
  (identifiers ?? [])
    .filter(({ use }) => use !== 'old' && use !== 'temp')
    .map(({ value }) => idText.safeParse(value?.trim()).data)
    .find((id) => id !== undefined);

/** Returns the usable contact data of a Patient. */
export const reportedPatientOf = (
  patient: PatientResource,
  patientId: PatientId,
  now: UtcInstant,
): ReportedPatient => {
  const email = emailOf(patient, now);
  const givenName = givenNameOf(patient, now);
  const locale = localeFrom(languageOf(patient));
  const zone = zoneOf(patient);
  return {
    patientId,
    ...(email === undefined ? {} : { email }),
    ...(givenName === undefined ? {} : { givenName }),
    ...(locale === undefined ? {} : { locale }),
    ...(zone === undefined ? {} : { zone }),
  };
};

/** True when a Patient reports a death. */
export const hasDied = (patient: PatientResource): boolean =>
  patient.deceasedBoolean === true || patient.deceasedDateTime !== undefined;

/** Returns the contact report in a Patient. */
export const contactReportOf = (
  patient: PatientResource,
  patientId: PatientId,
  now: UtcInstant,
): ContactReport => {
  const updated = patient.meta?.lastUpdated;
  // A resource without `lastUpdated` is as new as its arrival.
  const reportedAt = updated === undefined ? sourceTimeOf(now) : sourceTimeIn(updated);
  return {
    ...reportedPatientOf(patient, patientId, now),
    eventId: `fhir:Patient:${patientId}:${patient.meta?.versionId ?? reportedAt}`,
    reportedAt,
    ...(hasDied(patient) ? { died: true } : {}),
  };
};
