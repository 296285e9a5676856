import { createHash } from 'node:crypto';
import { localDateOf } from '../../platform/calendar.ts';
import type { LocalDate, UtcInstant, ZoneId } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import { currentPlanOf } from '../../protocol/plans.ts';
import { type PatientChange, revised } from '../patient/commit-change.ts';
import type { Episode } from '../patient/episode.ts';
import { type EpisodeId, episodeId, type SourceId } from '../patient/ids.ts';
import type { PatientRecord, Profile, SourceNote } from '../patient/patient.ts';
import {
  closePassedWindows,
  withEmailsAgain,
  withNextEmail,
  withoutPlannedEmails,
} from '../patient/planned-emails.ts';
import { type ClinicDefaults, episodesAfter, profileAfter } from '../patient/profiles.ts';
import { stopOf } from '../patient/stop-facts.ts';
import type { Performed, ProcedureReport } from './procedure-report.ts';

type Completed = Extract<ProcedureReport, { status: 'completed' }>;

type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

export type EnrollmentChange = PatientChange & {
  readonly outcome:
    | 'enrolled'
    | 'already-known'
    | 'stands-for-nothing'
    | 'retracted'
    | 'unchanged'
    | 'retracted-before';
  /** The new note on the report's source; absent when the report is not news. */
  readonly source?: SourceNote;
};

/** Returns the date of a procedure where the patient lives. */
export const serviceDateOf = (performed: Performed, zone: ZoneId): LocalDate =>
  performed.kind === 'date' ? performed.on : localDateOf(performed.at, zone);

/** Returns the zone of the patient's calendar: reported, known, or the clinic's default. */
export const zoneFor = (record: PatientRecord, report: Completed, defaults: ClinicDefaults): ZoneId =>
  report.patient.zone ?? record.profile?.zone ?? defaults.zone;

/** A completed procedure, what its codes map to, and what it is compared with. */
type Enrollment = {
  readonly record: PatientRecord;
  readonly report: Completed;
  readonly families: readonly FamilyId[];
  readonly serviceDate: LocalDate;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
};

/**
 * Returns an id for the patient's next episode. Whoever decides again from the same record gets the same id, and of two
 * writers that start the same episode one loses.
 */
const newEpisodeId = ({ patientId }: PatientRecord, sourceId: SourceId, number: number): EpisodeId =>
  episodeId(
    createHash('sha256').update(`${patientId} ${sourceId} ${number}`).digest('base64url').slice(0, 22),
  );

const newEpisode = (
  profile: Profile,
  family: FamilyId,
  number: number,
  { record, report, serviceDate, now }: Enrollment,
): Episode => {
  const episode: Episode = {
    patientId: profile.patientId,
    episodeId: newEpisodeId(record, report.sourceId, number),
    family,
    serviceDate,
    revision: 0,
    status: stopOf(profile) === undefined ? 'active' : 'stopped',
    zone: profile.zone,
    planVersion: currentPlanOf(family).version,
    enrolledAt: now,
    sources: [report.sourceId],
    touchpoints: {},
    ...(report.baseline === undefined ? {} : { baseline: report.baseline }),
  };
  return withNextEmail(closePassedWindows(episode, now));
};

const confirmed = (episode: Episode, sourceId: SourceId, profile: Profile, now: UtcInstant): Episode => {
  if (episode.status !== 'cancelled') {
    return episode.sources.includes(sourceId)
      ? episode
      : { ...episode, sources: [...episode.sources, sourceId] };
  }
  const again: Episode = { ...episode, sources: [sourceId], zone: profile.zone };
  const reinstated = withEmailsAgain(again, 'reinstated', now);
  return stopOf(profile) === undefined ? reinstated : withoutPlannedEmails(reinstated, 'stopped');
};

const withoutSource = (episode: Episode, sourceId: SourceId): Episode => {
  const sources = episode.sources.filter((source) => source !== sourceId);
  return sources.length === 0
    ? withoutPlannedEmails({ ...episode, sources }, 'retracted')
    : { ...episode, sources };
};

const hasSource = (episode: Episode, sourceId: SourceId): boolean => episode.sources.includes(sourceId);

const noteOf = (record: PatientRecord, sourceId: SourceId): SourceNote | undefined =>
  record.sources.find((note) => note.sourceId === sourceId);

/**
 * True when a report is newer than the last one on its source. Of two of the same second the later arrival wins,
 * unless it repeats the other or the other was a retraction.
 */
const isNewerReport = (note: SourceNote | undefined, report: ProcedureReport): boolean => {
  if (note === undefined || report.reportedAt > note.reportedAt) return true;
  if (report.reportedAt < note.reportedAt || note.status === 'retracted') return false;
  return report.status === 'retracted' || report.eventId !== note.eventId;
};

const noteAfter = (
  note: SourceNote | undefined,
  { sourceId, reportedAt, eventId }: ProcedureReport,
  status: SourceNote['status'],
): SourceNote => ({ sourceId, revision: (note?.revision ?? 0) + 1, status, reportedAt, eventId });

/** Returns the episodes as a changed profile alone leaves them. */
const episodesWith = (record: PatientRecord, profile: Profile, now: UtcInstant): readonly Episode[] => {
  const moved = episodesAfter(record, profile, now);
  return record.episodes.map(
    (episode) => moved.find((other) => other.episodeId === episode.episodeId) ?? episode,
  );
};

/** Returns the items that differ from the stored ones, each in its next revision. */
const changeTo = (
  record: PatientRecord,
  profile: Profile,
  episodes: readonly Episode[],
  touchesProfile = false,
): PatientChange => ({
  ...(profile !== record.profile || touchesProfile ? { profile: revised(profile) } : {}),
  episodes: episodes
    .filter((episode) => !record.episodes.includes(episode))
    .map((episode) => stepped(record, episode)),
});

/**
 * Returns the change that a completed procedure makes. Repetitions of what is known (a duplicate, an add-on, the
 * other side) start nothing. A corrected report takes its source away from the episodes it no longer maps to; an
 * episode without a source is cancelled. A report older than the last one on its source changes no episode, so
 * reports may arrive in any order. An episode of a patient who may not be emailed is kept: it belongs in the
 * denominator. Starting an episode writes the profile too, so that a concurrent stop cannot miss the new episode.
 */
export const enroll = (enrollment: Enrollment): EnrollmentChange => {
  const { record, report, families, serviceDate, defaults, now } = enrollment;
  const note = noteOf(record, report.sourceId);
  const isNew = isNewerReport(note, report);
  const profile =
    families.length === 0
      ? record.profile
      : profileAfter({ record, reported: report.patient, reportedAt: report.reportedAt, defaults, now });
  const isKnown = record.episodes.some((episode) => hasSource(episode, report.sourceId));
  if (profile === undefined || (families.length === 0 && !isKnown)) {
    const source = isNew ? { source: noteAfter(note, report, 'ignored') } : {};
    return { outcome: 'stands-for-nothing', episodes: [], ...source };
  }

  const current = episodesWith(record, profile, now);
  if (!isNew) {
    const outcome = note?.status === 'retracted' ? 'retracted-before' : 'already-known';
    return { outcome, ...changeTo(record, profile, current) };
  }
  const stands = (episode: Episode): boolean =>
    episode.serviceDate === serviceDate && families.includes(episode.family);

  const updated = current.map((episode) => {
    if (stands(episode)) return confirmed(episode, report.sourceId, profile, now);
    return hasSource(episode, report.sourceId) ? withoutSource(episode, report.sourceId) : episode;
  });
  const started = families
    .filter((family) => !current.some((episode) => isSame(episode, family, serviceDate)))
    .map((family, index) => newEpisode(profile, family, record.episodes.length + index, enrollment));
  const reinstated = updated.some(
    (episode, index) => current[index]?.status === 'cancelled' && episode.status !== 'cancelled',
  );
  const isEnrolled = started.length > 0 || reinstated;
  return {
    outcome: isEnrolled ? 'enrolled' : 'already-known',
    source: noteAfter(note, report, families.length === 0 ? 'ignored' : 'completed'),
    ...changeTo(record, profile, [...updated, ...started], isEnrolled),
  };
};

const isSame = (episode: Episode, family: FamilyId, serviceDate: LocalDate): boolean =>
  episode.family === family && episode.serviceDate === serviceDate;

const stepped = (record: PatientRecord, episode: Episode): Episode => {
  const before = record.episodes.find((other) => other.episodeId === episode.episodeId);
  return { ...episode, revision: (before?.revision ?? 0) + 1 };
};

/**
 * Returns the change that a retraction makes: its source is taken away, and an episode without a source is
 * cancelled. The retraction is remembered, so that a late copy of the report starts nothing.
 */
export const retract = (record: PatientRecord, report: Retracted): EnrollmentChange => {
  const note = noteOf(record, report.sourceId);
  if (!isNewerReport(note, report)) return { outcome: 'unchanged', episodes: [] };
  return {
    outcome: 'retracted',
    source: noteAfter(note, report, 'retracted'),
    episodes: record.episodes
      .filter((episode) => hasSource(episode, report.sourceId))
      .map((episode) => revised(withoutSource(episode, report.sourceId))),
  };
};
