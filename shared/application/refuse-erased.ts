import type { AcceptContact, AcceptProcedure } from './accept-procedure-types.ts';
import type { ErasedPatients } from './erasure-ports.ts';

/** The ways in which something can come to be stored of a patient. */
export type WaysIn = {
  readonly acceptProcedure: AcceptProcedure;
  readonly acceptContact: AcceptContact;
};

/**
 * Takes who was erased and the ways in, gives the same ways, closed to those patients: a source goes on reporting
 * them, in its next export at the latest, and nothing of that may be stored, mailed or counted a second time.
 */
export const refuseErased = ({ wasErased }: ErasedPatients, ways: WaysIn): WaysIn => ({
  acceptProcedure: async (report) =>
    (await wasErased(report.patient.patientId))
      ? { outcome: 'ignored', reasons: ['erased'] }
      : ways.acceptProcedure(report),
  acceptContact: async (report) =>
    (await wasErased(report.patientId)) ? { outcome: 'ignored' } : ways.acceptContact(report),
});
