import { familiesOf } from '../domain/code-map.ts';
import { type EnrollmentChange, enroll, retract, serviceDateOf, zoneFor } from '../domain/enrollment.ts';
import type { PatientRecord } from '../domain/patient.ts';
import type { ProcedureReport } from '../domain/procedure-report.ts';
import type { ClinicDefaults } from '../domain/profiles.ts';
import type { UtcInstant } from '../domain/time.ts';
import type { Accepted, AcceptProcedure } from './accept-procedure-types.ts';
import type { CareWrite } from './care-writes.ts';
import { type Decided, decideAndCommit, writesOf } from './commit-change.ts';
import type { CareStore, Clock } from './ports.ts';

type Completed = Extract<ProcedureReport, { status: 'completed' }>;
type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

const ignoredWrite = (report: ProcedureReport, reason: string, at: UtcInstant): CareWrite => ({
  write: 'ignored',
  item: { patientId: report.patient.patientId, sourceId: report.sourceId, at, reason },
});

const sourceWrite = ({ patientId }: PatientRecord, { source }: EnrollmentChange): readonly CareWrite[] =>
  source === undefined ? [] : [{ write: 'source', item: { ...source, patientId } }];

const decideCompleted = (
  record: PatientRecord,
  report: Completed,
  defaults: ClinicDefaults,
  now: UtcInstant,
): Decided<Accepted> => {
  const serviceDate = serviceDateOf(report.performed, zoneFor(record, report, defaults));
  const mapped = familiesOf(report.codes, report.intent, serviceDate);
  const change = enroll(record, report, mapped.families, serviceDate, defaults, now);
  const writes = [...writesOf(change), ...sourceWrite(record, change)];
  if (change.outcome === 'stands-for-nothing' || change.outcome === 'retracted-before') {
    const reasons = change.outcome === 'retracted-before' ? ['retracted-before'] : [...mapped.ignored];
    return {
      writes: [...writes, ignoredWrite(report, reasons.join(' '), now)],
      result: { outcome: 'ignored', reasons },
    };
  }
  const started = change.episodes.filter(({ revision }) => revision === 1).length;
  return {
    writes,
    result: {
      outcome: change.outcome === 'enrolled' ? 'enrolled' : 'already-known',
      ...(started > 0 ? { episodes: started } : {}),
    },
  };
};

const decideRetracted = (record: PatientRecord, report: Retracted, now: UtcInstant): Decided<Accepted> => {
  const { patientId } = record;
  const change = retract(record, report);
  if (change.source === undefined) return { writes: [], result: { outcome: 'unchanged' } };
  return {
    writes: [
      ...writesOf(change),
      ...sourceWrite(record, change),
      { write: 'audit', item: { patientId, at: now, action: 'retracted' } },
    ],
    result: { outcome: 'retracted' },
  };
};

/**
 * Makes the use case that stores what a source says about one procedure: it starts an episode for each family
 * its codes stand for, or says why it starts none. Repeating a report changes nothing. Throws only when the
 * store fails.
 */
export const acceptProcedureWith =
  (store: CareStore, clock: Clock, defaults: ClinicDefaults): AcceptProcedure =>
  (report) =>
    decideAndCommit(store, report.patient.patientId, (record) =>
      report.status === 'completed'
        ? decideCompleted(record, report, defaults, clock.now())
        : decideRetracted(record, report, clock.now()),
    );
