import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { familiesOf } from '../../protocol/code-map.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import { type Decided, decideAndCommit, writesOf } from '../patient/commit-change.ts';
import type { PatientRecord } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import { type ClinicDefaults, type ContactReport, contactChange } from '../patient/profiles.ts';
import { type EnrollmentChange, enroll, retract, serviceDateOf, zoneFor } from './enrollment.ts';
import type { ProcedureReport } from './procedure-report.ts';

/**
 * The result of a procedure report. `enrolled`: at least one episode was started. `already-known`: all its episodes
 * exist. `ignored`: it starts nothing, for `reasons`. `retracted`: the record was taken back. `unchanged`: nothing
 * in it is news.
 */
export type Accepted = {
  readonly outcome: 'enrolled' | 'already-known' | 'ignored' | 'retracted' | 'unchanged';
  /** Codes from a fixed list, never text from the source. */
  readonly reasons?: readonly string[];
  /** Number of episodes started. */
  readonly episodes?: number;
};

/** The result of a contact report. `ignored`: the patient was erased. */
export type ContactAccepted = { readonly outcome: 'updated' | 'unchanged' | 'ignored' };

/** Stores a report on a procedure record. Repeating it changes nothing. */
export type AcceptProcedure = (report: ProcedureReport) => Promise<Accepted>;

/** Stores a report on how to reach a patient. Repeating it changes nothing. */
export type AcceptContact = (report: ContactReport) => Promise<ContactAccepted>;

type Completed = Extract<ProcedureReport, { status: 'completed' }>;

type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

type Unfinished = Extract<ProcedureReport, { status: 'unfinished' }>;

const ignoredWrite = (
  { patient: { patientId }, sourceId, codes, otherCodes = [] }: Completed,
  reason: string,
  at: UtcInstant,
): CareWrite => {
  const named = [...codes.map(({ system, code }) => `${system} ${code.toUpperCase()}`), ...otherCodes];
  return { kind: 'ignored', item: { patientId, sourceId, at, reason, codes: [...new Set(named)] } };
};

const sourceWrite = ({ patientId }: PatientRecord, { source }: EnrollmentChange): readonly CareWrite[] =>
  source === undefined ? [] : [{ kind: 'source', item: { ...source, patientId } }];

const decideCompleted = (
  record: PatientRecord,
  report: Completed,
  defaults: ClinicDefaults,
  now: UtcInstant,
): Decided<Accepted> => {
  const serviceDate = serviceDateOf(report.performed, zoneFor(record, report, defaults));
  const mapped = familiesOf(report.codes, report.intent, serviceDate);
  const change = enroll({ record, report, families: mapped.families, serviceDate, defaults, now });
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
      { kind: 'audit', item: { patientId, at: now, action: 'retracted' } },
    ],
    result: { outcome: 'retracted' },
  };
};

/** A record that was completed and no longer is, is taken back; any other is only noted as ignored. */
const decideUnfinished = (record: PatientRecord, report: Unfinished, now: UtcInstant): Decided<Accepted> => {
  const { sourceId, reason, patient } = report;
  const wasCompleted = record.sources.some(
    (note) => note.sourceId === sourceId && note.status === 'completed',
  );
  return wasCompleted
    ? decideRetracted(record, { ...report, status: 'retracted' }, now)
    : {
        writes: [{ kind: 'ignored', item: { patientId: patient.patientId, sourceId, at: now, reason } }],
        result: { outcome: 'ignored', reasons: [reason] },
      };
};

const decide = (
  record: PatientRecord,
  report: ProcedureReport,
  defaults: ClinicDefaults,
  now: UtcInstant,
): Decided<Accepted> => {
  switch (report.status) {
    case 'completed':
      return decideCompleted(record, report, defaults, now);
    case 'retracted':
      return decideRetracted(record, report, now);
    case 'unfinished':
      return decideUnfinished(record, report, now);
  }
};

/**
 * Creates the use case that accepts a procedure report: it starts an episode for each family the codes map to, or
 * stores why there is none. Repeating a report changes nothing. A report on an erased patient is ignored: sources go on
 * reporting them, in the next export at the latest. Throws only when the store fails.
 */
export const acceptProcedureWith =
  (store: CareStore, clock: Clock, defaults: ClinicDefaults): AcceptProcedure =>
  (report) =>
    decideAndCommit<Accepted>(
      store,
      report.patient.patientId,
      (record) => decide(record, report, defaults, clock.now()),
      { outcome: 'ignored', reasons: ['erased'] },
    );

/**
 * Creates the use case that accepts a contact report: address, language, zone, opt-out, death. It stores unknown
 * patients too: an opt-out must hold for procedures still to come.
 */
export const acceptContactWith =
  (store: CareStore, clock: Clock, defaults: ClinicDefaults): AcceptContact =>
  (report) =>
    decideAndCommit<ContactAccepted>(
      store,
      report.patientId,
      (record) => {
        const writes = writesOf(contactChange({ record, report, defaults, now: clock.now() }));
        return { writes, result: { outcome: writes.length === 0 ? 'unchanged' : 'updated' } };
      },
      { outcome: 'ignored' },
    );
