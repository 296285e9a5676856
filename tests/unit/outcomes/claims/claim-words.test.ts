import { describe, expect, it } from 'vitest';
import { isAboutOutcomes } from '../../../../shared/outcomes/claims/claim-words.ts';

describe('a sentence is about how patients fare', () => {
  it.each([
    ['when it names a procedure', 'What to expect after a facet injection', true],
    ['when it names an outcome', 'Walk again', true],
    ['when it speaks of patients', 'Our patients come back', true],
    ['when it speaks of pain', 'A life without dolor', true],
    ['and no other is', 'We open at eight', false],
  ])('%s', (_, sentence, isAbout) => {
    expect(isAboutOutcomes(sentence)).toBe(isAbout);
  });
});
