import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import type { CareWrite } from '../patient/care-writes.ts';
import { type Decided, untilCommitted } from '../patient/commit-change.ts';
import { messageFingerprints } from '../patient/history/taken-messages.ts';
import type { PatientRecord, RecordOwner, SourceNote } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import type { ClinicDefaults } from '../patient/profiles.ts';
import { type EnrollmentChange, enroll, retract, withdraw } from './enrollment.ts';
import { changeWrites, isRepeated, memoryWrite, valuesIn } from './intake-writes.ts';
import type { ProcedureReport } from './procedure-report.ts';
import { isNewerReport, noteAfter, noteOn } from './source-notes.ts';

/**
 * The result of a procedure report. `enrolled`: at least one episode began or came back. `corrected`: an episode moved
 * with its record. `already-known`: all its episodes exist. `already-taken`: the same message was taken before, and
 * changes nothing whatever came since. `ignored`: it starts nothing, for `reasons`. `retracted`: the record was taken
 * back. `unchanged`: nothing in it is news.
 */
export type Accepted = {
  readonly outcome:
    | 'enrolled'
    | 'corrected'
    | 'already-known'
    | 'already-taken'
    | 'ignored'
    | 'retracted'
    | 'unchanged';
  /** Codes from a fixed list, never text from the source. */
  readonly reasons?: readonly string[];
  /** Number of episodes started. */
  readonly episodes?: number;
};

/** Stores a report on a procedure record. Repeating it changes nothing. */
export type AcceptProcedure = (report: ProcedureReport) => Promise<Accepted>;

type Completed = Extract<ProcedureReport, { status: 'completed' }>;

type Retracted = Extract<ProcedureReport, { status: 'retracted' }>;

type Unfinished = Extract<ProcedureReport, { status: 'unfinished' }>;

/** What a report is decided on. */
type Intake = {
  readonly record: PatientRecord;
  /** Whose procedure record it is so far. */
  readonly owner: RecordOwner | undefined;
  /** The record of the owner, where that is another patient. */
  readonly holder: PatientRecord | undefined;
  readonly defaults: ClinicDefaults;
  readonly now: UtcInstant;
};

const codesIn = (report: ProcedureReport): { readonly codes?: readonly string[] } => {
  if (report.status !== 'completed') return {};
  const { codes, otherCodes = [] } = report;
  const named = [...codes.map(({ system, code }) => `${system} ${code.toUpperCase()}`), ...otherCodes];
  return { codes: [...new Set(named)] };
};

const ignoredWrite = (report: ProcedureReport, reason: string, at: UtcInstant): CareWrite => ({
  kind: 'ignored',
  item: { patientId: report.patient.patientId, sourceId: report.sourceId, at, reason, ...codesIn(report) },
});

const nameOf = ({ status, sourceId }: ProcedureReport): string => `procedure ${status} ${sourceId}`;

/** The newest word on the procedure record: its owner's, if that is another patient. */
const newestNote = ({ record, holder }: Intake, { sourceId }: ProcedureReport): SourceNote | undefined =>
  noteOn(holder ?? record, sourceId) ?? noteOn(record, sourceId);

/** Another patient who has the procedure record loses it, and whose it is from now on is noted. */
const ownerWrites = (intake: Intake, report: ProcedureReport): readonly CareWrite[] => {
  const { record, owner, holder, now } = intake;
  const { patientId } = record;
  if (owner?.patientId === patientId) return [];
  const { sourceId } = report;
  return [
    { kind: 'owner', item: { sourceId, patientId, revision: (owner?.revision ?? 0) + 1 } },
    ...(holder === undefined
      ? []
      : [
          ...changeWrites(holder, withdraw(holder, report, 'moved', now)),
          {
            kind: 'audit' as const,
            item: { patientId: holder.patientId, at: now, action: 'retracted' as const },
          },
        ]),
  ];
};

const resultOf = (intake: Intake, change: EnrollmentChange): Accepted => {
  const reasons = [
    ...(change.outcome === 'not-dated' ? ['not-dated'] : []),
    ...(intake.holder !== undefined && change.source !== undefined ? ['was-of-another-patient'] : []),
  ];
  const started = change.episodes.filter(({ revision }) => revision === 1).length;
  const known = change.outcome === 'corrected' ? 'corrected' : 'already-known';
  return {
    outcome: change.outcome === 'enrolled' ? 'enrolled' : known,
    ...(started > 0 ? { episodes: started } : {}),
    ...(reasons.length > 0 ? { reasons } : {}),
  };
};

const decideCompleted = (intake: Intake, report: Completed): Decided<Accepted> => {
  const { record, defaults, now } = intake;
  const fingerprints = messageFingerprints(nameOf(report), report);
  if (isRepeated(record, fingerprints)) return { writes: [], result: { outcome: 'already-taken' } };
  const newest = newestNote(intake, report);
  const change = enroll({ record, report, newest, defaults, now });
  const isNew = isNewerReport(newest, report);
  const writes = [...changeWrites(record, change), ...(isNew ? ownerWrites(intake, report) : [])];
  if (change.outcome === 'stands-for-nothing') {
    const reasons = change.ignored ?? [];
    // It is not remembered: once the code map knows its codes, the same report may start something.
    return {
      writes: [...writes, ignoredWrite(report, reasons.join(' '), now)],
      result: { outcome: 'ignored', reasons },
    };
  }
  const { patientId: _, ...told } = report.patient;
  const { reportedAt } = report;
  const values = valuesIn({ ...told, ...(reportedAt === undefined ? {} : { reportedAt }) });
  // What could not be placed in time may be sent again with a time.
  const known = change.outcome === 'not-dated' ? [] : fingerprints;
  const taken = [...writes, memoryWrite(record, [...known, ...values])];
  if (change.outcome === 'retracted-before') {
    return {
      writes: [...taken, ignoredWrite(report, 'retracted-before', now)],
      result: { outcome: 'ignored', reasons: ['retracted-before'] },
    };
  }
  return { writes: taken, result: resultOf(intake, change) };
};

const decideRetracted = (intake: Intake, report: Retracted): Decided<Accepted> => {
  const { record, now } = intake;
  const { patientId } = record;
  const fingerprints = messageFingerprints(nameOf(report), report);
  if (isRepeated(record, fingerprints)) return { writes: [], result: { outcome: 'already-taken' } };
  const change = retract({ record, report, newest: newestNote(intake, report), now });
  const memory = memoryWrite(record, fingerprints);
  if (change.source === undefined) {
    const isUndated = change.outcome === 'not-dated';
    return {
      writes: isUndated ? [ignoredWrite(report, 'not-dated', now)] : [memory],
      result: isUndated ? { outcome: 'ignored', reasons: ['not-dated'] } : { outcome: 'unchanged' },
    };
  }
  return {
    writes: [
      ...changeWrites(record, change),
      ...ownerWrites(intake, report),
      memory,
      { kind: 'audit', item: { patientId, at: now, action: 'retracted' } },
    ],
    result: { outcome: 'retracted' },
  };
};

/**
 * A record that was completed and no longer is, is taken back; any other is only noted as ignored. The note keeps an
 * older report, arriving later, from starting anything.
 */
const decideUnfinished = (intake: Intake, report: Unfinished): Decided<Accepted> => {
  const { record, now } = intake;
  const newest = newestNote(intake, report);
  if (newest?.status === 'completed') return decideRetracted(intake, { ...report, status: 'retracted' });
  const isNews = report.reportedAt !== undefined && isNewerReport(newest, report);
  const source = isNews ? noteAfter(noteOn(record, report.sourceId), report, 'ignored', now) : undefined;
  const change = { outcome: 'unchanged' as const, episodes: [], ...(source === undefined ? {} : { source }) };
  return {
    writes: [...changeWrites(record, change), ignoredWrite(report, report.reason, now)],
    result: { outcome: 'ignored', reasons: [report.reason] },
  };
};

const decide = (intake: Intake, report: ProcedureReport): Decided<Accepted> => {
  switch (report.status) {
    case 'completed':
      return decideCompleted(intake, report);
    case 'retracted':
      return decideRetracted(intake, report);
    case 'unfinished':
      return decideUnfinished(intake, report);
  }
};

/**
 * Creates the use case that accepts a procedure report: it starts an episode for each family the codes map to, moves
 * the episodes of a corrected record, or stores why there is none. A record that named another patient before is taken
 * from that one in the same write. Repeating a report changes nothing. A report on an erased patient is ignored: sources
 * go on reporting them, in the next export at the latest. Throws only when the store fails.
 */
export const acceptProcedureWith =
  (store: CareStore, clock: Clock, defaults: ClinicDefaults): AcceptProcedure =>
  (report) =>
    untilCommitted<Accepted>(
      store,
      async () => {
        const { sourceId, patient } = report;
        const owner = await store.findOwner(sourceId);
        const record = await store.load(patient.patientId);
        const isOthers = owner !== undefined && owner.patientId !== patient.patientId;
        const other = isOthers ? await store.load(owner.patientId) : undefined;
        const holder = other !== undefined && noteOn(other, sourceId) !== undefined ? other : undefined;
        return decide({ record, owner, holder, defaults, now: clock.now() }, report);
      },
      { outcome: 'ignored', reasons: ['erased'] },
    );
