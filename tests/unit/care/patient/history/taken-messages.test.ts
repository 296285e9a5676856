import { describe, expect, it } from 'vitest';
import {
  isTaken,
  maxFingerprints,
  messageFingerprints,
  remembering,
  valueFingerprint,
} from '../../../../../shared/care/patient/history/taken-messages.ts';
import { aReport } from '../../../../support/samples/builders.ts';

describe('a message', () => {
  const [content, name] = messageFingerprints('procedure', aReport());

  it('is known by its name, whatever it holds', () => {
    const other = messageFingerprints(
      'procedure',
      aReport({ performed: { kind: 'date', on: '2026-03-01' } }),
    );
    expect(other).toContain(name);
    expect(other).not.toContain(content);
  });

  it('is known by its content, whatever it is called and whatever the order of its fields', () => {
    const { codes, ...rest } = aReport({ eventId: 'another' });
    const [same] = messageFingerprints('procedure', { codes, ...rest });
    expect(same).toBe(content);
  });

  it('without a name is known by its content only', () => {
    const { eventId: _, ...unnamed } = aReport();
    expect(messageFingerprints('procedure', unnamed)).toEqual([content]);
  });

  it('is another one about another thing', () => {
    expect(messageFingerprints('contact', aReport())).not.toContain(name);
  });
});

describe('a value', () => {
  it('is the same in upper and in lower case, and another one of another field', () => {
    const lower = valueFingerprint('email', 'ana@example.org');
    expect(valueFingerprint('email', 'Ana@Example.org')).toBe(lower);
    expect(valueFingerprint('givenName', 'ana@example.org')).not.toBe(lower);
  });
});

describe('the memory of messages', () => {
  it('forgets the oldest first, and grows no further', () => {
    const many = Array.from({ length: maxFingerprints + 1 }, (_, index) => `f-${index}`);
    const memory = many.reduce<ReturnType<typeof remembering> | undefined>(
      (known, fingerprint) => remembering(known, [fingerprint]),
      undefined,
    );
    expect(memory?.taken).toHaveLength(maxFingerprints);
    expect(isTaken(memory, 'f-0')).toBe(false);
    expect(isTaken(memory, 'f-1')).toBe(true);
    expect(isTaken(memory, `f-${maxFingerprints}`)).toBe(true);
  });

  it('holds a fingerprint once', () => {
    expect(remembering({ revision: 1, taken: ['a', 'b'] }, ['b', 'c'])).toEqual({
      revision: 2,
      taken: ['a', 'b', 'c'],
    });
  });
});
