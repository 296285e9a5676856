import { describe, expect, it } from 'vitest';
import { readAnswers } from '../../../../shared/care/survey/answers.ts';
import { readSurveyForm, shownAgain, valuesOf } from '../../../../shared/web/survey/survey-form.ts';

describe('a posted survey form', () => {
  it('is split into answers and other fields', () => {
    const shown = '2026-03-17T15:00:00Z';
    const body = {
      condition: 'same',
      assisted: 'yes',
      lang: 'es-MX',
      other: 'x',
      signs: 'no',
      shown,
      more: '',
    };
    expect(readSurveyForm(body)).toEqual({
      raw: { condition: 'same', other: 'x' },
      assisted: true,
      signs: 'no',
      locale: 'es',
      traces: { shownAt: shown, isTrapFilled: false },
      isDraft: false,
      switchTo: undefined,
      confirmation: undefined,
    });
    expect(
      readSurveyForm({ draft: '1', language: 'es', confirm: '1', sure: 'yes', more: 'x', signs: 'maybe' }),
    ).toMatchObject({
      raw: {},
      isDraft: true,
      switchTo: 'es',
      confirmation: 'ticked',
      traces: { isTrapFilled: true },
      signs: 'unreadable',
    });
  });

  it.each([undefined, '', 'yesterday', '2026-13-45T99:00:00Z', ['2026-03-17T15:00:00Z'], 7])(
    'has no readable time of display when it sends %j',
    (shown) => {
      expect(readSurveyForm({ shown }).traces.shownAt).toBeUndefined();
    },
  );

  it.each([undefined, 'on', 'no', ['yes']])('is not assisted when the box sends %j', (assisted) => {
    expect(readSurveyForm({ assisted }).assisted).toBe(false);
  });

  it.each([undefined, 'fr', ['es'], 7])('has no language of ours when it sends %j', (lang) => {
    expect(readSurveyForm({ lang }).locale).toBeUndefined();
  });
});

describe('values to show again', () => {
  it('are the texts of the items in the survey, cut to 40 characters', () => {
    const raw = { condition: 'rubbish', improvementPercent: '9'.repeat(5_000), pain: ['better'], mood: 'x' };
    expect(shownAgain(raw, 'mild')).toEqual({
      condition: 'rubbish',
      improvementPercent: '9'.repeat(40),
    });
  });

  it('of stored answers parse back to the same answers', () => {
    const answers = { condition: 'better', improvementPercent: 60, nrsPain: 0, pgic: 2 } as const;
    expect(readAnswers(valuesOf(answers), 'mild')).toEqual({ outcome: 'valid', answers });
  });
});
