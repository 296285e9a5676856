import type { Locale } from '../../platform/locale.ts';
import type { UtcInstant, ZoneId } from '../../platform/time.ts';
import { type PatientChange, revised } from './commit-change.ts';
import type { Episode } from './episode.ts';
import { isTaken, valueFingerprint } from './history/taken-messages.ts';
import { momentOf, type PatientId, type SourceTime } from './ids.ts';
import { withLinksEnded } from './links.ts';
import { type PatientRecord, type Profile, type ReportedField, reportedFields } from './patient.ts';
import { withNextEmail } from './planned-emails.ts';
import { activeStops, type StopKind, type StopNews, withNews, withStop } from './stop-facts.ts';
import { episodesInStep } from './stops.ts';

/** A source's description of the patient. Absent fields are unknown, not empty. */
export type ReportedPatient = {
  readonly patientId: PatientId;
  readonly email?: string;
  readonly givenName?: string;
  readonly locale?: Locale;
  readonly zone?: ZoneId;
};

/** What tells a message from others, and orders it among them. */
export type MessageIdentity = {
  /** The message's name at its source; absent when the source gave none. */
  readonly eventId?: string;
  /** When the source knew it, by its own clock. Absent when it gave no time, which is never taken to be now. */
  readonly reportedAt?: SourceTime;
};

/** A source's report on how, or whether, a patient can be reached. */
export type ContactReport = ReportedPatient &
  MessageIdentity & {
    /** True: the patient asked the clinic for no more email. False: takes such a report back, and nothing else. */
    readonly optedOut?: boolean;
    /** False: the patient lives, which takes an earlier report of a death back. */
    readonly died?: boolean;
  };

/** Defaults for what the source leaves out. */
export type ClinicDefaults = { readonly zone: ZoneId; readonly locale: Locale };

/**
 * True when a statement about a field may replace the known one. One without a time never replaces one with a time.
 */
const isNewerField = (
  asOf: Profile['asOf'],
  field: ReportedField,
  reportedAt: SourceTime | undefined,
): boolean => (reportedAt === undefined ? asOf[field] === undefined : (asOf[field] ?? '') <= reportedAt);

/** True for a value that an undated message must not bring back: it was told before and may be an old one. */
const isToldBefore = (
  { reportedAt, record }: Pick<ProfileReport, 'reportedAt' | 'record'>,
  field: ReportedField,
  value: string,
): boolean => reportedAt === undefined && isTaken(record.messages, valueFingerprint(field, value));

/** After "this is not me" only a statement with a time names the patient's address. */
const isDoubted = ({ reportedAt, record }: Pick<ProfileReport, 'reportedAt' | 'record'>): boolean =>
  reportedAt === undefined &&
  record.profile !== undefined &&
  activeStops(record.profile).some(({ kind }) => kind === 'wrong-person');

/** Returns the reported fields that are not older than what is known. */
const newerFieldsOf = (report: ProfileReport, asOf: Profile['asOf']) => {
  const { email, givenName, locale, zone } = report.reported;
  const isNews = (field: ReportedField, value: string): boolean =>
    isNewerField(asOf, field, report.reportedAt) && !isToldBefore(report, field, value);
  return {
    ...(email === undefined || isDoubted(report) || !isNews('email', email) ? {} : { email }),
    ...(givenName === undefined || !isNews('givenName', givenName) ? {} : { givenName }),
    ...(locale === undefined || !isNews('locale', locale) ? {} : { locale }),
    ...(zone === undefined || !isNews('zone', zone) ? {} : { zone }),
  };
};

const asOfFor = (fields: object, at: SourceTime | undefined): Profile['asOf'] =>
  at === undefined
    ? {}
    : Object.fromEntries(reportedFields.filter((field) => field in fields).map((field) => [field, at]));

/** A report on a patient, and the times by the source's clock and by ours. */
type ProfileReport = {
  readonly record: PatientRecord;
  readonly reported: ReportedPatient;
  readonly reportedAt: SourceTime | undefined;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
};

const newProfile = (report: ProfileReport): Profile => {
  const { reported, reportedAt, defaults, now } = report;
  const fields = newerFieldsOf(report, {});
  const asOf = asOfFor(fields, reportedAt);
  const profile: Profile = { patientId: reported.patientId, revision: 0, ...defaults, ...fields, asOf };
  return profile.email === undefined
    ? withStop(profile, { kind: 'no-address', since: now, from: 'source' })
    : profile;
};

const merged = (profile: Profile, report: ProfileReport): Profile => {
  const { reportedAt, now } = report;
  const fields = newerFieldsOf(report, profile.asOf);
  const next: Profile = { ...profile, ...fields, asOf: { ...profile.asOf, ...asOfFor(fields, reportedAt) } };
  if (isSameProfile(profile, next)) return profile;
  if (isSameAddress(profile, next)) return next;
  return withLinksEnded(withNews(next, 'new-address', now), 'new-address');
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
 * Returns the episodes that a new profile changes: stopped or resumed as its facts say, and due by the clock of the
 * new zone when the patient moved.
 */
export const episodesAfter = (
  record: PatientRecord,
  profile: Profile,
  now: UtcInstant,
): readonly Episode[] => {
  const inStep = episodesInStep(record, profile, now);
  if (inStep.some(({ status }) => status === 'stopped')) return inStep;
  const moved = record.episodes
    .map((episode) => ({ before: episode, after: movedToZone(episode, profile.zone) }))
    .filter(({ before, after }) => before !== after)
    .map(({ after }) => revised(after));
  return [...inStep, ...moved];
};

/** A statement of a contact report about what stops email, and what follows from either answer. */
type Statement = {
  readonly field: Extract<ReportedField, 'consent' | 'life'>;
  /** True: no email. Undefined: the report does not say. */
  readonly says: (report: ContactReport) => boolean | undefined;
  readonly stop: Extract<StopKind, 'opted-out' | 'died'>;
  readonly news: StopNews;
};

const statements: readonly Statement[] = [
  { field: 'consent', says: ({ optedOut }) => optedOut, stop: 'opted-out', news: 'opted-in-by-source' },
  { field: 'life', says: ({ died }) => died, stop: 'died', news: 'alive' },
];

/** Returns the profile after a source says stop. Whoever reads the emails of someone who died is someone else. */
const stoppedBySource = (profile: Profile, kind: Statement['stop'], since: UtcInstant): Profile => {
  const stopped = withStop(profile, { kind, since, from: 'source' });
  return kind === 'died' && stopped !== profile ? withLinksEnded(stopped, 'revoked') : stopped;
};

/**
 * Returns the profile after a statement, unless a newer one is known. Of two of the same second the stop holds. Whoever
 * asks for silence without saying when is heard; whoever takes that back has to say when.
 */
const afterStatement =
  (report: ContactReport, now: UtcInstant) =>
  (profile: Profile, { field, says, stop, news }: Statement): Profile => {
    const { reportedAt } = report;
    const isStop = says(report);
    if (isStop === undefined) return profile;
    if (reportedAt === undefined) {
      return isStop ? stoppedBySource(profile, stop, now) : profile;
    }
    if (!isNewerField(profile.asOf, field, reportedAt)) return profile;
    const isSameSecond = profile.asOf[field] === reportedAt;
    if (isSameSecond && !isStop) return profile;
    const at = momentOf(reportedAt);
    const said = isStop ? stoppedBySource(profile, stop, at) : withNews(profile, news, at);
    return isSameSecond ? said : { ...said, asOf: { ...said.asOf, [field]: reportedAt } };
  };

/** Returns the change that a contact report makes: address, language, zone, opt-out, opt-in, death or its denial. */
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
  const next = statements.reduce(afterStatement(report, now), updated);
  return {
    ...(next === record.profile ? {} : { profile: revised(next) }),
    episodes: episodesAfter(record, next, now),
  };
};
