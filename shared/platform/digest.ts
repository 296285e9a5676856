import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';

/**
 * Takes any JSON value, gives the SHA-256 of its canonical form (RFC 8785) as 64 hexadecimal digits. Equal
 * values have equal digests, whatever the order of their keys, so anybody can check one with any such library.
 */
export const digestOf = (value: unknown): string =>
  createHash('sha256')
    .update(canonicalize(value) ?? '')
    .digest('hex');
