import { describe, expect, it } from 'vitest';
import { minSeconds, qualityOf } from '../../../../shared/care/survey/submission-quality.ts';

const now = '2026-03-16T15:00:10Z';

describe('who is likely to have sent a form', () => {
  it.each([
    ['three seconds after its page was made', '2026-03-16T15:00:07Z', false, 'trusted'],
    ['days after', '2026-03-14T15:00:07Z', false, 'trusted'],
    ['two seconds after', '2026-03-16T15:00:08Z', false, 'suspect'],
    ['before its page was made', '2026-03-16T15:00:11Z', false, 'suspect'],
    ['with no time of its page', undefined, false, 'suspect'],
    ['in time, with the field filled that people do not see', '2026-03-16T15:00:00Z', true, 'suspect'],
  ] as const)('%s', (_, shownAt, isTrapFilled, quality) => {
    expect(qualityOf({ shownAt, isTrapFilled }, now)).toBe(quality);
  });

  it('gives a person three seconds at least', () => {
    expect(minSeconds).toBe(3);
  });
});
