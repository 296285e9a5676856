import type { Intent, ProcedureCode } from '../../protocol/code-map.ts';
import type { Baseline } from '../../protocol/measures.ts';
import type { PatientId, SourceId } from '../patient/ids.ts';
import type { Performed } from '../patient/patient.ts';
import type { MessageIdentity, ReportedPatient } from '../patient/profiles.ts';

/**
 * What a source reports about one procedure record, in any format (event, FHIR, CSV). A record that is retracted
 * (entered in error, not done) or unfinished (planned, on hold, stopped) may lack everything but its ids.
 */
export type ProcedureReport =
  | (MessageIdentity & {
      readonly status: 'completed';
      readonly sourceId: SourceId;
      readonly patient: ReportedPatient;
      readonly performed: Performed;
      readonly codes: readonly ProcedureCode[];
      /** Codes of systems that we do not read, as `SYSTEM CODE`: operations counts them where nothing starts. */
      readonly otherCodes?: readonly string[];
      readonly intent?: Intent;
      readonly baseline?: Baseline;
    })
  | (MessageIdentity & {
      readonly status: 'retracted';
      readonly sourceId: SourceId;
      readonly patient: { readonly patientId: PatientId };
    })
  | (MessageIdentity & {
      readonly status: 'unfinished';
      readonly sourceId: SourceId;
      readonly patient: { readonly patientId: PatientId };
      /** `status-in-progress` and the like. */
      readonly reason: string;
    });
