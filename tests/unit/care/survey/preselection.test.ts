import { describe, expect, it } from 'vitest';
import { readPreselection, withPreselection } from '../../../../shared/care/survey/preselection.ts';

describe('a link that picks a number', () => {
  it.each([0, 7, 10])('picks %i, and comes back as it was made', (value) => {
    const link = new URL(withPreselection('https://care.example.org/s/token', value));
    expect(link.pathname).toBe('/s/token');
    expect(readPreselection(Object.fromEntries(link.searchParams))).toEqual({ nrsPain: String(value) });
  });

  it.each(['7 ', '7)', '7.', '7>', '7"', '7&quot;', '7,9', '7%20'])('picks 7 for %j', (a) => {
    expect(readPreselection({ a })).toEqual({ nrsPain: '7' });
  });

  it.each([undefined, '', '11', '-1', '07', '1e0', '77', '7-', '7_', '<b>', 'better'])(
    'picks nothing for %j',
    (a) => {
      expect(readPreselection({ a })).toEqual({});
    },
  );
});
