import type { AcceptContact } from '../../shared/care/intake/accept-contact.ts';
import type { AcceptProcedure } from '../../shared/care/intake/accept-procedure.ts';
import type { OwnSystems } from '../../shared/care/intake/formats/fhir-identity.ts';
import type { Log, Metrics } from '../../shared/platform/ports.ts';
import type { UtcInstant } from '../../shared/platform/time.ts';

/** What the receiver needs from the rest of the system. */
export type ReceiverParts = {
  readonly accept: AcceptProcedure;
  readonly acceptContact: AcceptContact;
  readonly ownSystems: OwnSystems;
  readonly now: () => UtcInstant;
  readonly log: Log;
  readonly metrics: Metrics;
};
