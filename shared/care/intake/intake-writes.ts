import type { CareWrite } from '../patient/care-writes.ts';
import { writesOf } from '../patient/commit-change.ts';
import { isTaken, remembering, valueFingerprint } from '../patient/history/taken-messages.ts';
import type { PatientRecord, ReportedField } from '../patient/patient.ts';
import type { MessageIdentity, ReportedPatient } from '../patient/profiles.ts';
import type { EnrollmentChange } from './enrollment.ts';

/** The writes of a change to a patient's record. */
export const changeWrites = (
  { patientId }: PatientRecord,
  change: EnrollmentChange,
): readonly CareWrite[] => [
  ...writesOf(change),
  ...(change.responses ?? []).map((item) => ({ kind: 'response' as const, item })),
  ...(change.source === undefined
    ? []
    : [{ kind: 'source' as const, item: { ...change.source, patientId } }]),
];

/** The values that a message without a time must not bring back later; see `isToldBefore`. */
export const valuesIn = (reported: Partial<ReportedPatient> & MessageIdentity): readonly string[] =>
  reported.reportedAt !== undefined
    ? []
    : (['email', 'givenName', 'locale', 'zone'] as const).flatMap(
        (field: keyof typeof reported & ReportedField) =>
          reported[field] === undefined ? [] : [valueFingerprint(field, reported[field])],
      );

/** The write that remembers a message. */
export const memoryWrite = (record: PatientRecord, fingerprints: readonly string[]): CareWrite => ({
  kind: 'messages',
  item: { patientId: record.patientId, ...remembering(record.messages, fingerprints) },
});

/** True when the message was taken before. */
export const isRepeated = (record: PatientRecord, fingerprints: readonly string[]): boolean =>
  fingerprints.some((fingerprint) => isTaken(record.messages, fingerprint));
