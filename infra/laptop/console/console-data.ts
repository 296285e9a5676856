import type {
  EpisodeKey,
  EpisodeStatus,
  StopReason,
  TouchpointStatus,
} from '../../../shared/care/patient/episode.ts';
import type { PatientId } from '../../../shared/care/patient/ids.ts';
import type { Pause } from '../../../shared/care/patient/pause.ts';
import type { Locale } from '../../../shared/platform/locale.ts';
import type { LocalDate, UtcInstant, ZoneId } from '../../../shared/platform/time.ts';
import type { TouchpointId } from '../../../shared/protocol/plans.ts';
import type { Inbox } from '../emulation/ses/inbox.ts';
import type { ClockMode } from '../played-clock.ts';

/** One episode as the list shows it. */
export type EpisodeSummary = EpisodeKey & {
  readonly status: EpisodeStatus;
  /** Why nothing more is emailed to the patient, if so. */
  readonly stop?: StopReason;
  readonly nextDueAt?: UtcInstant;
  readonly emails: number;
  readonly answers: number;
};

/** One touchpoint of an episode's plan and what has become of it. */
export type TimelineEntry = {
  readonly touchpoint: TouchpointId;
  readonly plannedOn: LocalDate;
  readonly opensOn: LocalDate;
  readonly closesOn: LocalDate;
  readonly status: TouchpointStatus;
  /** Emails claimed for it. */
  readonly emails: number;
  readonly lastEmailOn?: LocalDate;
  readonly delivered?: boolean;
  /** When it was first answered, and whether that was in time to be counted. */
  readonly answeredAt?: UtcInstant;
  readonly inWindow?: boolean;
  /** The revision of the answer: 1, or more when it was changed. */
  readonly revision?: number;
};

/** One episode in full. */
export type EpisodeDetail = EpisodeSummary & {
  readonly email?: string;
  readonly zone: ZoneId;
  readonly locale?: Locale;
  readonly timeline: readonly TimelineEntry[];
};

/** What the console shows. */
export type ConsoleData = {
  readonly clock: () => Promise<{
    readonly now: UtcInstant;
    readonly mode: ClockMode;
    /** The earliest planned email of anybody. */
    readonly nextDueAt?: UtcInstant;
  }>;
  /** What operations has paused, if anything. */
  readonly pause: () => Promise<Pause | undefined>;
  /** What can be chosen as done: a value for `completeProcedure` and the words to show. */
  readonly procedures: readonly { readonly value: string; readonly label: string }[];
  /** The episodes enrolled last, newest first, and how many there are in all. */
  readonly episodes: (
    limit: number,
  ) => Promise<{ readonly total: number; readonly newest: readonly EpisodeSummary[] }>;
  readonly episode: (key: EpisodeKey) => Promise<EpisodeDetail | undefined>;
  readonly inbox: Inbox;
  /** The sentences of the latest release; empty when there is none yet. */
  readonly sentences: () => Promise<readonly string[]>;
  /** How many events ended among the dead letters. */
  readonly deadLetters: () => Promise<number>;
};

/** A procedure as the form gives it. Empty texts are left out. */
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
  | { readonly move: 'by'; readonly days: number }
  | { readonly move: 'to-next-due' }
  | { readonly move: 'to-date'; readonly date: LocalDate };

/** What the console does. */
export type ConsoleActions = {
  /** Puts the event on the bus. Gives the episode it started or belongs to, or what is wrong with it. */
  readonly completeProcedure: (
    procedure: CompletedProcedure,
  ) => Promise<
    | { readonly outcome: 'enrolled'; readonly episode: EpisodeKey }
    | { readonly outcome: 'refused'; readonly problems: readonly string[] }
  >;
  /** Moves the clock and plays the rules on the way. A date is moved to at its end, UTC. */
  readonly moveClock: (move: ClockMove) => Promise<{ readonly senderRuns: number }>;
  /** Publishes now what the counts allow; otherwise that is done when a day has passed. */
  readonly publish: () => Promise<void>;
};
