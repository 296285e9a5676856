import { describe, expect, it } from 'vitest';
import { patientId } from '../../../../shared/care/patient/ids.ts';
import { hashOfToken } from '../../../../shared/care/patient/links.ts';
import type { Link } from '../../../../shared/care/patient/patient.ts';
import type { CareStore } from '../../../../shared/care/patient/ports.ts';
import { saveDraftWith } from '../../../../shared/care/survey/save-draft.ts';
import { type FilledForm, submitSurveyWith } from '../../../../shared/care/survey/submit-survey.ts';
import type { Clock } from '../../../../shared/platform/ports.ts';
import { memoryStores } from '../../../support/oracles/memory-stores.ts';
import { anEpisode, aProfile, episodeIdFor } from '../../../support/samples/builders.ts';

const now = '2026-03-17T15:00:00Z';
const clock: Clock = { now: () => now };

const link: Link = {
  tokenHash: hashOfToken('token'),
  patientId: patientId('p-1'),
  episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
  family: 'epidural-steroid-injection',
  serviceDate: '2026-03-02',
  planVersion: 1,
  touchpoint: '2w',
  createdAt: '2026-03-16T14:00:00Z',
  expiresAt: '2026-06-21T04:00:00Z',
};

const filled = (form: Partial<FilledForm> = {}): FilledForm => ({
  submission: { answers: { condition: 'same' }, assisted: false, quality: 'trusted' },
  locale: undefined,
  hasWarningSign: false,
  ...form,
});

const invited = async () => {
  const stores = memoryStores();
  const touchpoints = { '2w': { status: 'emailed', emails: 1, firstEmailOn: '2026-03-16' } } as const;
  await stores.care.commit([
    { kind: 'profile', item: aProfile({ locale: 'es' }) },
    { kind: 'episode', item: anEpisode({ touchpoints }) },
  ]);
  return stores;
};

/** A store in which another write comes in between the first reading and the first write. */
const interrupted = (care: CareStore, between: () => Promise<unknown>): CareStore => {
  let isFirst = true;
  return {
    ...care,
    commit: async (writes) => {
      if (isFirst) {
        isFirst = false;
        await between();
      }
      return care.commit(writes);
    },
  };
};

describe('submitting a survey', () => {
  it('reads the record again when another write comes in between, and stores the answer once', async () => {
    const { care } = await invited();
    const other = () => submitSurveyWith(care, clock)(link, filled());
    const submitted = await submitSurveyWith(interrupted(care, other), clock)(link, filled());
    expect(submitted).toMatchObject({ outcome: 'repeated', survey: { response: { revision: 1 } } });
    expect((await care.load(patientId('p-1'))).responses).toHaveLength(1);
  });

  it('revises what the other write stored when the answers differ', async () => {
    const { care } = await invited();
    const worse = { answers: { condition: 'worse' }, assisted: false, quality: 'trusted' } as const;
    const other = () => submitSurveyWith(care, clock)(link, filled({ submission: worse }));
    const submitted = await submitSurveyWith(interrupted(care, other), clock)(link, filled());
    expect(submitted).toMatchObject({ outcome: 'stored', survey: { response: { revision: 2 } } });
    expect((await care.load(patientId('p-1'))).responses).toMatchObject([
      { revision: 2, answers: { condition: 'same' } },
    ]);
  });

  it('stores the language of the page, else the patient’s own', async () => {
    for (const [locale, stored] of [
      [undefined, 'es'],
      ['en', 'en'],
    ] as const) {
      const { care } = await invited();
      await submitSurveyWith(care, clock)(link, filled({ locale }));
      expect((await care.load(patientId('p-1'))).responses).toMatchObject([{ locale: stored }]);
    }
  });

  it('leaves a notice of a warning sign also when the form holds no submission', async () => {
    const { care, notices } = await invited();
    const form = filled({ submission: undefined, hasWarningSign: true });
    expect(await submitSurveyWith(care, clock)(link, form)).toMatchObject({ outcome: 'invalid' });
    expect(notices).toMatchObject([{ patientId: patientId('p-1'), kind: 'warning-sign', at: now }]);
    const late: Clock = { now: () => '2027-03-17T15:00:00Z' };
    expect(await submitSurveyWith(care, late)(link, form)).toMatchObject({ outcome: 'closed' });
    expect(notices).toHaveLength(2);
  });

  it('finds no survey behind a link of another email or of a patient who was erased', async () => {
    const { care } = await invited();
    const submit = submitSurveyWith(care, clock);
    expect(await submit({ ...link, touchpoint: 'instructions' }, filled())).toEqual({ outcome: 'not-found' });
    expect(await submit({ ...link, patientId: patientId('p-2') }, filled())).toEqual({
      outcome: 'not-found',
    });
  });
});

describe('keeping a draft', () => {
  // The window closes on day 21 and answers are taken for 30 days more, in New York: day 51 is 22 April.
  it.each([
    ['2026-04-23T03:59:59Z', 'saved'],
    ['2026-04-23T04:00:00Z', 'closed'],
  ] as const)('at %s finds the survey of two weeks after 2 March %s', async (at, outcome) => {
    const { care } = await invited();
    const content = { values: { condition: 'same' }, assisted: false };
    expect(await saveDraftWith(care, { now: () => at })(link, content)).toEqual({ outcome });
  });

  it('says that the survey is closed or none before it says that the content is invalid', async () => {
    const { care } = await invited();
    const late: Clock = { now: () => '2027-03-17T15:00:00Z' };
    expect(await saveDraftWith(care, late)(link, undefined)).toEqual({ outcome: 'closed' });
    expect(await saveDraftWith(care, clock)(link, undefined)).toEqual({ outcome: 'invalid' });
    const other: Link = { ...link, touchpoint: 'visit' };
    expect(await saveDraftWith(care, clock)(other, undefined)).toEqual({ outcome: 'not-found' });
  });
});
