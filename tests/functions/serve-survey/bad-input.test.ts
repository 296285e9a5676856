import { beforeAll, describe, expect, it } from 'vitest';
import { surveyScript } from '../../../shared/web/survey/generated/survey-script.ts';
import { type PageCall, pageEvent, startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type SurveyWorld, shown, surveyWorld, token, unknownToken } from '../../support/labs/survey-lab.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
let before: readonly unknown[];
beforeAll(async () => {
  survey = await surveyWorld(lab());
  before = await survey.world.everything();
});

const formed = (text: string, type = 'application/x-www-form-urlencoded; charset=UTF-8'): PageCall => ({
  body: text,
  headers: { 'content-type': type },
});
const answers = (text: string): PageCall => formed(`shown=${shown}&${text}`);
const changedToken = `${token.slice(0, -1)}c`;

/** A page that a patient understands: in a language, with a heading, with the clinic's number. */
const expectPage = (body: string): void => {
  expect(body).toMatch(/^<!doctype html><html lang="(?:en|es)">/);
  expect(body.match(/<h1>[^<]+<\/h1>/g)).toHaveLength(1);
  expect(body).toContain('(555) 010-0199');
  expect(body.replace(surveyScript, '')).not.toMatch(/node_modules|\.ts:|undefined|\[object|NaN/);
};

describe('bad input gets a page that a patient understands, the right status, and is not stored', () => {
  it.each<readonly [string, string, PageCall, number]>([
    ['a value above its scale', `/s/${token}`, answers('condition=same&nrsPain=11'), 422],
    ['a value below its scale', `/s/${token}`, answers('condition=same&pegPain=-1'), 422],
    ['a fraction', `/s/${token}`, answers('condition=same&nrsPain=3.5'), 422],
    ['digits of another script', `/s/${token}`, answers('condition=same&nrsPain=%D9%A3'), 422],
    ['a percentage of 0', `/s/${token}`, answers('condition=better&improvementPercent=0'), 422],
    ['a percentage of 101', `/s/${token}`, answers('condition=better&improvementPercent=101'), 422],
    ['“better” without a percentage', `/s/${token}`, answers('condition=better'), 422],
    ['“worse” and a percentage', `/s/${token}`, answers('condition=worse&improvementPercent=50'), 422],
    ['no answer to the first question', `/s/${token}`, answers('nrsPain=3'), 422],
    ['an answer given twice', `/s/${token}`, answers('condition=same&condition=worse'), 422],
    ['an unknown question', `/s/${token}`, answers('condition=same&mood=good'), 422],
    ['a question of another family', `/s/${token}`, answers('condition=same&standingWalking=better'), 422],
    ['the name of a property', `/s/${token}`, answers('condition=same&__proto__=x&constructor=y'), 422],
    ['neither yes nor no to the signs', `/s/${token}`, answers('condition=same&signs=perhaps'), 422],
    ['nothing', `/s/${token}`, formed(''), 422],
    ['2 MB', `/s/${token}`, answers(`condition=${'x'.repeat(2 * 1024 * 1024)}`), 413],
    ['JSON', `/s/${token}`, formed('{"condition":"same"}', 'application/json'), 415],
    ['plain text', `/s/${token}`, formed('condition=same', 'text/plain'), 415],
    ['no type', `/s/${token}`, formed('condition=same', ''), 415],
    ['half a character, escaped', `/s/${token}`, answers('condition=%E2%82'), 400],
    ['a lone percent sign', `/s/${token}`, answers('condition=better&improvementPercent=80%'), 400],
    ['a token with another last letter', `/s/${changedToken}`, answers('condition=same'), 404],
    ['a token cut short', `/s/${token.slice(0, 20)}`, answers('condition=same'), 404],
    ['a token nobody has', `/s/${unknownToken}`, answers('condition=same'), 404],
    ['a token that climbs', '/s/..%2f..%2fetc', answers('condition=same'), 404],
    ['no such action', `/u/${token}`, formed('action=delete&sure=yes'), 400],
    ['an action without its tick', `/u/${token}`, formed('action=stop'), 422],
    ['an undo without its tick', `/u/${token}`, formed('action=resume'), 422],
    ['a call without its tick', `/h/${token}`, formed('action=call-me'), 422],
    ['“not me” without its tick', `/h/${token}`, formed('action=not-me'), 422],
    ['a tick alone', `/h/${token}`, formed('sure=yes'), 400],
  ])('%s', async (_, path, call, status) => {
    const response = await survey.ask(path, call);
    expect(response.status).toBe(status);
    expectPage(response.body);
    expect(await survey.world.everything()).toEqual(before);
  });

  it('a body that breaks off within a character', async () => {
    const { body: _, ...event } = pageEvent(`/s/${token}`, answers('condition=same'));
    const cut = Buffer.concat([Buffer.from('condition=same&x='), Buffer.from([0xe2, 0x82])]).toString(
      'base64',
    );
    const response = await survey.handle({ ...event, body: cut });
    expect(response.statusCode).toBe(400);
    expectPage(response.body ?? '');
    expect(await survey.world.everything()).toEqual(before);
  });
});

const attacks = [
  '<script>alert(1)</script>',
  '"><script>alert(1)</script>',
  "'><img src=x onerror=alert(1)>",
  '" autofocus onfocus="alert(1)',
  '</style><svg onload=alert(1)>',
  '</title><svg/onload=alert(1)>',
  '</script><script>alert(1)</script>',
  'javascript:alert(1)',
  '<!--',
  ']]><x>',
  '&lt;script&gt;',
  '\u2028<b>',
  '<form action=//evil.example>',
];

describe('an attack', () => {
  /** All tags of a page, attribute values emptied: the same as those of the page without the attack. */
  const tagsOf = (html: string): readonly string[] =>
    html
      .replaceAll(`<script>${surveyScript}</script>`, '')
      .replaceAll(/"[^"]*"/g, '""')
      .match(/<[^>]*>/g) ?? [];

  const fields = [
    'condition',
    'improvementPercent',
    'nrsPain',
    'pgic',
    'signs',
    'lang',
    'language',
    'shown',
    'assisted',
  ];
  it.each(fields)('in the field %s is text wherever it is echoed', async (field) => {
    const form = { condition: 'better', improvementPercent: 'x', shown };
    const harmless = await survey.ask(`/s/${token}`, { form: { ...form, [field]: 'harmless' } });
    for (const attack of attacks) {
      const { body, headers } = await survey.ask(`/s/${token}`, { form: { ...form, [field]: attack } });
      expect(tagsOf(body)).toEqual(tagsOf(harmless.body));
      expect(headers['content-security-policy']).toMatch(
        /^default-src 'none'; style-src 'sha256-[^ ]+'; script-src 'sha256-[^ ;]+';/,
      );
    }
    expect(await survey.world.everything()).toEqual(before);
  });

  it.each(attacks)('%s in a name, the path and the query is text, or not there at all', async (attack) => {
    const clean = await survey.ask(`/s/${token}`);
    for (const query of [{ a: attack }, { lang: attack }, { change: attack }, { [attack]: '1' }]) {
      expect(tagsOf((await survey.ask(`/s/${token}`, { query })).body)).toEqual(tagsOf(clean.body));
    }
    for (const page of ['s', 'u', 'h']) {
      const { status, body } = await survey.ask(`/${page}/${attack}`);
      expect(status).toBe(404);
      expect(body).not.toContain(attack);
    }
    const named = await survey.ask(`/s/${token}`, { form: { condition: 'same', shown, [attack]: attack } });
    expect(named.status).toBe(422);
    expect(named.body.replace(surveyScript, '')).not.toContain('alert(1');
    expect(await survey.world.everything()).toEqual(before);
  });
});

describe('a link used again', () => {
  it('after the answer, by who knows it, thanks again and changes nothing', async () => {
    const own = await surveyWorld(lab());
    const form = { condition: 'same', shown };
    await own.ask(`/s/${token}`, { form });
    const once = await own.world.everything();
    for (let time = 0; time < 3; time += 1) {
      expect((await own.ask(`/s/${token}`, { form })).status).toBe(303);
    }
    expect(await own.world.everything()).toEqual(once);
  });
});
