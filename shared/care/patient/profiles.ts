import type { Locale } from '../../platform/locale.ts';
import type { UtcInstant, ZoneId } from '../../platform/time.ts';
import { type PatientChange, revised } from './commit-change.ts';
import type { Episode } from './episode.ts';
import { momentOf, type PatientId, type SourceTime } from './ids.ts';
import { type PatientRecord, type Profile, type ReportedField, reportedFields } from './patient.ts';
import { withNextEmail } from './planned-emails.ts';
import { isAboutAddress, resumedEpisodes, stopPatient, stopReasons, withStopLifted } from './stops.ts';

/** A source's description of the patient. Absent fields are unknown, not empty. */
export type ReportedPatient = {
  readonly patientId: PatientId;
  readonly email?: string;
  readonly givenName?: string;
  readonly locale?: Locale;
  readonly zone?: ZoneId;
};

/** A source's report on how, or whether, a patient can be reached. */
export type ContactReport = ReportedPatient & {
  readonly eventId: string;
  readonly reportedAt: SourceTime;
  /** True: the patient asked the clinic for no more email. False: the patient asked to be emailed again. */
  readonly optedOut?: boolean;
  readonly died?: boolean;
};

/** Defaults for what the source leaves out. */
export type ClinicDefaults = { readonly zone: ZoneId; readonly locale: Locale };

const isNewerField = (asOf: Profile['asOf'], field: ReportedField, reportedAt: SourceTime): boolean =>
  (asOf[field] ?? '') <= reportedAt;

/** Returns the reported fields that are not older than what is known. */
const newerFieldsOf = (
  { email, givenName, locale, zone }: ReportedPatient,
  asOf: Profile['asOf'],
  reportedAt: SourceTime,
) => ({
  ...(email === undefined || !isNewerField(asOf, 'email', reportedAt) ? {} : { email }),
  ...(givenName === undefined || !isNewerField(asOf, 'givenName', reportedAt) ? {} : { givenName }),
  ...(locale === undefined || !isNewerField(asOf, 'locale', reportedAt) ? {} : { locale }),
  ...(zone === undefined || !isNewerField(asOf, 'zone', reportedAt) ? {} : { zone }),
});

const asOfFor = (fields: object, at: SourceTime): Profile['asOf'] =>
  Object.fromEntries(reportedFields.filter((field) => field in fields).map((field) => [field, at]));

/** A report on a patient, and the times by the source's clock and by ours. */
type ProfileReport = {
  readonly record: PatientRecord;
  readonly reported: ReportedPatient;
  readonly reportedAt: SourceTime;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
};

const newProfile = ({ reported, reportedAt, defaults, now }: ProfileReport): Profile => {
  const fields = newerFieldsOf(reported, {}, reportedAt);
  const asOf = asOfFor(fields, reportedAt);
  return withStopLifted({ patientId: reported.patientId, revision: 0, ...defaults, ...fields, asOf }, now);
};

const merged = (profile: Profile, { reported, reportedAt, now }: ProfileReport): Profile => {
  const fields = newerFieldsOf(reported, profile.asOf, reportedAt);
  const next: Profile = { ...profile, ...fields, asOf: { ...profile.asOf, ...asOfFor(fields, reportedAt) } };
  if (isSameProfile(profile, next)) return profile;
  const endsStop = next.stop !== undefined && isAboutAddress(next.stop.reason);
  return endsStop && !isSameAddress(profile, next) ? withStopLifted(next, now) : next;
};

const isSameProfile = (a: Profile, b: Profile): boolean =>
  a.email === b.email &&
  a.givenName === b.givenName &&
  a.locale === b.locale &&
  a.zone === b.zone &&
  reportedFields.every((field) => a.asOf[field] === b.asOf[field]);

const isSameAddress = (a: Profile, b: Profile): boolean => a.email?.toLowerCase() === b.email?.toLowerCase();

/**
 * Returns the profile after a report: the very same object when nothing changes. Field by field the newer report
 * wins, in whatever order they arrive. The revision is not raised yet.
 */
export const profileAfter = (report: ProfileReport): Profile =>
  report.record.profile === undefined ? newProfile(report) : merged(report.record.profile, report);

const movedToZone = (episode: Episode, zone: ZoneId): Episode =>
  episode.status === 'active' && episode.zone !== zone ? withNextEmail({ ...episode, zone }) : episode;

/**
 * Returns the episodes that a new profile changes: resumed when a new address ends a stop, and due by the clock of
 * the new zone when the patient moved.
 */
export const episodesAfter = (
  record: PatientRecord,
  profile: Profile,
  now: UtcInstant,
): readonly Episode[] => {
  const resumed = record.profile?.stop === undefined ? [] : resumedEpisodes(record, profile, now);
  const moved = record.episodes
    .map((episode) => ({ before: episode, after: movedToZone(episode, profile.zone) }))
    .filter(({ before, after }) => before !== after)
    .map(({ after }) => revised(after));
  return [...resumed, ...moved];
};

const withConsentAsOf = (profile: Profile, reportedAt: SourceTime): Profile => ({
  ...profile,
  asOf: { ...profile.asOf, consent: reportedAt },
});

/** Returns the reported consent, unless a newer one is known. */
const consentIn = ({ optedOut, reportedAt }: ContactReport, profile: Profile): boolean | undefined =>
  isNewerField(profile.asOf, 'consent', reportedAt) ? optedOut : undefined;

/** True when a wish for email is newer than the stop it would end. */
const isUndone = ({ stop }: Profile, reportedAt: SourceTime): boolean =>
  stop !== undefined && stopReasons[stop.reason].undoable && momentOf(reportedAt) > stop.at;

/** Returns the change that a contact report makes: address, language, zone, opt-out, opt-in or death. */
export const contactChange = ({
  record,
  report,
  defaults,
  now,
}: {
  readonly record: PatientRecord;
  readonly report: ContactReport;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
}): PatientChange => {
  const { reportedAt } = report;
  const updated = profileAfter({ record, reported: report, reportedAt, defaults, now });
  const optedOut = consentIn(report, updated);
  const profile =
    optedOut === undefined || updated.asOf.consent === reportedAt
      ? updated
      : withConsentAsOf(updated, reportedAt);
  if (report.died === true || optedOut === true) {
    const stopped = stopPatient(
      { ...record, profile },
      report.died === true ? 'died' : 'opted-out',
      momentOf(reportedAt),
    );
    if (stopped.profile !== undefined) return stopped;
  }
  const next = optedOut === false && isUndone(profile, reportedAt) ? withStopLifted(profile, now) : profile;
  if (next === record.profile) return { episodes: [] };
  return { profile: revised(next), episodes: episodesAfter(record, next, now) };
};
