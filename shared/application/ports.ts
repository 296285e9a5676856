import type { CellChange } from '../domain/cells.ts';
import type { Cell, Contribution, Scope } from '../domain/contribution.ts';
import type { EpisodeKey, TouchpointId } from '../domain/episode.ts';
import type { Link, PatientRecord } from '../domain/patient.ts';
import type { Pause } from '../domain/pause.ts';
import type { UtcInstant } from '../domain/time.ts';
import type { CareWrite } from './care-writes.ts';

/** Tells the time. On the laptop it can be moved. */
export type Clock = { readonly now: () => UtcInstant };

/** Makes the secrets in links: at least 128 random bits, URL-safe text. */
export type TokenSource = { readonly next: () => string };

/** An entry of the due index: it suggests an episode; the episode itself decides. */
export type DueEntry = EpisodeKey & { readonly nextDueAt: UtcInstant };

/** The people's table. */
export type CareStore = {
  /** All that is stored of one patient, read consistently; an empty record when nothing is. */
  readonly load: (patientId: string) => Promise<PatientRecord>;
  /**
   * Writes all or nothing. Each write is conditional on the revision before it, so two that read the same
   * state cannot both win: the loser gets `conflict`, reads again and decides again.
   */
  readonly commit: (writes: readonly CareWrite[]) => Promise<'committed' | 'conflict'>;
  /** Notes that a mail of a touchpoint arrived, by the rule of `withDelivery`, without reading the record. */
  readonly noteDelivery: (
    key: EpisodeKey,
    touchpoint: TouchpointId,
  ) => Promise<'recorded' | 'nothing-to-record'>;
  /** Entries of one shard due at or before `until`, oldest first, at most `limit`. */
  readonly due: (shard: number, until: UtcInstant, limit: number) => Promise<readonly DueEntry[]>;
  /** The mail that a token came with; undefined when there is none or it was deleted. */
  readonly findLink: (tokenHash: string) => Promise<Link | undefined>;
};

/** Where it is written what operations has paused. */
export type PauseStore = {
  readonly read: () => Promise<Pause | undefined>;
  readonly write: (pause: Pause) => Promise<void>;
  readonly clear: () => Promise<void>;
};

/** Changes to counts, and the markers that prove they are made once. */
export type CountChange = {
  readonly patientId: string;
  /** The marker's revision before the change; 0 when there is none yet. */
  readonly expectedRevision: number;
  readonly contribution: Contribution;
};

/** The one place where both tables are written together: markers in `care`, counters in `outcomes`. */
export type CountingStore = {
  readonly apply: (
    markers: readonly CountChange[],
    changes: readonly CellChange[],
  ) => Promise<'committed' | 'conflict'>;
};

/** Counts only; no person can be reached from here. */
export type CellStore = { readonly cells: (scope: Scope) => Promise<readonly Cell[]> };

/** A mail ready to go. `raw` is a whole MIME message; `sendId` comes back in SES events. */
export type OutgoingMail = {
  readonly sendId: string;
  readonly to: string;
  readonly raw: Uint8Array;
};

/**
 * What became of a send. `refused` is definite: the mail did not go, and `scope` says whether the next one
 * has a chance. `ambiguous` may have gone: it is never sent again blindly.
 */
export type SendOutcome =
  | { readonly outcome: 'accepted'; readonly messageId: string }
  | {
      readonly outcome: 'refused';
      readonly scope: 'this-mail' | 'all-for-now' | 'all-today' | 'all-until-fixed';
      readonly reason: string;
    }
  | { readonly outcome: 'ambiguous'; readonly reason: string };

export type SendAllowance = { readonly perSecond: number; readonly leftToday: number };

export type Mailer = {
  readonly send: (mail: OutgoingMail) => Promise<SendOutcome>;
  readonly allowance: () => Promise<SendAllowance>;
};

/** Log lines by code, with ids and numbers only: never an address, a name, an answer, a procedure, a token. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;
export type Log = {
  readonly info: (code: string, fields?: LogFields) => void;
  readonly warn: (code: string, fields?: LogFields) => void;
  readonly error: (code: string, fields?: LogFields) => void;
};

/** Counts and ages that alarms watch. */
export type Metrics = { readonly add: (name: string, value: number, unit?: 'Count' | 'Seconds') => void };

/** Reads every patient's record, in no order: for the daily proof that the counts are what they should be. */
export type CareScan = { readonly patients: () => AsyncIterable<PatientRecord> };
