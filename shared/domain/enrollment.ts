import { localDateOf } from './calendar.ts';
import { closePassedWindows, withContactsAgain, withNextContact, withoutContacts } from './contacts.ts';
import type { Episode } from './episode.ts';
import type { FamilyId } from './families.ts';
import type { PatientRecord, Profile, Retraction } from './patient.ts';
import { currentPlanVersion } from './plans.ts';
import type { Performed, ProcedureReport } from './procedure-report.ts';
import { type ClinicDefaults, episodesAfter, profileAfter } from './profiles.ts';
import { type PatientChange, revised } from './stops.ts';
import type { LocalDate, UtcInstant, ZoneId } from './time.ts';

type Completed = Extract<ProcedureReport, { status: 'completed' }>;
type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

export type EnrollmentChange = PatientChange & {
  readonly outcome: 'enrolled' | 'already-known' | 'retracted' | 'unchanged' | 'retracted-before';
  readonly retraction?: Retraction;
};

/** Takes when a procedure was done, gives its date where the patient lives. */
export const serviceDateOf = (performed: Performed, zone: ZoneId): LocalDate =>
  performed.kind === 'date' ? performed.on : localDateOf(performed.at, zone);

/** Takes a record, a report and what is assumed, gives the zone that the patient's calendar is read in. */
export const zoneFor = (record: PatientRecord, report: Completed, defaults: ClinicDefaults): ZoneId =>
  report.patient.zone ?? record.profile?.zone ?? defaults.zone;

const newEpisode = (
  profile: Profile,
  family: FamilyId,
  serviceDate: LocalDate,
  report: Completed,
  now: UtcInstant,
): Episode => {
  const episode: Episode = {
    patientId: profile.patientId,
    family,
    serviceDate,
    revision: 0,
    status: profile.stop === undefined ? 'active' : 'stopped',
    zone: profile.zone,
    planVersion: currentPlanVersion,
    enrolledAt: now,
    sources: [report.sourceId],
    touchpoints: {},
    ...(report.baseline === undefined ? {} : { baseline: report.baseline }),
  };
  return withNextContact(closePassedWindows(episode, now));
};

const confirmed = (episode: Episode, sourceId: string, profile: Profile, now: UtcInstant): Episode => {
  if (episode.status !== 'cancelled') {
    return episode.sources.includes(sourceId)
      ? episode
      : { ...episode, sources: [...episode.sources, sourceId] };
  }
  const reinstated = withContactsAgain({ ...episode, sources: [sourceId] }, 'reinstate', now);
  return profile.stop === undefined ? reinstated : withoutContacts(reinstated, 'stop');
};

const withoutSource = (episode: Episode, sourceId: string): Episode => {
  const sources = episode.sources.filter((source) => source !== sourceId);
  return sources.length === 0 ? withoutContacts({ ...episode, sources }, 'retract') : { ...episode, sources };
};

const hasSource = (episode: Episode, sourceId: string): boolean => episode.sources.includes(sourceId);

/**
 * Takes a record, a completed procedure with the families and the date it stands for, and the time; gives the
 * change. Whatever repeats what is known (a duplicate, an add-on, the other side) starts nothing. A corrected
 * report takes its source away from the episodes it no longer stands for; an episode without any is cancelled.
 * An episode of a patient who may not be mailed is kept all the same: it belongs in the denominator.
 */
export const enroll = (
  record: PatientRecord,
  report: Completed,
  families: readonly FamilyId[],
  serviceDate: LocalDate,
  defaults: ClinicDefaults,
  now: UtcInstant,
): EnrollmentChange => {
  const takenBack = record.retractions.some(
    ({ sourceId, at }) => sourceId === report.sourceId && at >= report.reportedAt,
  );
  if (takenBack) return { outcome: 'retracted-before', episodes: [] };

  const profile = profileAfter(record, report.patient, report.reportedAt, defaults, now);
  const moved = profile === record.profile ? [] : episodesAfter(record, profile, now);
  const current = record.episodes.map(
    (episode) => moved.find((other) => isSame(other, episode.family, episode.serviceDate)) ?? episode,
  );
  const stands = (episode: Episode): boolean =>
    episode.serviceDate === serviceDate && families.includes(episode.family);

  const updated = current.map((episode) => {
    if (stands(episode)) return confirmed(episode, report.sourceId, profile, now);
    return hasSource(episode, report.sourceId) ? withoutSource(episode, report.sourceId) : episode;
  });
  const started = families
    .filter((family) => !current.some((episode) => isSame(episode, family, serviceDate)))
    .map((family) => newEpisode(profile, family, serviceDate, report, now));

  const episodes = [...updated, ...started].filter((episode) => !record.episodes.includes(episode));
  const reinstated = updated.some(
    (episode, index) => current[index]?.status === 'cancelled' && episode.status !== 'cancelled',
  );
  const changedProfile = profile === record.profile ? {} : { profile: revised(profile) };
  return {
    outcome: started.length > 0 || reinstated ? 'enrolled' : 'already-known',
    ...changedProfile,
    episodes: episodes.map((episode) => stepped(record, episode)),
  };
};

const isSame = (episode: Episode, family: FamilyId, serviceDate: LocalDate): boolean =>
  episode.family === family && episode.serviceDate === serviceDate;

const stepped = (record: PatientRecord, episode: Episode): Episode => {
  const before = record.episodes.find((other) => isSame(other, episode.family, episode.serviceDate));
  return { ...episode, revision: (before?.revision ?? 0) + 1 };
};

/**
 * Takes a record and a retraction, gives the change: the source is taken away, an episode without any is
 * cancelled, and the retraction is kept so that a copy that arrives later starts nothing.
 */
export const retract = (record: PatientRecord, report: Retracted): EnrollmentChange => {
  const known = record.retractions.find(({ sourceId }) => sourceId === report.sourceId);
  const episodes = record.episodes
    .filter((episode) => hasSource(episode, report.sourceId))
    .map((episode) => revised(withoutSource(episode, report.sourceId)));
  if (episodes.length === 0 && known !== undefined && known.at >= report.reportedAt) {
    return { outcome: 'unchanged', episodes };
  }
  return {
    outcome: 'retracted',
    episodes,
    retraction: { sourceId: report.sourceId, at: report.reportedAt },
  };
};
