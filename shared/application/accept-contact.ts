import type { ClinicDefaults } from '../domain/profiles.ts';
import { contactChange } from '../domain/profiles.ts';
import type { AcceptContact } from './accept-procedure-types.ts';
import { decideAndCommit, writesOf } from './commit-change.ts';
import type { CareStore, Clock } from './ports.ts';

/**
 * Makes the use case that stores what a source says about reaching a patient: address, language, zone, opt-out,
 * death. A patient not known yet is stored too: an opt-out must hold for procedures still to come.
 */
export const acceptContactWith =
  (store: CareStore, clock: Clock, defaults: ClinicDefaults): AcceptContact =>
  (report) =>
    decideAndCommit(store, report.patientId, (record) => {
      const writes = writesOf(contactChange(record, report, defaults, clock.now()));
      return { writes, result: { outcome: writes.length === 0 ? 'unchanged' : 'updated' } };
    });
