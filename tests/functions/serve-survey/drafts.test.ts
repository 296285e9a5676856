import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import {
  now,
  type SurveyWorld,
  shown,
  surveyWorld,
  token,
  unknownToken,
} from '../../support/labs/survey-lab.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
beforeEach(async () => {
  survey = await surveyWorld(lab());
});

const path = `/s/${token}`;
const record = () => survey.world.store.load(patientId('p-1'));
const post = (form: Readonly<Record<string, string>>) => survey.ask(path, { form: { shown, ...form } });
const keep = (form: Readonly<Record<string, string>>) => post({ draft: '1', ...form });
const notices = async () =>
  (await survey.world.everything()).filter(({ sk }) => String(sk).startsWith('NOTICE#'));
const isPicked = (body: string, name: string, value: string): boolean =>
  new RegExp(`name="${name}" value="${value}"[^>]*checked`).test(body);

describe('answers that are not sent yet', () => {
  it('are kept, found again by the same link, and never counted', async () => {
    expect(await keep({ condition: 'better', improvementPercent: '60', pain: 'same' })).toMatchObject({
      status: 204,
      body: '',
    });
    expect(await keep({ condition: 'better', improvementPercent: '60', pain: 'worse' })).toMatchObject({
      status: 204,
    });
    const { drafts, responses } = await record();
    expect(drafts).toEqual([
      {
        patientId: 'p-1',
        episodeId: '2026-03-02#epidural-steroid-injection',
        timepoint: '2w',
        values: { condition: 'better', improvementPercent: '60', pain: 'worse' },
        assisted: false,
        savedAt: now,
      },
    ]);
    expect(responses).toEqual([]);
    expect(contributionOf(await record()).get('overall|2026-03|2w')).not.toContain('answered');
    const { body } = await survey.ask(path);
    expect(isPicked(body, 'pain', 'worse')).toBe(true);
    expect(body).toContain('value="60"');
    expect(isPicked((await survey.ask(path, { query: { a: '4' } })).body, 'nrsPain', '4')).toBe(true);
  });

  it('expire by themselves after 30 days', async () => {
    await keep({ condition: 'same' });
    const [draft] = (await survey.world.everything()).filter(({ sk }) => String(sk).startsWith('DRAFT#'));
    expect(draft?.['expiresOn']).toBe(Date.parse(now) / 1000 + 30 * 24 * 60 * 60);
  });

  it('are not looked at once the survey is answered, however late they come', async () => {
    await keep({ condition: 'same', nrsPain: '2' });
    await post({ condition: 'worse' });
    await keep({ condition: 'better', improvementPercent: '90' });
    expect((await record()).responses).toMatchObject([{ revision: 1, answers: { condition: 'worse' } }]);
    const { body } = await survey.ask(path, { query: { change: '1' } });
    expect(isPicked(body, 'condition', 'worse')).toBe(true);
    expect(body).not.toContain('value="90"');
    expect(body).not.toContain('<script');
  });

  it('keep no percentage that is not one yet', async () => {
    expect((await keep({ condition: 'better', improvementPercent: '60%' })).status).toBe(204);
    expect((await record()).drafts?.[0]?.values).toEqual({ condition: 'better' });
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['a value outside its scale', { nrsPain: '11' }],
    ['a choice that is none', { condition: 'cured' }],
    ['a name we do not ask', { mood: 'good' }],
    ['signs that are neither yes nor no', { signs: 'maybe' }],
    ['a markup as a name', { '<script>': '1' }],
  ])('with %s are refused', async (_, form) => {
    const before = await survey.world.everything();
    expect((await keep(form)).status).toBe(422);
    expect(await survey.world.everything()).toEqual(before);
  });

  it('are refused by a link nobody has, and when the survey is closed', async () => {
    const before = await survey.world.everything();
    const form = { draft: '1', condition: 'same' };
    expect((await survey.ask(`/s/${unknownToken}`, { form })).status).toBe(404);
    survey.world.at('2026-04-25T15:00:00Z');
    expect((await keep({ condition: 'same' })).status).toBe(410);
    expect(await survey.world.everything()).toEqual(before);
  });
});

describe('the language', () => {
  it('is switched with every unsent answer kept on the page, and nothing written', async () => {
    const before = await survey.world.everything();
    const form = {
      condition: 'better',
      improvementPercent: '6x',
      nrsPain: '4',
      signs: 'yes',
      assisted: 'yes',
    };
    const { status, body } = await post({ ...form, lang: 'en', language: 'es' });
    expect(status).toBe(200);
    expect(body).toContain('<html lang="es">');
    expect(body).toContain('name="lang" value="es"');
    expect(body).toContain(`name="shown" value="${shown}"`);
    expect(body).toContain('value="6x"');
    for (const [name, value] of [
      ['condition', 'better'],
      ['nrsPain', '4'],
      ['signs', 'yes'],
      ['assisted', 'yes'],
    ] as const) {
      expect([name, isPicked(body, name, value)]).toEqual([name, true]);
    }
    expect(await survey.world.everything()).toEqual(before);
  });

  it('is switched on the pages of a link nobody has, and of a closed survey, too', async () => {
    const form = { language: 'es' };
    expect((await survey.ask(`/s/${unknownToken}`, { form })).status).toBe(404);
    survey.world.at('2026-04-25T15:00:00Z');
    expect(await post({ language: 'es' })).toMatchObject({
      status: 410,
      body: expect.stringContaining('lang="es"'),
    });
  });
});

describe('a warning sign', () => {
  const urgent = 'Do not wait for us to call you';
  it('gets the emergency advice first, and staff a notice, beside the answers', async () => {
    const { status, body } = await post({ condition: 'worse', signs: 'yes' });
    expect(status).toBe(200);
    expect(body.indexOf(urgent)).toBeLessThan(body.indexOf('We have your answers'));
    expect(await notices()).toMatchObject([{ kind: 'warning-sign', patientId: 'p-1', at: now }]);
    expect((await record()).responses).toMatchObject([{ answers: { condition: 'worse' } }]);
    expect(JSON.stringify((await record()).responses)).not.toContain('signs');
  });

  it('is told when it is only ticked, once an hour, and still there when the survey is opened again', async () => {
    await keep({ signs: 'yes' });
    await keep({ signs: 'yes', condition: 'same' });
    expect(await notices()).toHaveLength(1);
    expect((await survey.ask(path)).body).toContain(urgent);
    survey.world.at('2026-03-17T16:00:00Z');
    await keep({ signs: 'yes', condition: 'same' });
    expect(await notices()).toHaveLength(2);
  });

  it.each<readonly [string, Readonly<Record<string, string>>, number]>([
    ['that have something wrong', { condition: 'worse', improvementPercent: '5' }, 422],
    ['that were sent before', { condition: 'same' }, 200],
  ])('is told beside answers %s', async (_, form, status) => {
    await post({ condition: 'same' });
    const answered = await post({ ...form, signs: 'yes' });
    expect(answered.status).toBe(status);
    expect(answered.body).toContain(urgent);
    expect(await notices()).toHaveLength(1);
  });

  it('is told when the survey is closed', async () => {
    survey.world.at('2026-04-25T15:00:00Z');
    const closed = await post({ condition: 'worse', signs: 'yes' });
    expect(closed.status).toBe(410);
    expect(closed.body).toContain(urgent);
    expect(await notices()).toHaveLength(1);
    expect((await record()).responses).toEqual([]);
  });

  it('that is not there is not told', async () => {
    expect((await post({ condition: 'worse', signs: 'no' })).body).not.toContain(urgent);
    expect(await notices()).toEqual([]);
  });
});

describe('after the answer', () => {
  it('the patient sees the pain before and now, drawn and in a table', async () => {
    const { body } = await post({ condition: 'better', improvementPercent: '60', nrsPain: '3' });
    expect(body).toContain('<svg');
    expect(body).toMatch(/<th scope="row">Before<\/th><td>8<\/td>/);
    expect(body).toMatch(/<th scope="row">2 weeks<\/th><td>3<\/td>/);
    expect(body).toContain('tel:5550100199');
  });

  it('one number alone is no chart', async () => {
    expect((await post({ condition: 'same' })).body).not.toContain('<svg');
  });
});
