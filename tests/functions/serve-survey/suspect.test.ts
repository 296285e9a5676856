import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { now, type SurveyWorld, shown, surveyWorld, token } from '../../support/labs/survey-lab.ts';

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
    expect((await survey.ask(path)).body).toContain('name="confirm"');
  });

  it('is counted once a person confirms it', async () => {
    await post({ ...better, shown: now });
    survey.world.at('2026-03-17T15:00:30Z');
    const confirming = { ...better, shown: now, confirm: '1' };
    expect((await post(confirming)).status).toBe(422);
    expect(await isCounted()).toBe(false);
    const confirmed = await post({ ...confirming, sure: 'yes' });
    expect(confirmed.status).toBe(200);
    expect(confirmed.body).not.toContain('name="confirm"');
    expect(await response()).toMatchObject({ quality: 'confirmed', revision: 2 });
    expect(await isCounted()).toBe(true);
    const before = await survey.world.everything();
    expect((await post({ ...confirming, sure: 'yes' })).status).toBe(200);
    expect(await survey.world.everything()).toEqual(before);
  });

  it('is not confirmed by another such form', async () => {
    await post({ ...better, shown: now });
    const once = await survey.world.everything();
    await post({ ...better, shown: now, confirm: '1', sure: 'yes' });
    expect(await survey.world.everything()).toEqual(once);
  });

  it('that changes answers leaves the new ones out of the counts; one that repeats them changes nothing', async () => {
    await post({ ...better, shown });
    expect(await isCounted()).toBe(true);
    const once = await survey.world.everything();
    expect((await post(better)).body).not.toContain('name="confirm"');
    expect(await survey.world.everything()).toEqual(once);
    await post({ condition: 'worse' });
    expect(await isCounted()).toBe(false);
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
