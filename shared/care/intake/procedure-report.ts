import type { LocalDate, UtcInstant } from '../../platform/time.ts';
import type { Intent, ProcedureCode } from '../../protocol/code-map.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { PatientId, SourceId, SourceTime } from '../patient/ids.ts';
import type { ReportedPatient } from '../patient/profiles.ts';

/** When a procedure was performed: an instant, or only a date in the clinic's calendar. */
export type Performed =
  | { readonly kind: 'instant'; readonly at: UtcInstant }
  | { readonly kind: 'date'; readonly on: LocalDate };

/**
 * What a source reports about one procedure record, in any format (event, FHIR, CSV). A record that is retracted
 * (entered in error, not done) or unfinished (planned, on hold, stopped) may lack everything but its ids.
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
      /** Codes of systems that we do not read, as `SYSTEM CODE`: operations counts them where nothing starts. */
      readonly otherCodes?: readonly string[];
      readonly intent?: Intent;
      readonly baseline?: Baseline;
    }
  | {
      readonly status: 'retracted';
      readonly eventId: string;
      readonly sourceId: SourceId;
      readonly reportedAt: SourceTime;
      readonly patient: { readonly patientId: PatientId };
    }
  | {
      readonly status: 'unfinished';
      readonly eventId: string;
      readonly sourceId: SourceId;
      readonly reportedAt: SourceTime;
      readonly patient: { readonly patientId: PatientId };
      /** `status-in-progress` and the like. */
      readonly reason: string;
    };
