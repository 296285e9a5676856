import type { Brand } from '../../platform/brand.ts';
import { isUtcInstant, type UtcInstant } from '../../platform/time.ts';

/** A patient's id as the source system has it; opaque here. */
export type PatientId = Brand<string, 'PatientId'>;

/** The id of one procedure record at its source. */
export type SourceId = Brand<string, 'SourceId'>;

/** What a link is stored under and an email is known by: the SHA-256 of the token, base64url. */
export type TokenHash = Brand<string, 'TokenHash'>;

/**
 * When a source said something, by its own clock: a moment in UTC like `UtcInstant`, but not assignable to or from it.
 * Messages are ordered by this time, never by the time they arrive at, so the two must not be exchanged.
 */
export type SourceTime = Brand<string, 'SourceTime'>;

/**
 * What an id may consist of. No `@`: an address is not an id. No white space, `#` or `|`: they separate ids elsewhere.
 * The formats of `care/intake` are stricter, each in its own way.
 */
const idShape = /^[A-Za-z0-9._:/=+~-]{1,128}$/;

export const isPatientId = (text: string): text is PatientId => idShape.test(text);

export const isSourceId = (text: string): text is SourceId => idShape.test(text);

/** 32 bytes in base64url are 43 characters. */
export const isTokenHash = (text: string): text is TokenHash => /^[A-Za-z0-9_-]{43}$/.test(text);

export const isSourceTime = (text: string): text is SourceTime => isUtcInstant(text);

const parserFor =
  <T extends string>(is: (text: string) => text is T, name: string) =>
  (text: string): T => {
    if (!is(text)) throw new RangeError(`Not ${name}.`);
    return text;
  };

/** Parses an id. Throws a RangeError, without the text, when it is none. */
export const patientId = parserFor(isPatientId, 'a patient id');

export const sourceId = parserFor(isSourceId, 'the id of a procedure record');

export const tokenHash = parserFor(isTokenHash, 'the hash of a token');

const sourceTime = parserFor(isSourceTime, 'a moment in UTC to the second');

/**
 * Converts our own time into a source's. Legitimate where the message carries no time of its own, and where the
 * patient is the source; say which at the call.
 */
export const sourceTimeOf = (at: UtcInstant): SourceTime => sourceTime(at);

/** Converts a source's time into a moment, to reckon with it or to compare it with what happened here. */
export const momentOf = (at: SourceTime): UtcInstant => {
  if (!isUtcInstant(at)) throw new RangeError('Not a moment in UTC to the second.');
  return at;
};
