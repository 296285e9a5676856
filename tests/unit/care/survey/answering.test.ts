import { describe, expect, it } from 'vitest';
import type { Episode } from '../../../../shared/care/patient/episode.ts';
import type { Draft, SurveyResponse } from '../../../../shared/care/patient/response.ts';
import {
  answer,
  maxRevisions,
  phaseOf,
  type Submission,
  type Survey,
  surveyOf,
} from '../../../../shared/care/survey/answering.ts';
import type { UtcInstant } from '../../../../shared/platform/time.ts';
import {
  anEpisode,
  aProfile,
  aRecord,
  aResponse,
  episodeIdFor,
  thePatient,
} from '../../../support/samples/builders.ts';

const link = {
  episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
  touchpoint: '2w',
} as const;

const invited = anEpisode({
  touchpoints: {
    instructions: { status: 'emailed', emails: 1 },
    '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' },
  },
});

const survey = (episode: Episode = invited, response?: SurveyResponse): Survey => {
  const found = surveyOf(
    aRecord({ episodes: [episode], responses: response === undefined ? [] : [response] }),
    link,
    open,
  );
  if (found === undefined) throw new Error('There is no such survey.');
  return found;
};

const better: Submission = {
  answers: { condition: 'better', improvementPercent: 60 },
  assisted: false,
  quality: 'trusted',
  locale: 'en',
};

const worse: Submission = { ...better, answers: { condition: 'worse' }, assisted: true };

// The window of two weeks closes at the end of 23 March in New York, and late answers end with 22 April.
const open = '2026-03-24T03:59:59Z';

const justLate = '2026-03-24T04:00:00Z';

const lastLate = '2026-04-23T03:59:59Z';

const over = '2026-04-23T04:00:00Z';

describe('the survey of a link', () => {
  it('is found with its answers', () => {
    expect(survey(invited, aResponse())).toMatchObject({ timepoint: '2w', response: { revision: 1 } });
  });

  it.each([
    ['another touchpoint that is no survey', { ...link, touchpoint: 'instructions' as const }],
    ['another episode', { ...link, episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-03') }],
    ['a touchpoint its plan does not have', { ...link, touchpoint: 'rehabilitation' as const }],
  ] as const)('is not that of %s', (_, other) => {
    expect(surveyOf(aRecord({ episodes: [invited] }), other, open)).toBeUndefined();
  });

  it('is gone when its procedure was entered in error', () => {
    const cancelled = { ...invited, status: 'cancelled' as const };
    expect(surveyOf(aRecord({ episodes: [cancelled] }), link, open)).toBeUndefined();
  });

  it('holds no answers of another timepoint or episode', () => {
    const others = [
      aResponse({ timepoint: '1m' }),
      aResponse({ serviceDate: '2026-03-03' }),
      aResponse({ family: 'mild' }),
    ];
    expect(
      surveyOf(aRecord({ episodes: [invited], responses: others }), link, open)?.response,
    ).toBeUndefined();
  });

  const draft = {
    patientId: thePatient,
    values: { condition: 'same' },
    assisted: false,
    savedAt: open,
    episodeId: link.episodeId,
  } as const;

  it.each([
    ['nothing else where nothing was said', {}, {}],
    [
      'its own draft',
      {
        drafts: [
          { ...draft, timepoint: '2w', episodeId: episodeIdFor('mild', '2026-03-02') },
          { ...draft, timepoint: '1m' },
          { ...draft, timepoint: '2w' },
        ],
      },
      { draft: { ...draft, timepoint: '2w' } },
    ],
    [
      'no draft beside an answer',
      { responses: [aResponse()], drafts: [{ ...draft, timepoint: '2w' }] },
      { response: aResponse() },
    ],
  ] as const)('holds %s', (_, record, expected) => {
    const {
      episode: _episode,
      touchpoint: _touchpoint,
      timepoint: _timepoint,
      ...rest
    } = surveyOf(aRecord({ episodes: [invited], ...record }), link, open) ?? {};
    expect(rest).toEqual(expected);
  });
});

describe('whether answers are taken', () => {
  it.each([
    [open, 'open'],
    [justLate, 'late'],
    [lastLate, 'late'],
    [over, 'closed'],
  ] as const)('at %s a first answer is %s', (now, phase) => {
    expect(phaseOf(survey(), now)).toBe(phase);
  });

  it.each([
    [open, 'open'],
    [justLate, 'closed'],
  ] as const)('at %s a change is %s', (now, phase) => {
    expect(phaseOf(survey(invited, aResponse()), now)).toBe(phase);
  });
});

describe('an answer', () => {
  it('is stored, and cancels its own reminders with the same write', () => {
    const change = answer(survey(), better, '2026-03-17T12:00:00Z');
    expect(change).toMatchObject({
      outcome: 'stored',
      response: { revision: 1, inWindow: true, answeredAt: '2026-03-17T12:00:00Z', answers: better.answers },
      episode: {
        revision: 2,
        nextDueAt: '2026-03-23T14:00:00Z',
        touchpoints: { '2w': { status: 'answered', emails: 1 } },
      },
    });
  });

  it.each([
    [justLate, false],
    [open, true],
  ] as const)('first given at %s counts: %s', (now, inWindow) => {
    expect(answer(survey(), better, now)).toMatchObject({ outcome: 'stored', response: { inWindow } });
  });

  it('that comes late to a lapsed survey is kept', () => {
    const lapsed = anEpisode({ touchpoints: { '2w': { status: 'lapsed', emails: 3 } } });
    expect(answer(survey(lapsed), better, justLate)).toMatchObject({
      outcome: 'stored',
      response: { inWindow: false },
      episode: { touchpoints: { '2w': { status: 'answered' } } },
    });
  });

  it('is refused once the time is over, and by a survey nobody was asked', () => {
    expect(answer(survey(), better, over)).toEqual({ outcome: 'closed' });
    const skipped = anEpisode({ touchpoints: { '2w': { status: 'skipped', emails: 0 } } });
    expect(answer(survey(skipped), better, open)).toEqual({ outcome: 'closed' });
    expect(answer(survey(anEpisode()), better, open)).toEqual({ outcome: 'closed' });
  });

  it('is taken from a patient who opted out, and plans nothing', () => {
    const { nextDueAt: _, ...rest } = invited;
    const change = answer(survey({ ...rest, status: 'stopped' }), better, '2026-03-17T12:00:00Z');
    expect(change).toMatchObject({ outcome: 'stored', episode: { status: 'stopped' } });
    expect(change.outcome === 'stored' && change.episode?.nextDueAt).toBeUndefined();
  });
});

describe('the answers again', () => {
  const first = aResponse({ quality: 'confirmed' });

  it.each([open, over] as const)('the same ones change nothing, at %s', (now) => {
    expect(answer(survey(invited, first), better, now)).toEqual({ outcome: 'repeated' });
  });

  it('the same ones from a person confirm those that were suspect, and nothing else does', () => {
    const suspect = aResponse({ quality: 'suspect' });
    expect(answer(survey(invited, suspect), better, open)).toMatchObject({
      outcome: 'stored',
      response: { revision: 2, quality: 'confirmed', answers: suspect.answers },
    });
    const again = { ...better, quality: 'suspect' } as const;
    expect(answer(survey(invited, suspect), again, open)).toEqual({ outcome: 'repeated' });
    expect(answer(survey(invited, first), again, open)).toEqual({ outcome: 'repeated' });
  });

  it('in another order of items are the same', () => {
    const answers = { condition: 'better', improvementPercent: 60, pain: 'same' } as const;
    const turned = { pain: 'same', improvementPercent: 60, condition: 'better' } as const;
    expect(answer(survey(invited, aResponse({ answers })), { ...better, answers: turned }, open)).toEqual({
      outcome: 'repeated',
    });
  });

  it('changed in the window are the next revision of the same response', () => {
    expect(answer(survey(invited, first), worse, open)).toMatchObject({
      outcome: 'stored',
      response: {
        revision: 2,
        answers: { condition: 'worse' },
        answeredAt: first.answeredAt,
        revisedAt: open,
        inWindow: true,
        assisted: true,
        quality: 'confirmed',
      },
    });
  });

  it.each([
    ['one value of two', { condition: 'better', improvementPercent: 70 }],
    ['an answer more', { condition: 'better', improvementPercent: 60, pain: 'same' }],
    ['an answer less', { condition: 'better' }],
    ['another item', { condition: 'better', pain: 'same' }],
  ] as const)('with %s changed are not the same', (_, answers) => {
    expect(answer(survey(invited, first), { ...better, answers }, open)).toMatchObject({
      outcome: 'stored',
      response: { answers },
    });
  });

  it('changed after the window are refused', () => {
    expect(answer(survey(invited, first), worse, justLate)).toEqual({ outcome: 'closed' });
  });

  it.each([
    [maxRevisions - 1, 'stored'],
    [maxRevisions, 'too-many'],
    [maxRevisions + 1, 'too-many'],
  ])('changed after revision %i are %s', (revision, outcome) => {
    expect(answer(survey(invited, aResponse({ revision })), worse, open)).toMatchObject({ outcome });
  });

  it('changed too often are repeated and confirmed as ever, and closed after the window', () => {
    const often = { revision: maxRevisions, answers: better.answers } as const;
    expect(answer(survey(invited, aResponse(often)), better, open).outcome).toBe('repeated');
    const suspect = survey(invited, aResponse({ ...often, quality: 'suspect' }));
    expect(answer(suspect, better, open)).toMatchObject({ response: { quality: 'confirmed' } });
    expect(answer(suspect, worse, open)).toMatchObject({ response: { quality: 'confirmed' } });
    expect(answer(suspect, { ...worse, quality: 'suspect' }, open).outcome).toBe('too-many');
    expect(answer(survey(invited, aResponse(often)), worse, justLate).outcome).toBe('closed');
  });

  it.each([
    ['trusted', 'trusted', 'trusted'],
    ['confirmed', 'trusted', 'confirmed'],
    ['suspect', 'trusted', 'confirmed'],
    ['suspect', 'suspect', 'suspect'],
  ] as const)('%s before and %s now are %s', (before, now, after) => {
    const change = answer(survey(invited, aResponse({ quality: before })), { ...worse, quality: now }, open);
    expect(change).toMatchObject({ response: { quality: after } });
  });

  it.each([
    ['trusted', worse.answers],
    ['confirmed', worse.answers],
    ['trusted', { condition: 'better', improvementPercent: 60, nrsPain: 0 }],
    ['confirmed', { condition: 'better', improvementPercent: 100 }],
    ['trusted', { condition: 'same' }],
  ] as const)('%s before are not replaced by suspect ones, however often they come', (quality, answers) => {
    const stored = survey(invited, aResponse({ quality }));
    const submitted = { ...worse, answers, quality: 'suspect' } as const;
    expect(answer(stored, submitted, open)).toEqual({ outcome: 'unconfirmed' });
  });
});

describe('suspect answers', () => {
  const suspect = aResponse({ quality: 'suspect' });
  const machine = { ...worse, quality: 'suspect' } as const;

  it('are stored, and end no reminder', () => {
    const change = answer(survey(), machine, open);
    expect(change).toMatchObject({ outcome: 'stored', response: { quality: 'suspect', revision: 1 } });
    expect(change).not.toHaveProperty('episode');
  });

  it('hide nothing: the survey is still to be answered, with its draft, in time and late', () => {
    const draft: Draft = {
      patientId: thePatient,
      episodeId: link.episodeId,
      timepoint: '2w',
      values: { condition: 'same' },
      assisted: false,
      savedAt: open,
    };
    const record = aRecord({ episodes: [invited], responses: [suspect], drafts: [draft] });
    expect(surveyOf(record, link, open)).toMatchObject({ draft, response: { quality: 'suspect' } });
    expect(phaseOf(survey(invited, suspect), justLate)).toBe('late');
  });

  it('are followed by a person’s own, which end the reminders', () => {
    expect(answer(survey(invited, suspect), worse, open)).toMatchObject({
      response: { revision: 2, quality: 'confirmed', answeredAt: open, answers: worse.answers },
      episode: { touchpoints: { '2w': { status: 'answered' } } },
    });
  });

  it.each([
    ['the same answers count as given in time', better, true],
    ['other answers are late', worse, false],
  ])('when the person comes after the window, %s', (_, submitted, inWindow) => {
    expect(answer(survey(invited, suspect), submitted, justLate)).toMatchObject({ response: { inWindow } });
  });
});

describe('a draft', () => {
  const draftWith = (more: Partial<Draft>) => {
    const draft: Draft = {
      ...{ patientId: thePatient, episodeId: link.episodeId, timepoint: '2w' },
      ...{ values: { condition: 'same' }, assisted: false, savedAt: '2026-03-01T00:00:00Z', ...more },
    };
    const profile = aProfile({ links: { current: 2, sinceAddress: 2, doubted: [] } });
    return (now: UtcInstant) =>
      surveyOf(aRecord({ profile, episodes: [invited], drafts: [draft] }), link, now)?.draft;
  };

  it.each([
    ['2026-03-30T23:59:59Z', 2, true],
    ['2026-03-31T00:00:00Z', 2, false],
    ['2026-03-02T00:00:00Z', 1, false],
    ['2026-03-02T00:00:00Z', undefined, false],
    ['2026-03-02T00:00:00Z', 3, false],
  ] as const)('at %s through a link of generation %s is shown: %s', (now, generation, isShown) => {
    const more = generation === undefined ? {} : { generation };
    expect(draftWith(more)(now) !== undefined).toBe(isShown);
  });
});
