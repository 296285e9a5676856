import type { Baseline } from './episode.ts';
import type { Locale } from './locale.ts';
import type { LocalDate, UtcInstant, ZoneId } from './time.ts';

export const codeSystems = ['CPT', 'HCPCS', 'SNOMED', 'LOCAL'] as const;
export type CodeSystem = (typeof codeSystems)[number];

/** A procedure code as the source gave it, with its billing modifiers where there are any. */
export type ProcedureCode = {
  readonly system: CodeSystem;
  readonly code: string;
  readonly modifiers: readonly string[];
};

/** What the procedure was for. Facet injections and diagnostic blocks share their codes; this tells them apart. */
export type Intent = 'therapeutic' | 'diagnostic';

/** When it was done: a moment, or only a date in the clinic's own calendar. */
export type Performed =
  | { readonly kind: 'instant'; readonly at: UtcInstant }
  | { readonly kind: 'date'; readonly on: LocalDate };

/** How the source describes the patient. Absent fields are unknown, not empty. */
export type ReportedPatient = {
  readonly patientId: string;
  readonly email?: string;
  readonly givenName?: string;
  readonly locale?: Locale;
  readonly zone?: ZoneId;
};

/**
 * What a source says about one procedure record, whatever form it came in (event, FHIR, CSV). A retracted one
 * (entered in error, not done) may lack everything but its ids.
 */
export type ProcedureReport =
  | {
      readonly status: 'completed';
      readonly eventId: string;
      readonly sourceId: string;
      readonly reportedAt: UtcInstant;
      readonly patient: ReportedPatient;
      readonly performed: Performed;
      readonly codes: readonly ProcedureCode[];
      readonly intent?: Intent;
      readonly baseline?: Baseline;
    }
  | {
      readonly status: 'retracted';
      readonly eventId: string;
      readonly sourceId: string;
      readonly reportedAt: UtcInstant;
      readonly patient: { readonly patientId: string };
    };

/** What a source says about how, or whether, a patient can be reached. */
export type ContactReport = ReportedPatient & {
  readonly eventId: string;
  readonly reportedAt: UtcInstant;
  /** True: the patient asked the clinic for no more mail. False: the patient asked to get it again. */
  readonly optedOut?: boolean;
  readonly died?: boolean;
};
