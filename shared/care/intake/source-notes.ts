import type { UtcInstant } from '../../platform/time.ts';
import type { FamilyId } from '../../protocol/families.ts';
import type { SourceId } from '../patient/ids.ts';
import type { PatientRecord, SourceNote } from '../patient/patient.ts';
import type { ProcedureReport } from './procedure-report.ts';

type Completed = Extract<ProcedureReport, { status: 'completed' }>;

/** Returns the note on a procedure record. */
export const noteOn = (record: Pick<PatientRecord, 'sources'>, sourceId: SourceId): SourceNote | undefined =>
  record.sources.find((note) => note.sourceId === sourceId);

/**
 * True when a report is newer than the last one on its source. Of two of the same second the later arrival wins, unless
 * the other was a retraction. A report without a time never overrides one with a time, and takes nothing back that was
 * retracted.
 */
export const isNewerReport = (note: SourceNote | undefined, report: ProcedureReport): boolean => {
  if (note === undefined) return true;
  const isUndone = note.status === 'retracted' && report.status === 'completed';
  if (report.reportedAt === undefined) return note.reportedAt === undefined && !isUndone;
  if (note.reportedAt === undefined || report.reportedAt > note.reportedAt) return true;
  if (report.reportedAt < note.reportedAt || note.status === 'retracted') return false;
  return report.status === 'retracted' || report.eventId === undefined || report.eventId !== note.eventId;
};

/** Returns the baseline that a source has reported last, whatever else its newest report holds. */
export const baselineAfter = (
  note: SourceNote | undefined,
  { baseline, reportedAt }: Completed,
): Pick<SourceNote, 'baseline' | 'baselineAsOf'> => {
  const isOlder =
    note?.baseline !== undefined &&
    (baseline === undefined ||
      (reportedAt === undefined ? note.baselineAsOf !== undefined : reportedAt < (note.baselineAsOf ?? '')));
  const { baseline: kept, baselineAsOf } = isOlder ? note : { baseline, baselineAsOf: reportedAt };
  if (kept === undefined) return {};
  return { baseline: kept, ...(baselineAsOf === undefined ? {} : { baselineAsOf }) };
};

export const noteAfter = (
  note: SourceNote | undefined,
  { sourceId, reportedAt, eventId }: Pick<ProcedureReport, 'sourceId' | 'reportedAt' | 'eventId'>,
  status: SourceNote['status'],
  now: UtcInstant,
): SourceNote => ({
  sourceId,
  revision: (note?.revision ?? 0) + 1,
  status,
  takenAt: now,
  ...(reportedAt === undefined ? {} : { reportedAt }),
  ...(eventId === undefined ? {} : { eventId }),
  ...(note?.baseline === undefined ? {} : { baseline: note.baseline }),
  ...(note?.baselineAsOf === undefined ? {} : { baselineAsOf: note.baselineAsOf }),
});

export const completedNote = (
  note: SourceNote | undefined,
  report: Completed,
  families: readonly FamilyId[],
  now: UtcInstant,
): SourceNote => ({
  ...noteAfter(note, report, families.length === 0 ? 'ignored' : 'completed', now),
  ...(families.length === 0 ? {} : { families, performed: report.performed }),
  ...baselineAfter(note, report),
});
