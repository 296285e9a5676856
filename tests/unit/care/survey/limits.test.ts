import { describe, expect, it } from 'vitest';
import { maxRevisions } from '../../../../shared/care/survey/answering.ts';

/** Limits that patients can run into, written down a second time so that they change on purpose only. */
describe('limits', () => {
  it('let a survey be answered and changed 20 times', () => {
    expect(maxRevisions).toBe(20);
  });
});
