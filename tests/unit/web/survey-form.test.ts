import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../shared/domain/answers.ts';
import { keptValues, readSurveyForm, valuesOf } from '../../../shared/web/survey-form.ts';

describe('a posted survey form', () => {
  it('is parted into answers, helper and language', () => {
    expect(readSurveyForm({ condition: 'same', assisted: 'yes', lang: 'es-MX', other: 'x' })).toEqual({
      raw: { condition: 'same', other: 'x' },
      assisted: true,
      locale: 'es',
    });
  });

  it.each([undefined, 'on', 'no', ['yes']])('is not helped when the box sends %j', (assisted) => {
    expect(readSurveyForm({ assisted }).assisted).toBe(false);
  });

  it.each([undefined, 'fr', ['es'], 7])('has no language of ours when it sends %j', (lang) => {
    expect(readSurveyForm({ lang }).locale).toBeUndefined();
  });
});

describe('values to show again', () => {
  it('are the texts among the items asked, cut where no answer is that long', () => {
    const raw = { condition: 'rubbish', improvementPercent: '9'.repeat(5_000), pain: ['better'], mood: 'x' };
    expect(keptValues(raw, 'mild')).toEqual({
      condition: 'rubbish',
      improvementPercent: '9'.repeat(40),
    });
  });

  it('of stored answers read back to the same answers', () => {
    const answers = { condition: 'better', improvementPercent: 60, nrsPain: 0, pgic: 2 } as const;
    expect(readAnswers(valuesOf(answers), 'mild')).toEqual({ status: 'valid', answers });
  });
});
