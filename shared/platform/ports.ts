import type { UtcInstant } from './time.ts';

/** Tells the time. On the laptop it can be moved. */
export type Clock = { readonly now: () => UtcInstant };

/** Makes the secrets in links: at least 128 random bits, URL-safe text. */
export type TokenSource = { readonly next: () => string };

/** Log lines by code, with ids and numbers only: never an address, a name, an answer, a procedure, a token. */
export type LogFields = Readonly<Record<string, string | number | boolean>>;

export type Log = {
  readonly info: (code: string, fields?: LogFields) => void;
  readonly warn: (code: string, fields?: LogFields) => void;
  readonly error: (code: string, fields?: LogFields) => void;
};

/** Counts and ages that alarms watch. */
export type Metrics = { readonly add: (name: string, value: number) => void };
