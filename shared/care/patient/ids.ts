import type { Brand } from '../../platform/brand.ts';
import { isUtcInstant, type UtcInstant } from '../../platform/time.ts';

/** The patient's id in the source system, opaque to us. */
export type PatientId = Brand<string, 'PatientId'>;

/** The id of a procedure record in the source system. */
export type SourceId = Brand<string, 'SourceId'>;

/**
 * The id of an episode: opaque, because everything else about an episode can be corrected. Episodes stored before there
 * were ids have the date and family they began with as theirs.
 */
export type EpisodeId = Brand<string, 'EpisodeId'>;

/** The key of a link and the send id of its email: the SHA-256 of the token, base64url. */
export type TokenHash = Brand<string, 'TokenHash'>;

/**
 * When a source reported something, by its own clock: a moment in UTC like `UtcInstant`, but not assignable to or
 * from it. Messages are ordered by this time and never by arrival, so the two must not be exchanged.
 */
export type SourceTime = Brand<string, 'SourceTime'>;

/**
 * Characters of an id. No `@`: an address is not an id. No white space, `#` or `|`: they separate ids elsewhere.
 * The formats of `care/intake` are stricter, each in its own way.
 */
const idShape = /^[A-Za-z0-9._:/=+~-]{1,128}$/;

export const isPatientId = (text: string): text is PatientId => idShape.test(text);

export const isSourceId = (text: string): text is SourceId => idShape.test(text);

/** True for the form of a hash: 32 bytes are 43 characters in base64url. */
export const isTokenHash = (text: string): text is TokenHash => /^[A-Za-z0-9_-]{43}$/.test(text);

const episodeIdShape = /^(?:[A-Za-z0-9_-]{22}|\d{4}-\d{2}-\d{2}#[a-z-]{1,64})$/;

export const isEpisodeId = (text: string): text is EpisodeId => episodeIdShape.test(text);

export const isSourceTime = (text: string): text is SourceTime => isUtcInstant(text);

const parserFor =
  <T extends string>(is: (text: string) => text is T, name: string) =>
  (text: string): T => {
    if (!is(text)) throw new RangeError(`Not ${name}.`);
    return text;
  };

/** Parses an id. Throws a RangeError that does not contain the text. */
export const patientId = parserFor(isPatientId, 'a patient id');

export const sourceId = parserFor(isSourceId, 'the id of a procedure record');

export const episodeId = parserFor(isEpisodeId, 'the id of an episode');

export const tokenHash = parserFor(isTokenHash, 'the hash of a token');

const sourceTime = parserFor(isSourceTime, 'a moment in UTC to the second');

/**
 * Converts our own time to a source's. Legitimate where a message carries no time of its own, and where the patient
 * is the source; give the reason at the call.
 */
export const sourceTimeOf = (at: UtcInstant): SourceTime => sourceTime(at);

/** Converts a source's time to a moment, to calculate with it or to compare it with events here. */
export const momentOf = (at: SourceTime): UtcInstant => {
  if (!isUtcInstant(at)) throw new RangeError('Not a moment in UTC to the second.');
  return at;
};
