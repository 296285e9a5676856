import type { ContactReport, ProcedureReport } from '../domain/procedure-report.ts';
import type { IgnoredProcedure } from './care-writes.ts';

/**
 * What became of a report. `enrolled`: at least one episode was started. `already-known`: all its episodes
 * exist. `ignored`: it starts nothing, see `reasons`. `retracted`: the record was taken back. `unchanged`: it
 * said nothing new.
 */
export type Accepted = {
  readonly outcome: 'enrolled' | 'already-known' | 'ignored' | 'retracted' | 'unchanged';
  /** Codes from a fixed list, never text from the source. */
  readonly reasons?: readonly string[];
  /** How many episodes were started. */
  readonly episodes?: number;
};

/** What became of news about a patient's contact data. `ignored`: the patient is not known here. */
export type ContactAccepted = { readonly outcome: 'updated' | 'unchanged' | 'ignored' };

/** Stores what a source says about one procedure record. Repeating it changes nothing. */
export type AcceptProcedure = (report: ProcedureReport) => Promise<Accepted>;

/** Stores what a source says about reaching a patient. Repeating it changes nothing. */
export type AcceptContact = (report: ContactReport) => Promise<ContactAccepted>;

/** Stores that a record came in which is understood and starts nothing, such as one that is only planned. */
export type RecordIgnored = (ignored: IgnoredProcedure) => Promise<void>;
