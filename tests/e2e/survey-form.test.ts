/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readAnswers } from '../../shared/care/survey/answers.ts';
import { readPreselection } from '../../shared/care/survey/preselection.ts';
import { renderThanksPage } from '../../shared/web/survey/answered/answered-pages.tsx';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { readSurveyForm, shownAgain } from '../../shared/web/survey/survey-form.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import { requestsOf, sharedBrowser } from '../support/browser/browser-tests.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { asked, sampleFrame } from '../support/samples/page-samples.ts';
import { type SeenRequest, servePages } from '../support/servers/page-server.ts';

const frame = sampleFrame('en');
const family = 'facet-joint-injection';

const survey = ({ method, url, body }: SeenRequest): string => {
  if (method === 'GET') {
    const query = Object.fromEntries(new URL(url, 'http://localhost').searchParams);
    return renderSurveyPage({ ...asked, frame, family, values: readPreselection(query) });
  }
  const form = readSurveyForm(Object.fromEntries(new URLSearchParams(body)));
  const read = readAnswers(form.raw, family);
  return read.outcome === 'valid'
    ? renderThanksPage({ frame, isLate: false })
    : renderSurveyPage({
        ...asked,
        frame,
        family,
        values: shownAgain(form.raw, family),
        assisted: form.assisted,
        problems: read.problems,
      });
};

const server = sharedLab(() =>
  servePages((path, request) =>
    path === frame.path ? { html: survey(request), headers: pageHeaders } : undefined,
  ),
);
const browser = sharedBrowser();
let page: Page;

beforeEach(async () => {
  const context = await browser().newContext({
    javaScriptEnabled: false,
    viewport: { width: 360, height: 740 },
  });
  page = await context.newPage();
});

afterEach(async () => {
  await page.context().close();
});

const choose = (question: RegExp, answer: string): Promise<void> =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
const lastPost = () => new URLSearchParams(server().seen.findLast(({ method }) => method === 'POST')?.body);

describe('the survey without script', () => {
  it('keeps the number picked in the email and submits all answers', async () => {
    await page.goto(`${server().origin}${frame.path}?a=7`);
    expect(
      await page
        .getByRole('group', { name: /bad is your pain/ })
        .getByRole('radio', { name: '7', exact: true })
        .isChecked(),
    ).toBe(true);
    await choose(/problem that you came to us for/, 'Better');
    await page.getByLabel(/how much better/).fill('80');
    await choose(/your pain is now/, 'Better (less pain)');
    await page.getByLabel('Someone is helping me').check();
    await page.getByRole('button', { name: 'Send my answers' }).click();
    expect(await page.title()).toContain('Thank you');
    expect(Object.fromEntries(lastPost())).toEqual({
      lang: 'en',
      shown: asked.shownAt,
      more: '',
      condition: 'better',
      improvementPercent: '80',
      nrsPain: '7',
      pain: 'better',
      assisted: 'yes',
    });
  }, 60_000);

  it('explains an error, links to its field and keeps the answers', async () => {
    await page.goto(server().origin + frame.path);
    await choose(/problem that you came to us for/, 'Better');
    await page.getByLabel(/how much better/).fill('eighty');
    await choose(/all in all, you are/, 'Much improved');
    await page.getByRole('button', { name: 'Send my answers' }).click();
    expect(await page.title()).toMatch(/^Error: /);
    await page
      .getByRole('alert')
      .getByRole('link', { name: /whole number/ })
      .click();
    const percent = page.getByLabel(/how much better/);
    expect(await percent.evaluate((field) => field === document.activeElement)).toBe(true);
    expect(await percent.inputValue()).toBe('eighty');
    expect(await percent.getAttribute('aria-invalid')).toBe('true');
    expect(await page.getByLabel('Much improved', { exact: true }).isChecked()).toBe(true);
    await percent.fill('80');
    await page.getByRole('button', { name: 'Send my answers' }).click();
    expect(await page.title()).toContain('Thank you');
  }, 60_000);

  it('hides the percentage after "worse" only while it is empty', async () => {
    await page.goto(server().origin + frame.path);
    const percent = page.getByLabel(/how much better/);
    await choose(/problem that you came to us for/, 'Worse');
    expect(await percent.isVisible()).toBe(false);
    await choose(/problem that you came to us for/, 'Better');
    await percent.fill('5');
    await choose(/problem that you came to us for/, 'Worse');
    expect(await percent.isVisible()).toBe(true);
  }, 60_000);

  it('can be answered with the keyboard alone', async () => {
    await page.goto(server().origin + frame.path);
    const press = async (...keys: readonly string[]) => {
      for (const key of keys) await page.keyboard.press(key);
    };
    const isFocused = (name: string) =>
      page
        .locator(`[name=${name}]:focus`)
        .count()
        .then((count) => count === 1);
    for (let tabs = 0; tabs < 10 && !(await isFocused('condition')); tabs += 1) await press('Tab');
    await press('ArrowDown', 'ArrowDown', 'Tab');
    await page.keyboard.type('60');
    for (let tabs = 0; tabs < 20 && !(await isFocused('assisted')); tabs += 1) await press('Tab');
    await press('Space', 'Tab', 'Enter');
    await page.getByRole('heading', { name: 'Thank you' }).waitFor();
    expect(await page.title()).toContain('Thank you');
    expect(lastPost().get('condition')).toBe('better');
    expect(lastPost().get('improvementPercent')).toBe('60');
  }, 60_000);

  it('has targets of at least 44 px, a name for each, and requests nothing but itself', async () => {
    const requested = requestsOf(page);
    await page.goto(server().origin + frame.path);
    for (const target of await page.locator('.tile, button, input[type=text], header a, footer a').all()) {
      const box = await target.boundingBox();
      expect(box?.height).toBeGreaterThanOrEqual(44);
      expect(box?.width).toBeGreaterThanOrEqual(44);
    }
    expect(requested).toEqual([server().origin + frame.path]);
    expect(await page.locator('main').ariaSnapshot()).toMatchSnapshot();
  }, 60_000);
});
