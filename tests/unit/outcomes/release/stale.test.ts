import { expect, test } from 'vitest';
import { isStale } from '../../../../shared/outcomes/release/release-schema.ts';

test.each([
  ['2026-03-01', false],
  ['2027-02-28', false],
  ['2027-03-01', true],
  ['2027-03-02', true],
] as const)('a claim of 1 March 2026 is stale on %s: %j', (today, stale) => {
  expect(isStale({ asOf: '2026-03-01' }, today)).toBe(stale);
});
