import type {
  AcceptContact,
  AcceptProcedure,
  RecordIgnored,
} from '../../shared/application/accept-procedure-types.ts';
import type { Log } from '../../shared/application/ports.ts';
import type { UtcInstant } from '../../shared/domain/time.ts';

/** What the receiver needs from the rest of the system. */
export type ReceiverParts = {
  readonly accept: AcceptProcedure;
  readonly acceptContact: AcceptContact;
  readonly recordIgnored: RecordIgnored;
  readonly now: () => UtcInstant;
  readonly log: Log;
};
