import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { mainOf, now, type SurveyWorld, shown, surveyWorld, token } from '../../support/labs/survey-lab.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
beforeEach(async () => {
  survey = await surveyWorld(lab());
});

const path = `/s/${token}`;
const better = { condition: 'better', improvementPercent: '60' };
const post = (form: Readonly<Record<string, string>>) => survey.ask(path, { form });
const response = async () => (await survey.world.store.load(patientId('p-1'))).responses[0];
const isCounted = async (): Promise<boolean> =>
  contributionOf(await survey.world.store.load(patientId('p-1')))
    .get('overall|2026-03|2w')
    ?.has('counted') ?? false;

describe('a form that no person is likely to have sent', () => {
  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['as soon as it was shown', { shown: now }],
    ['within three seconds', { shown: '2026-03-17T14:59:58Z' }],
    ['before it was shown', { shown: '2026-03-17T15:10:00Z' }],
    ['without saying when it was shown', {}],
    ['saying so in another way', { shown: 'a minute ago' }],
    ['with the field filled in that people do not see', { shown, more: 'https://example.com' }],
  ])('%s is kept, flagged, not counted, and asked about', async (_, traces) => {
    const { status, body } = await post({ ...better, ...traces });
    expect(status).toBe(200);
    expect(body).toContain('name="confirm"');
    expect(await response()).toMatchObject({ quality: 'suspect', answers: { condition: 'better' } });
    expect(await isCounted()).toBe(false);
    const opened = await survey.ask(path);
    expect(opened.body).toContain(messagesFor('en').survey.notes['send-again']);
    expect(opened.body).toContain('id="survey"');
    expect(mainOf(opened.body)).not.toMatch(/checked|value="60"/);
  });

  it('is counted once a person confirms it', async () => {
    await post({ ...better, shown: now });
    survey.world.at('2026-03-17T15:00:30Z');
    const confirming = { ...better, shown: now, confirm: '1' };
    expect((await post(confirming)).status).toBe(422);
    expect(await isCounted()).toBe(false);
    const confirmed = await post({ ...confirming, sure: 'yes' });
    expect(confirmed.status).toBe(303);
    expect(await response()).toMatchObject({ quality: 'confirmed', revision: 2 });
    expect(await isCounted()).toBe(true);
    const before = await survey.world.everything();
    expect((await post({ ...confirming, sure: 'yes' })).status).toBe(303);
    expect(await survey.world.everything()).toEqual(before);
  });

  it('is not confirmed by another such form', async () => {
    await post({ ...better, shown: now });
    const once = await survey.world.everything();
    await post({ ...better, shown: now, confirm: '1', sure: 'yes' });
    expect(await survey.world.everything()).toEqual(once);
  });

  it('that repeats a person’s answers changes nothing', async () => {
    await post({ ...better, shown });
    const once = await survey.world.everything();
    expect((await post(better)).status).toBe(303);
    expect(await survey.world.everything()).toEqual(once);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['the field that people do not see', { condition: 'worse', shown, more: 'x' }],
    ['fewer answers, at once', { condition: 'better', improvementPercent: '60', shown: now }],
    ['more answers, at once', { ...better, nrsPain: '9', pgic: '7', shown: now }],
    ['no time at all', { condition: 'same' }],
    ['a time to come', { condition: 'same', shown: '2026-03-18T00:00:00Z' }],
    ['a confirmation without its tick', { condition: 'worse', shown, confirm: '1' }],
  ])('with %s replaces nothing that a person sent, and asks whether to', async (_, form) => {
    const own = { ...better, nrsPain: '1' };
    await post({ ...own, shown });
    const once = await survey.world.everything();
    const asked = await post(form);
    expect(asked.body).toContain('name="confirm"');
    expect(asked.body).toContain(`href="${path}?change=1`);
    expect(await survey.world.everything()).toEqual(once);
    expect(await isCounted()).toBe(true);
    expect((await survey.ask(path)).body).toContain(messagesFor('en').answered.title);
    await post({ ...form, shown: '2026-03-17T14:59:00Z', more: '', confirm: '1', sure: 'yes' });
    expect(await response()).toMatchObject({ answers: { condition: form['condition'] } });
  });

  it('shows on the page that asks what it sent, in words', async () => {
    const { body } = await post({ ...better, nrsPain: '7', pgic: '2', shown: now });
    expect(body).toContain('<dd>60 percent</dd>');
    expect(body).toContain('<dd>7</dd>');
    expect(body).toContain('<dd>Much improved</dd>');
  });

  it('leaves the reminders, and the calls of staff, as they are', async () => {
    const before = (await survey.world.store.load(patientId('p-1'))).episodes;
    await post({ ...better, shown: now });
    expect((await survey.world.store.load(patientId('p-1'))).episodes).toEqual(before);
    await post({ condition: 'same', shown });
    const [episode] = (await survey.world.store.load(patientId('p-1'))).episodes;
    expect(episode?.touchpoints['2w']?.status).toBe('answered');
  });

  it('that came first is followed by a person’s own answers, which are kept beside it', async () => {
    await post({ ...better, shown: now });
    expect((await post({ condition: 'worse', shown })).status).toBe(303);
    expect(await response()).toMatchObject({ quality: 'confirmed', answers: { condition: 'worse' } });
    const kept = (await survey.world.everything()).filter(({ sk }) => String(sk).startsWith('REVISION#'));
    expect(kept).toMatchObject([{ revision: 1, quality: 'suspect', answers: { improvementPercent: 60 } }]);
  });
});

describe('a person', () => {
  it('who took three seconds is trusted at once', async () => {
    await post({ ...better, shown: '2026-03-17T14:59:57Z', more: '' });
    expect(await response()).toMatchObject({ quality: 'trusted' });
    expect(await isCounted()).toBe(true);
  });

  it('who made a mistake is not taken for a script when the page comes back', async () => {
    const again = await post({ condition: 'better', shown });
    expect(again.status).toBe(422);
    expect(again.body).toContain(`name="shown" value="${shown}"`);
  });
});
