import { describe, expect, it } from 'vitest';
import { showsSurveys } from '../../../../shared/care/emailing/pause.ts';
import { mostUrgentOf, noticeKinds, urgencyOf } from '../../../../shared/care/staff/staff-notices.ts';

describe('how urgent notices are', () => {
  it('is now for a warning sign, and today for all others', () => {
    expect(noticeKinds.map((kind) => [kind, urgencyOf(kind)])).toEqual([
      ['call-me', 'today'],
      ['warning-sign', 'now'],
      ['wrong-person', 'today'],
    ]);
  });

  it('together is as one of them that cannot wait', () => {
    expect(mostUrgentOf(['call-me', 'wrong-person'])).toBe('today');
    expect(mostUrgentOf(['call-me', 'warning-sign', 'wrong-person'])).toBe('now');
  });
});

describe('surveys', () => {
  const since = '2026-03-17T14:00:00Z';
  it('are shown unless they are paused', () => {
    expect(showsSurveys(undefined)).toBe(true);
    expect(showsSurveys({ since, reach: 'email' })).toBe(true);
    expect(showsSurveys({ since, reach: 'email-and-surveys' })).toBe(false);
  });
});
