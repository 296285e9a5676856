import { withNextContact } from './contacts.ts';
import type { Episode } from './episode.ts';
import type { Locale } from './locale.ts';
import type { PatientRecord, Profile } from './patient.ts';
import type { ContactReport, ReportedPatient } from './procedure-report.ts';
import {
  type PatientChange,
  resumedEpisodes,
  revised,
  stopPatient,
  stopReasons,
  withStopLifted,
} from './stops.ts';
import type { UtcInstant, ZoneId } from './time.ts';

/** What is assumed of a patient of whom the source does not say it. */
export type ClinicDefaults = { readonly zone: ZoneId; readonly locale: Locale };

const saidOf = ({ email, givenName, locale, zone }: ReportedPatient) => ({
  ...(email === undefined ? {} : { email }),
  ...(givenName === undefined ? {} : { givenName }),
  ...(locale === undefined ? {} : { locale }),
  ...(zone === undefined ? {} : { zone }),
});

const newProfile = (
  reported: ReportedPatient,
  reportedAt: UtcInstant,
  defaults: ClinicDefaults,
  now: UtcInstant,
): Profile =>
  withStopLifted(
    { patientId: reported.patientId, revision: 0, ...defaults, ...saidOf(reported), asOf: reportedAt },
    now,
  );

const merged = (
  profile: Profile,
  reported: ReportedPatient,
  reportedAt: UtcInstant,
  now: UtcInstant,
): Profile => {
  const next: Profile = { ...profile, ...saidOf(reported), asOf: reportedAt };
  if (reportedAt < profile.asOf || sameProfile(profile, next)) return profile;
  const endsStop = next.stop !== undefined && stopReasons[next.stop.reason].about === 'address';
  return endsStop && next.email !== profile.email ? withStopLifted(next, now) : next;
};

const sameProfile = (a: Profile, b: Profile): boolean =>
  a.email === b.email && a.givenName === b.givenName && a.locale === b.locale && a.zone === b.zone;

/**
 * Takes a record and what a source says of its patient, gives the profile after it: the very same object when
 * nothing changes or the report is older than what is known. Its revision is not yet raised.
 */
export const profileAfter = (
  record: PatientRecord,
  reported: ReportedPatient,
  reportedAt: UtcInstant,
  defaults: ClinicDefaults,
  now: UtcInstant,
): Profile =>
  record.profile === undefined
    ? newProfile(reported, reportedAt, defaults, now)
    : merged(record.profile, reported, reportedAt, now);

const movedToZone = (episode: Episode, zone: ZoneId): Episode =>
  episode.status === 'active' && episode.zone !== zone ? withNextContact({ ...episode, zone }) : episode;

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

/** Takes a record and a contact report, gives the change: address, language, zone, opt-out, opt-in or death. */
export const contactChange = (
  record: PatientRecord,
  report: ContactReport,
  defaults: ClinicDefaults,
  now: UtcInstant,
): PatientChange => {
  const profile = profileAfter(record, report, report.reportedAt, defaults, now);
  if (report.died === true || report.optedOut === true) {
    const reason = report.died === true ? 'died' : 'opted-out';
    const stopped = stopPatient({ ...record, profile }, reason, now);
    return stopped.profile === undefined && profile !== record.profile
      ? { profile: revised(profile), episodes: [] }
      : stopped;
  }
  const undo =
    report.optedOut === false && profile.stop !== undefined && stopReasons[profile.stop.reason].undoable;
  const next = undo ? withStopLifted(profile, now) : profile;
  if (next === record.profile) return { episodes: [] };
  return { profile: revised(next), episodes: episodesAfter(record, next, now) };
};
