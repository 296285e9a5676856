import type { Clock } from '../../platform/ports.ts';
import type { UtcInstant } from '../../platform/time.ts';
import { type Decided, decideAndCommit, writesOf } from '../patient/commit-change.ts';
import { messageFingerprints } from '../patient/history/taken-messages.ts';
import type { PatientRecord } from '../patient/patient.ts';
import type { CareStore } from '../patient/ports.ts';
import { type ClinicDefaults, type ContactReport, contactChange } from '../patient/profiles.ts';
import { episodesInStep } from '../patient/stops.ts';
import { redated } from './enrollment.ts';
import { changeWrites, isRepeated, memoryWrite, valuesIn } from './intake-writes.ts';

/** The result of a contact report. `ignored`: the patient was erased. */
export type ContactAccepted = {
  readonly outcome: 'updated' | 'unchanged' | 'already-taken' | 'ignored';
};

/** Stores a report on how to reach a patient. Repeating it changes nothing. */
export type AcceptContact = (report: ContactReport) => Promise<ContactAccepted>;

const decideContact = (
  record: PatientRecord,
  report: ContactReport,
  defaults: ClinicDefaults,
  now: UtcInstant,
): Decided<ContactAccepted> => {
  const fingerprints = messageFingerprints('contact', report);
  if (isRepeated(record, fingerprints)) {
    // A message that concerned more episodes than one write holds may have left some behind.
    const episodes = record.profile === undefined ? [] : episodesInStep(record, record.profile, now);
    return { writes: writesOf({ episodes }), result: { outcome: 'already-taken' } };
  }
  const change = redated(record, contactChange({ record, report, defaults, now }), now);
  const writes = changeWrites(record, change);
  return {
    writes: [...writes, memoryWrite(record, [...fingerprints, ...valuesIn(report)])],
    result: { outcome: writes.length === 0 ? 'unchanged' : 'updated' },
  };
};

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
      (record) => decideContact(record, report, defaults, clock.now()),
      { outcome: 'ignored' },
    );
