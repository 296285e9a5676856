import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * Returns the SHA-256 of a JSON value's canonical form (RFC 8785) as 64 hexadecimal digits. Equal values have equal
 * digests, whatever the order of their keys, and any implementation of the RFC can verify one.
 */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
