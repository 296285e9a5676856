import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { beforeEach, describe, expect, it } from 'vitest';
import { patientId } from '../../../shared/care/patient/ids.ts';
import type { Draft } from '../../../shared/care/patient/response.ts';
import { maxDraftSaves } from '../../../shared/care/survey/save-draft.ts';
import { contributionOf } from '../../../shared/counting/contribute.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import type { UtcInstant } from '../../../shared/platform/time.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import {
  mainOf,
  now,
  type SurveyWorld,
  shown,
  surveyWorld,
  token,
  unknownToken,
} from '../../support/labs/survey-lab.ts';
import { episodeIdFor } from '../../support/samples/builders.ts';

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
        revision: 2,
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

  it('are refused once the survey is answered, and nothing of them is shown', async () => {
    await keep({ condition: 'same', nrsPain: '2' });
    await post({ condition: 'worse' });
    const before = await survey.world.everything();
    expect((await keep({ condition: 'better', improvementPercent: '90' })).status).toBe(410);
    expect(await survey.world.everything()).toEqual(before);
    const { body } = await survey.ask(path, { query: { change: '1' } });
    expect(mainOf(body)).not.toMatch(/checked|value="90"/);
    expect(body).not.toContain('<script');
  });

  it('are gone for the patient after 30 days, whenever the table deletes them', async () => {
    const savedAt = '2026-02-15T14:59:59Z';
    const key = {
      episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
      timepoint: '2w',
    } as const;
    const values = { condition: 'worse' };
    const item: Draft = {
      ...key,
      patientId: patientId('p-1'),
      values,
      assisted: false,
      savedAt,
      revision: 1,
    };
    await survey.world.store.commit([{ kind: 'draft', item }]);
    expect(mainOf((await survey.ask(path)).body)).not.toContain('checked');
    expect((await keep({ condition: 'same' })).status).toBe(204);
    expect(isPicked((await survey.ask(path)).body, 'condition', 'same')).toBe(true);
  });

  it('saved before saves were counted are replaced like any other', async () => {
    const key = { pk: 'PATIENT#p-1', sk: 'DRAFT#2026-03-02#epidural-steroid-injection#2w' };
    const draft = { episodeId: '2026-03-02#epidural-steroid-injection', timepoint: '2w' };
    const values = { condition: 'worse' };
    const Item = { ...key, patientId: 'p-1', ...draft, values, assisted: false, savedAt: now };
    await survey.world.document.send(new PutCommand({ TableName: survey.world.tables.care, Item }));
    expect((await keep({ condition: 'same' })).status).toBe(204);
    expect((await record()).drafts).toMatchObject([{ revision: 1, values: { condition: 'same' } }]);
  });

  it('are saved as often as anybody would, and then not any more: 429, and the last one stays', async () => {
    const key = {
      episodeId: episodeIdFor('epidural-steroid-injection', '2026-03-02'),
      timepoint: '2w',
    } as const;
    for (let revision = 1; revision < maxDraftSaves; revision += 1) {
      const values = { condition: 'same' };
      const item: Draft = {
        ...key,
        patientId: patientId('p-1'),
        values,
        assisted: false,
        savedAt: now,
        revision,
      };
      await survey.world.store.commit([{ kind: 'draft', item }]);
    }
    expect((await keep({ condition: 'worse' })).status).toBe(204);
    const before = await survey.world.everything();
    expect((await keep({ condition: 'better', improvementPercent: '9' })).status).toBe(429);
    expect(await survey.world.everything()).toEqual(before);
    expect((await keep({ signs: 'yes' })).status).toBe(429);
    expect(await notices()).toHaveLength(1);
    expect((await post({ condition: 'better', improvementPercent: '9' })).status).toBe(303);
  });

  it('keep no percentage that is not one yet', async () => {
    expect((await keep({ condition: 'better', improvementPercent: '6x' })).status).toBe(204);
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
  const { urgentTitle, urgentBody, urgentCall } = messagesFor('en').warningSigns;
  const expectOnlyUrgent = (body: string): void => {
    const text = body.slice(body.indexOf('<main>'), body.indexOf('</main>')).replaceAll(/<[^>]+>/g, '');
    expect(text).toBe(`${urgentTitle}${urgentBody}${urgentCall}`);
    expect(body).not.toMatch(/<(?:form|footer|nav|aside|script)/);
    expect(body.match(/href="[^"]*"/g)).toEqual(['href="tel:911"']);
  };
  it('gets a page with what to do now and nothing else, and staff a notice, beside the answers', async () => {
    const { status, body } = await post({ condition: 'worse', signs: 'yes' });
    expect(status).toBe(200);
    expectOnlyUrgent(body);
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
    expectOnlyUrgent(answered.body);
    expect(await notices()).toHaveLength(1);
  });

  it('is told when the survey is closed', async () => {
    survey.world.at('2026-04-25T15:00:00Z');
    const closed = await post({ condition: 'worse', signs: 'yes' });
    expect(closed.status).toBe(410);
    expectOnlyUrgent(closed.body);
    expect(await notices()).toHaveLength(1);
    expect((await record()).responses).toEqual([]);
  });

  it.each<readonly [string, Readonly<Record<string, string>>]>([
    ['came too fast', { condition: 'worse', shown: now }],
    ['may be a machine’s', { condition: 'worse', more: 'x' }],
    ['wait for their tick', { condition: 'worse', confirm: '1' }],
    ['are in Spanish', { condition: 'worse', lang: 'es' }],
    ['are in no language of ours', { condition: 'worse', lang: 'fr' }],
    ['are none', {}],
  ])('is told alone when the answers %s', async (_, form) => {
    const { body } = await post({ ...form, signs: 'yes' });
    expect(body).toMatch(/href="tel:911"/);
    expect(body).not.toMatch(/<(?:form|footer|nav|aside|script|ul)/);
    expect(body).toContain(form['lang'] === 'es' ? '<html lang="es">' : '<html lang="en">');
    expect(await notices()).toHaveLength(1);
  });

  it('that is not there is not told', async () => {
    expect((await post({ condition: 'worse', signs: 'no' })).body).not.toContain(urgent);
    expect(await notices()).toEqual([]);
  });
});

describe('after the answer', () => {
  const better = { condition: 'better', improvementPercent: '60', nrsPain: '3', pgic: '2' };
  const numbers = /value="60"|checked|<svg|<table|<dd>/;

  it.each([
    ['the page that it leads to', { sent: '1' }],
    ['the same link opened again', {}],
    ['the form to answer again', { change: '1' }],
    ['the link with a tapped number', { a: '7' }],
    ['the form with a tapped number', { change: '1', a: '7' }],
    ['the page in another language', { sent: '1', lang: 'es' }],
  ])('%s shows no answer', async (_, query) => {
    await post(better);
    const { status, body } = await survey.ask(path, { query });
    expect(status).toBe(200);
    expect(mainOf(body)).not.toMatch(numbers);
  });

  it('the page that it leads to says until when it can be changed, and where', async () => {
    await post(better);
    const { body } = await survey.ask(path, { query: { sent: '1', lang: 'en' } });
    expect(body).toContain('We have your answers');
    expect(body).toContain('until March 23, 2026');
    expect(body).toContain(`href="${path}?change=1&amp;lang=en"`);
    expect(body).toContain('tel:5550100199');
  });

  it.each<readonly [string, UtcInstant, Readonly<Record<string, string>>, string]>([
    ['a day after the window', '2026-03-24T15:00:00Z', { sent: '1' }, 'too late to be counted'],
    ['a day after the window, on return', '2026-03-24T15:00:00Z', {}, 'We have your answers'],
    ['when a change is asked for', '2026-03-24T15:00:00Z', { change: '1' }, 'We have your answers'],
    ['on the last late day', '2026-04-23T03:59:59Z', { sent: '1' }, 'too late to be counted'],
    ['with a tapped number, on return', '2026-04-22T15:00:00Z', { a: '3' }, 'We have your answers'],
    ['in Spanish', '2026-03-24T15:00:00Z', { sent: '1', lang: 'es' }, 'Tenemos sus respuestas'],
  ])('late ones are thanked for without a date that is over: %s', async (_, at, query, text) => {
    survey.world.at(at);
    expect((await survey.ask(path, { form: { ...better, shown: '2026-03-20T00:00:00Z' } })).status).toBe(303);
    const { status, body } = await survey.ask(path, { query });
    expect(status).toBe(200);
    expect(body).toContain(text);
    expect(body).not.toMatch(/change=1|March|marzo|did not save/);
  });

  it.each<readonly [string, UtcInstant]>([
    ['in time, months later', '2026-06-20T15:00:00Z'],
    ['in time, a day after the window', '2026-03-24T15:00:00Z'],
  ])('given %s: we still have them', async (_, at) => {
    await post(better);
    survey.world.at(at);
    const { status, body } = await survey.ask(path);
    expect(status).toBe(200);
    expect(body).toContain('We have your answers');
    expect(body).not.toMatch(/change=1|did not save/);
    const late = await survey.ask(path, { form: { condition: 'worse', shown } });
    expect(late.status).toBe(410);
    expect(late.body).toContain('We still have the answers that you sent before');
  });
});
