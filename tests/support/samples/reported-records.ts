import { type EnrollmentChange, enroll, retract } from '../../../shared/care/intake/enrollment.ts';
import type { ProcedureReport } from '../../../shared/care/intake/procedure-report.ts';
import type { PatientChange } from '../../../shared/care/patient/commit-change.ts';
import type { Episode } from '../../../shared/care/patient/episode.ts';
import type { PatientRecord, SourceNote } from '../../../shared/care/patient/patient.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { defaults, emptyRecord } from './builders.ts';

const isSame = (a: Episode, b: Episode): boolean => a.episodeId === b.episodeId;

/** Returns the record after a change, as the store would load it. */
export const applied = (
  record: PatientRecord,
  change: PatientChange & { readonly source?: SourceNote },
): PatientRecord => ({
  ...record,
  ...(change.profile === undefined ? {} : { profile: change.profile }),
  episodes: [
    ...record.episodes.filter((episode) => !change.episodes.some((other) => isSame(other, episode))),
    ...change.episodes,
  ],
  sources: [
    ...record.sources.filter(({ sourceId }) => sourceId !== change.source?.sourceId),
    ...(change.source === undefined ? [] : [change.source]),
  ],
});

/** Returns the change that a report makes to a record at time `now`. */
export const changeBy = (
  record: PatientRecord,
  report: ProcedureReport,
  now: UtcInstant,
): EnrollmentChange => {
  if (report.status === 'completed') return enroll({ record, report, defaults, now });
  if (report.status === 'retracted') return retract({ record, report, now });
  const wasCompleted = record.sources.some(
    ({ sourceId, status }) => sourceId === report.sourceId && status === 'completed',
  );
  return wasCompleted
    ? retract({ record, report: { ...report, status: 'retracted' }, now })
    : { outcome: 'unchanged', episodes: [] };
};

/** Returns the record after reports that arrive in the given order. */
export const recordAfter = (
  reports: readonly ProcedureReport[],
  now: UtcInstant = '2026-03-20T16:00:00Z',
  before: PatientRecord = emptyRecord,
): PatientRecord =>
  reports.reduce((record, report) => applied(record, changeBy(record, report, now)), before);
