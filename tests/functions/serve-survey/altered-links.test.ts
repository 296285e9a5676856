import { beforeEach, describe, expect, it } from 'vitest';
import { pagePathOf } from '../../../functions/serve-survey/page-path.ts';
import { messagesFor } from '../../../shared/messages/messages.ts';
import { pageEvent, startFunctionLab } from '../../support/labs/function-lab.ts';
import { sharedLab } from '../../support/labs/shared-lab.ts';
import { type SurveyWorld, shown, surveyWorld, token } from '../../support/labs/survey-lab.ts';

const lab = sharedLab(startFunctionLab);
let survey: SurveyWorld;
beforeEach(async () => {
  survey = await surveyWorld(lab());
});

/** What email programs and people make of a link. */
const altered = (letter: string): readonly string[] => [
  `/${letter}/${token}/`,
  `/${letter}/${token}//`,
  `/${letter}/${token}.`,
  `/${letter}/${token},`,
  `/${letter}/${token})`,
  `/${letter}/${token}>`,
  `/${letter}/${token}%3E`,
  `/${letter}/${token}"`,
  `/${letter}/${token}%22`,
  `/${letter}/${token}%20`,
  `/${letter}/${token}%20and%20thank%20you`,
  `/${letter}/${token}%0D%0A`,
  `/${letter}/${token}%E2%80%9D`,
  `/${letter}/${token}%E2%80%8B`,
  `/${letter}/${token}%C2%AD`,
  `/${letter}/${token}%3Futm_source=mail`,
  `/${letter}/${token}&utm_source=mail`,
  `/${letter}/${token};jsessionid=1`,
  `/${letter}/${token}%`,
  `/${letter}/%3C${token}%3E`,
  `/${letter}/'${token}'`,
  `//${letter}/${token}`,
  `/${letter}//${token}`,
  `/%20${letter}/${token}`,
  `/${letter.toUpperCase()}/${token}`,
  `/${letter.toUpperCase()}//${token}/.`,
];

describe('a link that an email program altered', () => {
  it.each(altered('s'))('%s opens the survey, which is sent to the address of the email', async (path) => {
    const opened = await survey.ask(path, { query: { utm_source: 'mail' } });
    expect(opened.status).toBe(200);
    expect(opened.body).toContain(`action="/s/${token}"`);
    const form = { shown, condition: 'same' };
    const sent = await survey.ask(path, { form });
    expect(sent).toMatchObject({ status: 303, headers: { location: `/s/${token}?sent=1&lang=en` } });
  });

  it.each(altered('u'))('%s stops the emails', async (path) => {
    expect((await survey.ask(path)).status).toBe(200);
    const form = { 'List-Unsubscribe': 'One-Click' };
    expect((await survey.ask(path, { form })).body).toContain(messagesFor('en').unsubscribe.stoppedTitle);
  });

  it.each(altered('h'))('%s leads to help', async (path) => {
    expect((await survey.ask(path)).body).toContain(messagesFor('en').help.title);
  });

  it.each([
    '/',
    '',
    '/s',
    '/s/',
    '/x/y',
    '/sx/survey-token-0123456789ab',
    `/${token}`,
    '/s/short',
    '/s/%E0%A4%A',
    '/favicon.ico',
    '/robots.txt',
  ])('that is beyond help, %j, gets a page all the same', async (path) => {
    for (const method of ['GET', 'POST', 'PUT', 'DELETE', 'OPTIONS']) {
      const { statusCode, headers, body } = await survey.handle(pageEvent(path, { method }));
      expect([404, 405, 415]).toContain(statusCode);
      expect(headers?.['content-type']).toBe('text/html; charset=utf-8');
      expect(body).toMatch(/^<!doctype html>/);
    }
  });

  it.each(['/s/a.b', '/stats', '/s/../u/x'])('that is none of ours, %s, is left as it is', (path) => {
    expect(pagePathOf(path)).toBe(path);
  });
});
