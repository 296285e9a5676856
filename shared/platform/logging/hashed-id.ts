import { createHash } from 'node:crypto';

/** The first 16 hexadecimal digits of an id's SHA-256. The log and the audit trail name people and episodes by it. */
export type HashedId = string & { readonly hashedId: never };

const isHashedId = (text: string): text is HashedId => /^[0-9a-f]{16}$/.test(text);

/**
 * Returns the hashed form of an id: the same one everywhere, so that a log line can be matched with the audit trail.
 * `printf %s ID | sha256sum | cut -c1-16` prints it too.
 */
export const hashedId = (id: string): HashedId => {
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 16);
  if (!isHashedId(hash)) throw new Error('A digest has 16 hexadecimal digits or more.');
  return hash;
};
