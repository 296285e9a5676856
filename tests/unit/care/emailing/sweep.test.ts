import { describe, expect, it } from 'vitest';
import type { SendOneOutcome } from '../../../../shared/care/emailing/send-one-email.ts';
import { endOnQuota, newSweep, noteOutcome, reportOf } from '../../../../shared/care/emailing/sweep.ts';

const unknown: SendOneOutcome = {
  outcome: 'not-sent',
  failure: { outcome: 'ambiguous', reason: 'ECONNRESET' },
};
const refused: SendOneOutcome = {
  outcome: 'not-sent',
  failure: { outcome: 'refused', scope: 'this-email', reason: 'MessageRejected' },
};
const sent: SendOneOutcome = { outcome: 'sent' };

const endingAfter = (...outcomes: readonly SendOneOutcome[]) => {
  const sweep = newSweep();
  for (const outcome of outcomes) noteOutcome(sweep, outcome);
  return reportOf(sweep).endedBy;
};
const times = (count: number, outcome: SendOneOutcome) => Array.from({ length: count }, () => outcome);

describe('a sweep of whose emails nobody knows whether they went', () => {
  it('goes on after four in a row, and ends with the fifth', () => {
    expect(endingAfter(...times(4, unknown))).toBeUndefined();
    expect(endingAfter(...times(5, unknown))).toBe('provider');
  });

  it.each([
    ['an email that went', sent],
    ['an email that SES refused', refused],
  ])('counts anew after %s', (_, answered) => {
    expect(endingAfter(...times(4, unknown), answered, ...times(4, unknown))).toBeUndefined();
    expect(endingAfter(...times(4, unknown), answered, ...times(5, unknown))).toBe('provider');
  });

  it.each(['put-off', 'stopped', 'nothing', 'lost-race'] as const)(
    'does not count anew after an entry of which nothing was sent: %s',
    (outcome) => {
      expect(endingAfter(...times(4, unknown), { outcome }, unknown)).toBe('provider');
    },
  );
});

describe('a sweep within the quota of the day', () => {
  it('ends when what was sent and what is under way use it up', () => {
    const sweep = { ...newSweep(), underWay: 2 };
    noteOutcome(sweep, sent);
    endOnQuota(sweep, 4);
    expect(sweep.endedBy).toBeUndefined();
    endOnQuota(sweep, 3);
    expect(sweep.endedBy).toBe('quota');
  });
});
