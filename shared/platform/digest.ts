import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * Returns the SHA-256 of a JSON value's canonical form (RFC 8785) as 64 hexadecimal digits. Equal values have equal
 * digests, whatever the order of their keys, so anyone can verify one with any implementation of the RFC.
 */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
