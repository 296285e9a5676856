import type { Locale } from '../../platform/locale.ts';
import type { UtcInstant, ZoneId } from '../../platform/time.ts';
import { type PatientChange, revised } from './commit-change.ts';
import type { Episode } from './episode.ts';
import { momentOf, type PatientId, type SourceTime } from './ids.ts';
import { type PatientRecord, type Profile, type SaidField, saidFields } from './patient.ts';
import { withNextEmail } from './planned-emails.ts';
import { isAboutAddress, resumedEpisodes, stopPatient, stopReasons, withStopLifted } from './stops.ts';

/** How the source describes the patient. Absent fields are unknown, not empty. */
export type ReportedPatient = {
  readonly patientId: PatientId;
  readonly email?: string;
  readonly givenName?: string;
  readonly locale?: Locale;
  readonly zone?: ZoneId;
};

/** What a source says about how, or whether, a patient can be reached. */
export type ContactReport = ReportedPatient & {
  readonly eventId: string;
  readonly reportedAt: SourceTime;
  /** True: the patient asked the clinic for no more email. False: the patient asked to get it again. */
  readonly optedOut?: boolean;
  readonly died?: boolean;
};

/** What is assumed of a patient of whom the source does not say it. */
export type ClinicDefaults = { readonly zone: ZoneId; readonly locale: Locale };

const isNewerField = (asOf: Profile['asOf'], field: SaidField, reportedAt: SourceTime): boolean =>
  (asOf[field] ?? '') <= reportedAt;

/** What a report says that nothing newer has said. */
const saidOf = (
  { email, givenName, locale, zone }: ReportedPatient,
  asOf: Profile['asOf'],
  reportedAt: SourceTime,
) => ({
  ...(email === undefined || !isNewerField(asOf, 'email', reportedAt) ? {} : { email }),
  ...(givenName === undefined || !isNewerField(asOf, 'givenName', reportedAt) ? {} : { givenName }),
  ...(locale === undefined || !isNewerField(asOf, 'locale', reportedAt) ? {} : { locale }),
  ...(zone === undefined || !isNewerField(asOf, 'zone', reportedAt) ? {} : { zone }),
});

const saidAt = (said: object, at: SourceTime): Profile['asOf'] =>
  Object.fromEntries(saidFields.filter((field) => field in said).map((field) => [field, at]));

/** A report on a patient: when the source said so, and when it is taken here. */
type ProfileReport = {
  readonly record: PatientRecord;
  readonly reported: ReportedPatient;
  readonly reportedAt: SourceTime;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
};

const newProfile = ({ reported, reportedAt, defaults, now }: ProfileReport): Profile => {
  const said = saidOf(reported, {}, reportedAt);
  const asOf = saidAt(said, reportedAt);
  return withStopLifted({ patientId: reported.patientId, revision: 0, ...defaults, ...said, asOf }, now);
};

const merged = (profile: Profile, { reported, reportedAt, now }: ProfileReport): Profile => {
  const said = saidOf(reported, profile.asOf, reportedAt);
  const next: Profile = { ...profile, ...said, asOf: { ...profile.asOf, ...saidAt(said, reportedAt) } };
  if (isSameProfile(profile, next)) return profile;
  const endsStop = next.stop !== undefined && isAboutAddress(next.stop.reason);
  return endsStop && !isSameAddress(profile, next) ? withStopLifted(next, now) : next;
};

const isSameProfile = (a: Profile, b: Profile): boolean =>
  a.email === b.email &&
  a.givenName === b.givenName &&
  a.locale === b.locale &&
  a.zone === b.zone &&
  saidFields.every((field) => a.asOf[field] === b.asOf[field]);

const isSameAddress = (a: Profile, b: Profile): boolean => a.email?.toLowerCase() === b.email?.toLowerCase();

/**
 * Takes a record and what a source says of its patient, gives the profile after it: the very same object when
 * nothing changes. Of what two reports say, the newer one stands, in whatever order they come. Its revision is
 * not yet raised.
 */
export const profileAfter = (report: ProfileReport): Profile =>
  report.record.profile === undefined ? newProfile(report) : merged(report.record.profile, report);

const movedToZone = (episode: Episode, zone: ZoneId): Episode =>
  episode.status === 'active' && episode.zone !== zone ? withNextEmail({ ...episode, zone }) : episode;

/**
 * Takes a record and its profile as it will be, gives the episodes that follow from it: resumed when a new
 * address ends a stop, and due by the new zone's clock when the patient moved.
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

/** Whether to be emailed, unless something newer was said about that. */
const consentIn = ({ optedOut, reportedAt }: ContactReport, profile: Profile): boolean | undefined =>
  isNewerField(profile.asOf, 'consent', reportedAt) ? optedOut : undefined;

/** A wish for email ends only a stop that is older than it. */
const isUndone = ({ stop }: Profile, reportedAt: SourceTime): boolean =>
  stop !== undefined && stopReasons[stop.reason].undoable && momentOf(reportedAt) > stop.at;

/** Takes a record and a contact report, gives the change: address, language, zone, opt-out, opt-in or death. */
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
  const told = profileAfter({ record, reported: report, reportedAt, defaults, now });
  const optedOut = consentIn(report, told);
  const profile =
    optedOut === undefined || told.asOf.consent === reportedAt ? told : withConsentAsOf(told, reportedAt);
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
