import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import type { Intent, ProcedureCode } from '../../protocol/code-map.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { PatientId, SourceId, SourceTime } from '../patient/ids.ts';
import type { ReportedPatient } from '../patient/profiles.ts';

/** When the procedure was done: a moment, or only a date in the clinic's own calendar. */
export type Performed =
  | { readonly kind: 'instant'; readonly at: UtcInstant }
  | { readonly kind: 'date'; readonly on: LocalDate };

/**
 * A source's report on one procedure record, whatever its format (event, FHIR, CSV). A retracted record (entered in
 * error, not done) may lack everything but its ids.
 */
export type ProcedureReport =
  | {
      readonly status: 'completed';
      readonly eventId: string;
      readonly sourceId: SourceId;
      readonly reportedAt: SourceTime;
      readonly patient: ReportedPatient;
      readonly performed: Performed;
      readonly codes: readonly ProcedureCode[];
      readonly intent?: Intent;
      readonly baseline?: Baseline;
    }
  | {
      readonly status: 'retracted';
      readonly eventId: string;
      readonly sourceId: SourceId;
      readonly reportedAt: SourceTime;
      readonly patient: { readonly patientId: PatientId };
    };
