import { describe, expect, it } from 'vitest';
import { draftExpiryDays } from '../../../../shared/care/patient/response.ts';
import { maxProfileRevisions } from '../../../../shared/care/patient/stops.ts';

/** Limits that patients can run into, written down a second time so that they change on purpose only. */
describe('limits', () => {
  it('keep a draft for 30 days after the last save', () => {
    expect(draftExpiryDays).toBe(30);
  });

  it('let a profile be revised 100 times from links', () => {
    expect(maxProfileRevisions).toBe(100);
  });
});
