import { createHash } from 'node:crypto';
import { digestOf } from '../../../platform/digest.ts';
import type { MessageMemory, ReportedField } from '../patient.ts';
import type { MessageIdentity } from '../profiles.ts';

/**
 * Maximum number of fingerprints kept of a patient: 100 messages and more, about 4 KB. The oldest are forgotten first. A
 * forgotten message that arrives again is judged by its time alone: with one it is still recognized as old news,
 * without one it changes what no message with a time has said.
 */
export const maxFingerprints = 250;

/** 96 bits: short, and never the same for two messages of one patient. */
const shortened = (hex: string): string => Buffer.from(hex, 'hex').subarray(0, 12).toString('base64url');

const fingerprintOf = (value: unknown): string => shortened(digestOf(value));

/** Returns the fingerprint of a value told about a patient, such as an address; upper and lower case are alike. */
export const valueFingerprint = (field: ReportedField, value: string): string =>
  shortened(createHash('sha256').update(`${field} ${value.toLowerCase()}`).digest('hex'));

/**
 * Returns the fingerprints of a message: of its content, with its own time but without its name, and of its name where
 * it has one. `about` keeps names of different things apart: a source may name a message after its procedure.
 */
export const messageFingerprints = <Message extends MessageIdentity>(
  about: string,
  message: Message,
): readonly string[] => {
  const { eventId, ...content } = message;
  return [
    fingerprintOf({ about, content }),
    ...(eventId === undefined ? [] : [fingerprintOf({ about, eventId })]),
  ];
};

/** True when a fingerprint is remembered. */
export const isTaken = (memory: MessageMemory | undefined, fingerprint: string): boolean =>
  memory?.taken.includes(fingerprint) === true;

/** Returns the memory in its next revision, with these fingerprints as the newest. */
export const remembering = (
  memory: MessageMemory | undefined,
  fingerprints: readonly string[],
): MessageMemory => ({
  revision: (memory?.revision ?? 0) + 1,
  taken: [...new Set([...(memory?.taken ?? []), ...fingerprints])].slice(-maxFingerprints),
});
