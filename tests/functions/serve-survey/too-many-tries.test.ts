import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { maxProfileRevisions } from '../../../shared/care/patient/stops.ts';
import { maxRevisions } from '../../../shared/care/survey/answering.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { now, type SurveyWorld, shown, surveyWorld, token } from '../../support/labs/survey-lab.ts';
import { aProfile, stopKindOf } from '../../support/samples/builders.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
beforeEach(async () => {
  survey = await surveyWorld(lab());
});

const { title } = messagesFor('en').failures['too-many-tries'];
const answer = (percent: number, more: Readonly<Record<string, string>> = {}) =>
  survey.ask(`/s/${token}`, {
    form: { shown, condition: 'better', improvementPercent: String(percent), ...more },
  });
const response = async () => (await survey.world.store.load(patientId('p-1'))).responses[0];
const notices = async () =>
  (await survey.world.everything()).filter(({ sk }) => String(sk).startsWith('NOTICE#'));

const answerOften = async () => {
  for (let time = 1; time <= maxRevisions; time += 1) expect((await answer(time)).status).toBe(303);
};

describe('one survey', () => {
  it('is changed as often as anybody would, and then not any more: 429, and nothing stored', async () => {
    await answerOften();
    const before = await survey.world.everything();
    const { status, body } = await answer(99);
    expect(status).toBe(429);
    expect(body).toContain(title);
    expect(await survey.world.everything()).toEqual(before);
    expect(await response()).toMatchObject({ revision: maxRevisions });
  });

  it('sent again with the same answers is thanked for all the same', async () => {
    await answerOften();
    expect((await answer(maxRevisions)).status).toBe(303);
  });

  it('tells staff of a warning sign all the same, and the patient what to do', async () => {
    await answerOften();
    const { status, body } = await answer(99, { signs: 'yes' });
    expect(status).toBe(429);
    expect(body).toContain('tel:911');
    expect(await notices()).toMatchObject([{ kind: 'warning-sign' }]);
    expect(await response()).toMatchObject({ answers: { improvementPercent: maxRevisions } });
  });

  it('that a script brought there is still confirmed by a person', async () => {
    for (let time = 1; time <= maxRevisions; time += 1) await answer(time, { shown: now });
    expect(await response()).toMatchObject({ quality: 'suspect', revision: maxRevisions });
    await answer(maxRevisions);
    expect(await response()).toMatchObject({ quality: 'confirmed' });
    expect((await answer(7, { shown: now })).body).toContain('name="confirm"');
    expect((await answer(7)).status).toBe(429);
    expect(await response()).toMatchObject({ answers: { improvementPercent: maxRevisions } });
  });
});

describe('the emails', () => {
  const press = (action: 'stop' | 'resume') => survey.ask(`/u/${token}`, { form: { action, sure: 'yes' } });
  const record = () => survey.world.store.load(patientId('p-1'));
  const profile = async () => (await record()).profile;

  it('are started again as often as anybody would; a stop is always taken', async () => {
    for (let revision = 2; revision < maxProfileRevisions; revision += 1) {
      await survey.world.store.commit([{ kind: 'profile', item: aProfile({ revision }) }]);
    }
    expect((await press('stop')).status).toBe(200);
    expect((await profile())?.revision).toBe(maxProfileRevisions);
    expect(stopKindOf(await record())).toBe('opted-out');
    const before = await survey.world.everything();
    const { status, body } = await press('resume');
    expect([status, body.includes(title)]).toEqual([429, true]);
    expect((await press('stop')).status).toBe(200);
    expect(await survey.world.everything()).toEqual(before);
  });

  it('are started again on the way there', async () => {
    await press('stop');
    expect((await press('resume')).status).toBe(200);
    expect(stopKindOf(await record())).toBeUndefined();
  });
});
