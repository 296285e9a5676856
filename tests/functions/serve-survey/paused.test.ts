import { beforeEach, describe, expect, it } from 'vitest';
import { pauseStoreOn } from '../../../shared/care/emailing/aws/pause-store.ts';
import type { PauseReach } from '../../../shared/care/emailing/pause.ts';
import { patientId } from '../../../shared/care/patient/ids.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import { startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type SurveyWorld, shown, surveyWorld, token, unknownToken } from '../../support/labs/survey-lab.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
beforeEach(async () => {
  survey = await surveyWorld(lab());
});

const path = `/s/${token}`;
const { title } = messagesFor('en').paused;
const better = { shown, condition: 'better', improvementPercent: '60' };
const pauses = () => pauseStoreOn(survey.world.document, survey.world.tables.care);
const pause = (reach: PauseReach) => pauses().write({ since: '2026-03-17T14:00:00Z', reach });
const record = () => survey.world.store.load(patientId('p-1'));

describe('while surveys are paused', () => {
  beforeEach(() => pause('email-and-surveys'));

  it('a link shows no survey but what happened and what to do: 503, come again later, nothing written', async () => {
    const before = await survey.world.everything();
    const { status, headers, body } = await survey.ask(path, { query: { a: '7' } });
    expect(status).toBe(503);
    expect(headers['retry-after']).toBe('3600');
    expect(headers['cache-control']).toBe('no-store');
    expect(body).toContain(title);
    expect(body).toContain('(555) 010-0199');
    expect(body).toContain(`href="/u/${token}?lang=en"`);
    expect(body).not.toContain('<form');
    expect(await survey.world.everything()).toEqual(before);
  });

  it('says so in the language that is asked for', async () => {
    const { body } = await survey.ask(path, { query: { lang: 'es' } });
    expect(body).toContain('<html lang="es">');
    expect(body).toContain(messagesFor('es').paused.title);
  });

  it('loses no answer of a form that is open already, sent or not', async () => {
    expect((await survey.ask(path, { form: { ...better, draft: '1' } })).status).toBe(204);
    expect((await survey.ask(path, { form: { ...better, lang: 'en', language: 'es' } })).body).toContain(
      'value="60"',
    );
    expect((await survey.ask(path, { form: better })).status).toBe(303);
    expect((await record()).responses).toMatchObject([{ answers: { improvementPercent: 60 } }]);
  });

  it('thanks who has answered, and takes no changes', async () => {
    await survey.ask(path, { form: better });
    const { status, body } = await survey.ask(path);
    expect([status, body.includes(messagesFor('en').answered.title)]).toEqual([200, true]);
    expect((await survey.ask(path, { query: { change: '1' } })).status).toBe(503);
  });

  it('stops email and asks for a call as ever', async () => {
    for (const page of ['u', 'h']) expect((await survey.ask(`/${page}/${token}`)).status).toBe(200);
    const stop = { action: 'stop', sure: 'yes' };
    expect((await survey.ask(`/u/${token}`, { form: stop })).status).toBe(200);
    const call = { action: 'call-me', sure: 'yes' };
    expect((await survey.ask(`/h/${token}`, { form: call })).status).toBe(200);
  });

  it('says of other links what it always says', async () => {
    expect((await survey.ask(`/s/${unknownToken}`)).status).toBe(404);
    survey.world.at('2026-04-25T15:00:00Z');
    expect((await survey.ask(path)).status).toBe(410);
  });

  it('and not any more, the survey is back with what was kept', async () => {
    await survey.ask(path, { form: { ...better, draft: '1' } });
    await pauses().clear();
    const { status, body } = await survey.ask(path);
    expect([status, body.includes('value="60"')]).toEqual([200, true]);
  });
});

describe('while email alone is paused', () => {
  it('whoever has an email in hand answers as ever', async () => {
    await pause('email');
    expect((await survey.ask(path)).status).toBe(200);
    expect((await survey.ask(path, { form: better })).status).toBe(303);
  });
});
