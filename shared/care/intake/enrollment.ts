import type { UtcInstant } from '../../platform/time.ts';
import { familiesOf, type IgnoredReason } from '../../protocol/code-map.ts';
import { type PatientChange, revised } from '../patient/commit-change.ts';
import type { Episode } from '../patient/episode.ts';
import type { PatientRecord, Profile, SourceNote } from '../patient/patient.ts';
import { type ClinicDefaults, episodesAfter, profileAfter } from '../patient/profiles.ts';
import type { SurveyResponse } from '../patient/response.ts';
import type { ProcedureReport } from './procedure-report.ts';
import { settleEpisodes } from './settle-episodes.ts';
import { baselineAfter, completedNote, isNewerReport, noteAfter, noteOn } from './source-notes.ts';
import { serviceDateOf } from './treatments.ts';

type Completed = Extract<ProcedureReport, { status: 'completed' }>;

type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

export type EnrollmentChange = PatientChange & {
  /** `not-dated`: older or newer cannot be told, because the report has no time and what is known has one. */
  readonly outcome:
    | 'enrolled'
    | 'corrected'
    | 'already-known'
    | 'stands-for-nothing'
    | 'retracted'
    | 'unchanged'
    | 'retracted-before'
    | 'not-dated';
  /** The new note on the report's source; absent when there is nothing new to note. */
  readonly source?: SourceNote;
  /** Answers that move to another episode of the same treatment. */
  readonly responses?: readonly SurveyResponse[];
  /** Why codes of the report start nothing. */
  readonly ignored?: readonly IgnoredReason[];
};

/** A procedure report, and what it is compared with. */
type Intake<Report> = {
  readonly record: PatientRecord;
  readonly report: Report;
  /** The newest note on the procedure record, which may be another patient's; the patient's own when left out. */
  readonly newest?: SourceNote | undefined;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
};

/** Returns the episodes as a changed profile alone leaves them. */
const episodesWith = (record: PatientRecord, profile: Profile, now: UtcInstant): readonly Episode[] => {
  const moved = episodesAfter(record, profile, now);
  return record.episodes.map(
    (episode) => moved.find((other) => other.episodeId === episode.episodeId) ?? episode,
  );
};

const stepped = (record: PatientRecord, episode: Episode): Episode => {
  const before = record.episodes.find((other) => other.episodeId === episode.episodeId);
  return { ...episode, revision: (before?.revision ?? 0) + 1 };
};

const withNote = (record: PatientRecord, source: SourceNote | undefined): PatientRecord =>
  source === undefined
    ? record
    : {
        ...record,
        sources: [...record.sources.filter(({ sourceId }) => sourceId !== source.sourceId), source],
      };

/** A change, and how many episodes began or came back by it. */
type Resettled = {
  readonly change: PatientChange & Pick<EnrollmentChange, 'responses'>;
  readonly enrolled: number;
  readonly isRearranged: boolean;
};

/**
 * Returns the change to everything that follows from the patient's notes and profile. Where an episode begins or moves
 * the profile is written too, so that a concurrent stop cannot miss it and of two writers that start the same one only
 * one wins.
 */
const resettled = (
  record: PatientRecord,
  profile: Profile,
  now: UtcInstant,
  source?: SourceNote,
): Resettled => {
  const current = { ...withNote(record, source), episodes: episodesWith(record, profile, now) };
  const { episodes, responses, enrolled, isRearranged } = settleEpisodes(current, profile, now);
  const change = {
    ...(profile !== record.profile || isRearranged ? { profile: revised(profile) } : {}),
    episodes: episodes
      .filter((episode) => !record.episodes.includes(episode))
      .map((episode) => stepped(record, episode)),
    ...(responses.length === 0 ? {} : { responses }),
  };
  return { change, enrolled, isRearranged };
};

/** A report that is no news may still hold a baseline that no later one has, and fields of the profile. */
const withOldNews = (
  { record, report, now }: Intake<Completed>,
  note: SourceNote | undefined,
  profile: Profile,
): Pick<EnrollmentChange, 'profile' | 'episodes' | 'responses' | 'source'> => {
  const baseline = note?.status === 'completed' ? baselineAfter(note, report) : {};
  const isNew = note !== undefined && baseline.baseline !== undefined && baseline.baseline !== note.baseline;
  const source = isNew ? { ...note, ...baseline, revision: note.revision + 1 } : undefined;
  const { change } = resettled(record, profile, now, source);
  return { ...change, ...(source === undefined ? {} : { source }) };
};

/**
 * Returns the change that a completed procedure makes. What the patient's records say together decides which episodes
 * there are: repetitions of what is known (a duplicate, an add-on, the other side) start nothing, and a corrected record
 * takes its episode along. A report older than the last one on its source changes no episode, so reports may arrive in
 * any order. An episode of a patient who may not be emailed is kept: it belongs in the denominator.
 */
export const enroll = (intake: Intake<Completed>): EnrollmentChange => {
  const { record, report, defaults, now } = intake;
  const { sourceId, reportedAt } = report;
  const note = noteOn(record, sourceId);
  const newest = intake.newest ?? note;
  const isNew = isNewerReport(newest, report);
  const reported = profileAfter({ record, reported: report.patient, reportedAt, defaults, now });
  const { families, ignored } = familiesOf(
    report.codes,
    report.intent,
    serviceDateOf(report.performed, reported.zone),
  );
  const profile = families.length === 0 ? record.profile : reported;
  const isKnown = record.episodes.some((episode) => episode.sources.includes(sourceId));
  if (profile === undefined || (families.length === 0 && !isKnown)) {
    const source = isNew ? { source: completedNote(note, report, families, now) } : {};
    return { outcome: 'stands-for-nothing', episodes: [], ignored, ...source };
  }
  if (!isNew) {
    const isUndated = reportedAt === undefined && newest?.reportedAt !== undefined;
    const old = isUndated ? 'not-dated' : 'already-known';
    const outcome = newest?.status === 'retracted' ? 'retracted-before' : old;
    return { outcome, ...withOldNews(intake, note, profile) };
  }
  const source = completedNote(note, report, families, now);
  const { change, enrolled, isRearranged } = resettled(record, profile, now, source);
  const known = isRearranged ? 'corrected' : 'already-known';
  return { outcome: enrolled > 0 ? 'enrolled' : known, source, ...change };
};

/**
 * Returns the change by which a patient loses a procedure record: its source took it back, or it is another patient's.
 * An episode that no other record stands for is cancelled. The note stays, so that a late copy starts nothing.
 */
export const withdraw = (
  record: PatientRecord,
  report: Pick<ProcedureReport, 'sourceId' | 'reportedAt' | 'eventId'>,
  status: 'retracted' | 'moved',
  now: UtcInstant,
): EnrollmentChange => {
  const source = noteAfter(noteOn(record, report.sourceId), report, status, now);
  const change =
    record.profile === undefined ? { episodes: [] } : resettled(record, record.profile, now, source).change;
  return { outcome: 'retracted', source, ...change };
};

/** Returns the change that a retraction makes. */
export const retract = ({
  record,
  report,
  newest,
  now,
}: Omit<Intake<Retracted>, 'defaults'>): EnrollmentChange => {
  const last = newest ?? noteOn(record, report.sourceId);
  if (isNewerReport(last, report)) return withdraw(record, report, 'retracted', now);
  const isUndated = report.reportedAt === undefined && last?.reportedAt !== undefined;
  return { outcome: isUndated && last.status !== 'retracted' ? 'not-dated' : 'unchanged', episodes: [] };
};

/** Returns the change with all procedures dated where the patient lives now, when a new zone moves any of them. */
export const redated = (record: PatientRecord, change: PatientChange, now: UtcInstant): EnrollmentChange => {
  const { profile } = change;
  const isMoved =
    profile !== undefined && record.profile !== undefined && profile.zone !== record.profile.zone;
  if (!isMoved) return { outcome: 'already-known', ...change };
  const episodes = record.episodes.map(
    (episode) => change.episodes.find(({ episodeId }) => episodeId === episode.episodeId) ?? episode,
  );
  const settled = settleEpisodes({ ...record, episodes }, profile, now);
  return {
    outcome: 'corrected',
    profile,
    episodes: settled.episodes
      .filter((episode) => !record.episodes.includes(episode))
      .map((episode) => stepped(record, episode)),
    ...(settled.responses.length === 0 ? {} : { responses: settled.responses }),
  };
};
