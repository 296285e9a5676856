import type { LogCodeAt, LogFieldsOf } from './logging/log-events.ts';
import type { UtcInstant } from './time.ts';

/** Tells the time. The laptop's can be moved. */
export type Clock = { readonly now: () => UtcInstant };

/** Makes the secrets in links: at least 128 random bits, URL-safe text. */
export type TokenSource = { readonly next: () => string };

/** Fields of a log line of any event. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

/**
 * Writes the events that `log-events.ts` lists, each at its own level and with its own fields: codes, counts and hashed
 * ids, never an address, a name, an answer, a procedure or a token.
 */
export type Log = {
  readonly info: <Code extends LogCodeAt<'INFO'>>(code: Code, fields: LogFieldsOf<Code>) => void;
  readonly warn: <Code extends LogCodeAt<'WARN'>>(code: Code, fields: LogFieldsOf<Code>) => void;
  readonly error: <Code extends LogCodeAt<'ERROR'>>(code: Code, fields: LogFieldsOf<Code>) => void;
};

/** Counts and ages that alarms watch. */
export type Metrics = { readonly add: (name: string, value: number) => void };
