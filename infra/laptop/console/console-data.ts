import type { Pause } from '../../../shared/care/emailing/pause.ts';
import type { EpisodeKey, EpisodeStatus, TouchpointStatus } from '../../../shared/care/patient/episode.ts';
import type { PatientId } from '../../../shared/care/patient/ids.ts';
import type { StopKind } from '../../../shared/care/patient/stop-facts.ts';
import type { Locale } from '../../../shared/platform/locale.ts';
import type { LocalDate, UtcInstant, ZoneId } from '../../../shared/platform/time.ts';
import type { FamilyId } from '../../../shared/protocol/families.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';
import type { Inbox } from '../emulation/ses/inbox.ts';
import type { ClockMode } from '../played-clock.ts';

/** A row of the episode list. */
export type EpisodeSummary = EpisodeKey & {
  readonly family: FamilyId;
  readonly serviceDate: LocalDate;
  readonly status: EpisodeStatus;
  /** Why the patient gets no more email; absent while they do. */
  readonly stop?: StopKind;
  readonly nextDueAt?: UtcInstant;
  /** Emails reserved so far, over all touchpoints. */
  readonly emails: number;
  /** Surveys answered. */
  readonly responses: number;
};

/** One touchpoint of an episode's plan, with its planned dates and its progress. */
export type TimelineEntry = {
  readonly touchpoint: TouchpointId;
  readonly plannedOn: LocalDate;
  readonly opensOn: LocalDate;
  readonly closesOn: LocalDate;
  readonly status: TouchpointStatus;
  /** Emails reserved for it. */
  readonly emails: number;
  readonly lastEmailOn?: LocalDate;
  readonly delivered?: boolean;
  /** When the patient first answered. */
  readonly answeredAt?: UtcInstant;
  /** False when the answer came too late to be counted. */
  readonly inWindow?: boolean;
  /** Revision of the response: 1, or more once the patient changed it. */
  readonly revision?: number;
};

/** Everything the page of one episode shows. */
export type EpisodeDetail = EpisodeSummary & {
  readonly email?: string;
  readonly zone: ZoneId;
  readonly locale?: Locale;
  readonly timeline: readonly TimelineEntry[];
};

/** The reads behind the console's pages. */
export type ConsoleData = {
  readonly clock: () => Promise<{
    readonly now: UtcInstant;
    readonly mode: ClockMode;
    /** The earliest planned email of any patient. */
    readonly nextDueAt?: UtcInstant;
  }>;
  /** What operations has paused; undefined when nothing is. */
  readonly pause: () => Promise<Pause | undefined>;
  /** Choices of the procedure field: the value for `completeProcedure` and its label. */
  readonly procedures: readonly { readonly value: string; readonly label: string }[];
  /** The latest `limit` episodes by enrollment, newest first, and the total number. */
  readonly episodes: (
    limit: number,
  ) => Promise<{ readonly total: number; readonly newest: readonly EpisodeSummary[] }>;
  readonly episode: (key: EpisodeKey) => Promise<EpisodeDetail | undefined>;
  readonly inbox: Inbox;
  /** The sentences of the latest release; empty before the first one. */
  readonly sentences: () => Promise<readonly string[]>;
  /** Number of dead letters. */
  readonly deadLetters: () => Promise<number>;
};

/** A procedure as entered in the form. Empty fields are absent. */
export type CompletedProcedure = {
  readonly patientId: PatientId;
  readonly email?: string;
  readonly givenName?: string;
  readonly procedure: string;
  readonly serviceDate: LocalDate;
  readonly zone: ZoneId;
  readonly locale: Locale;
};

export type ClockMove =
  | { readonly kind: 'by-days'; readonly days: number }
  | { readonly kind: 'to-next-due' }
  | { readonly kind: 'to-date'; readonly date: LocalDate };

/** The writes behind the console's forms. */
export type ConsoleActions = {
  /** Puts the event on the bus. Returns the episode it started or joined, or why it was refused. */
  readonly completeProcedure: (
    procedure: CompletedProcedure,
  ) => Promise<
    | { readonly outcome: 'enrolled'; readonly episode: EpisodeKey }
    | { readonly outcome: 'refused'; readonly problems: readonly string[] }
  >;
  /** Moves the clock and runs the scheduled rules on the way. A date means its last second, UTC. */
  readonly moveClock: (move: ClockMove) => Promise<{ readonly senderRuns: number }>;
  /** Publishes what the counts allow without waiting for the daily run. */
  readonly publish: () => Promise<void>;
};
