/// <reference lib="dom" />
import type { Page, Route } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../shared/messages/messages.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import { sharedBrowser } from '../support/browser/browser-tests.ts';
import { asked, sampleFrame } from '../support/samples/page-samples.ts';

/**
 * How the survey's script saves, checks and announces, against a server that the test plays: which status it answers
 * with, when, and what the clock of the browser shows meanwhile.
 */
const frame = sampleFrame('en');
const en = messagesFor('en');
const origin = 'https://survey.test';
const url = `${origin}${frame.path}`;
const html = renderSurveyPage({ ...asked, frame, family: 'facet-joint-injection', values: {} });

type Save = {
  readonly values: Readonly<Record<string, string>>;
  readonly answer: (status: number) => Promise<void>;
};

const browser = sharedBrowser();
let page: Page;
/** Saves that arrived and wait for an answer, and all that ever arrived. */
let waiting: Save[];
let arrived: Readonly<Record<string, string>>[];
/** When set, a save is answered with it at once. */
let status: number | 'abort' | undefined;

const take = async (route: Route): Promise<void> => {
  const request = route.request();
  if (request.method() === 'GET') {
    await route.fulfill({ status: 200, headers: pageHeaders, body: html });
    return;
  }
  const values = Object.fromEntries(new URLSearchParams(request.postData() ?? ''));
  arrived.push(values);
  if (status === 'abort') return route.abort();
  if (status !== undefined) return route.fulfill({ status });
  waiting.push({ values, answer: (code) => route.fulfill({ status: code }) });
};

beforeEach(async () => {
  waiting = [];
  arrived = [];
  status = 204;
  const context = await browser().newContext({
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  await page.clock.install({ time: new Date('2026-03-17T15:00:00Z') });
  await page.addInitScript(() => {
    const real = window.fetch;
    Object.assign(window, { saves: [] });
    window.fetch = (input, init) => {
      Reflect.get(window, 'saves').push({ keepalive: init?.keepalive === true });
      return real(input, init);
    };
  });
  await page.route(`${origin}/**`, take);
  await page.goto(url);
});
afterEach(() => page.context().close());

const choose = (question: string, answer: string): Promise<void> =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
const condition = en.survey.items.condition.question;
const { better, same, worse } = en.survey.choices.change;
const percent = () => page.getByLabel(en.survey.items.improvementPercent.question);
const next = (): Promise<void> => page.getByRole('button', { name: en.survey.next }).click();
const said = (): Promise<string | null> => page.locator('[role=status]').textContent();
const arrivals = (count: number) => expect.poll(() => arrived.length).toBe(count);
const pass = (milliseconds: number): Promise<void> => page.clock.runFor(milliseconds);

describe('a save', () => {
  it('goes out when an answer is given, as a draft, and outlives the page', async () => {
    await choose(condition, worse);
    await arrivals(1);
    expect(arrived[0]).toMatchObject({ condition: 'worse', draft: '1' });
    await expect.poll(said).toBe(en.survey.draftSaved);
    expect(await page.evaluate(() => Reflect.get(window, 'saves'))).toEqual([{ keepalive: true }]);
  });

  it.each([200, 303, 500, 503, 'abort'] as const)(
    'that ends with %s is not called saved, and is tried again ten seconds later with nothing touched',
    async (answer) => {
      status = answer;
      await choose(condition, worse);
      await expect.poll(said).toBe(en.survey.draftNotSaved);
      await arrivals(1);
      await pass(9_000);
      expect(arrived).toHaveLength(1);
      status = 204;
      await pass(2_000);
      await arrivals(2);
      await expect.poll(said).toBe(en.survey.draftSaved);
      expect(arrived[1]).toEqual(arrived[0]);
    },
  );

  it.each([403, 404, 410, 413, 422, 429])(
    'that is refused with %s is not tried again by itself, and says so; the next answer is saved as usual',
    async (answer) => {
      status = answer;
      await choose(condition, worse);
      await expect.poll(said).toBe(en.survey.draftRefused);
      await pass(60_000);
      expect(arrived).toHaveLength(1);
      status = 204;
      await choose(condition, same);
      await arrivals(2);
      await expect.poll(said).toBe(en.survey.draftSaved);
    },
  );

  it('that is refused while more was answered is followed by one save of the newer answers', async () => {
    status = undefined;
    await choose(condition, worse);
    await arrivals(1);
    await choose(condition, same);
    status = 204;
    await waiting[0]?.answer(422);
    await arrivals(2);
    expect(arrived[1]).toMatchObject({ condition: 'same' });
    await expect.poll(said).toBe(en.survey.draftSaved);
  });

  it('is tried again and again for as long as it fails', async () => {
    status = 503;
    await choose(condition, worse);
    for (let tries = 2; tries <= 4; tries += 1) {
      await arrivals(tries - 1);
      await expect.poll(said).toBe(en.survey.draftNotSaved);
      await pass(10_000);
    }
    await arrivals(4);
  });

  it('that is slow is never overtaken: the next one waits for it, and carries the newest answers', async () => {
    status = undefined;
    await choose(condition, worse);
    await arrivals(1);
    await choose(condition, same);
    await choose(condition, better);
    await pass(5_000);
    expect(arrived).toHaveLength(1);
    await waiting[0]?.answer(204);
    await arrivals(2);
    expect(arrived[1]).toMatchObject({ condition: 'better' });
    await waiting[1]?.answer(204);
    await expect.poll(said).toBe(en.survey.draftSaved);
    await pass(30_000);
    expect(arrived).toHaveLength(2);
  });

  it('that failed while more was answered is made up for by one save of everything', async () => {
    status = undefined;
    await choose(condition, worse);
    await arrivals(1);
    await choose(condition, same);
    status = 204;
    await waiting[0]?.answer(500);
    await expect.poll(said).toBe(en.survey.draftNotSaved);
    await pass(10_000);
    await arrivals(2);
    expect(arrived[1]).toMatchObject({ condition: 'same' });
    await expect.poll(said).toBe(en.survey.draftSaved);
  });

  it('comes when the tab is hidden, of what is typed and not left yet; not when nothing is new', async () => {
    await choose(condition, better);
    await arrivals(1);
    await percent().pressSequentially('45');
    expect(arrived).toHaveLength(1);
    const hide = () => page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')));
    await hide();
    await arrivals(2);
    expect(arrived[1]).toMatchObject({ condition: 'better', improvementPercent: '45' });
    await expect.poll(said).toBe(en.survey.draftSaved);
    await hide();
    await pass(30_000);
    expect(arrived).toHaveLength(2);
  });

  it('does not come of itself: a page that is only read sends nothing', async () => {
    await pass(600_000);
    expect(arrived).toEqual([]);
    expect(await said()).toBe('');
  });
});

describe('what a screen reader hears', () => {
  /** Collects every text that appears in a live region from now on; a region added later must be an alert. */
  const listen = () =>
    page.evaluate(() => {
      const heard: string[] = [];
      Object.assign(window, { heard });
      new MutationObserver((changes) => {
        for (const { target, addedNodes } of changes) {
          const region = target instanceof Element ? target.closest('[role=status]') : null;
          if (region) heard.push(region.textContent ?? '');
          for (const node of addedNodes) {
            if (node instanceof Element && node.role === 'alert') heard.push(node.textContent ?? '');
          }
        }
      }).observe(document, { childList: true, subtree: true, characterData: true });
    });
  const heard = (): Promise<unknown> => page.evaluate(() => Reflect.get(window, 'heard'));

  it('is that an answer is saved: once, not after every answer', async () => {
    await listen();
    await choose(condition, worse);
    await expect.poll(heard).toEqual([en.survey.draftSaved]);
    await choose(condition, same);
    await arrivals(2);
    await choose(condition, better);
    await arrivals(3);
    await pass(1_000);
    expect(await heard()).toEqual([en.survey.draftSaved]);
  });

  it('is each turn: saved, not saved, saved again', async () => {
    await listen();
    await choose(condition, worse);
    await expect.poll(heard).toHaveLength(1);
    status = 503;
    await choose(condition, same);
    await expect.poll(heard).toHaveLength(2);
    await pass(10_000);
    await arrivals(3);
    status = 204;
    await pass(10_000);
    const { draftSaved, draftNotSaved } = en.survey;
    await expect.poll(heard).toEqual([draftSaved, draftNotSaved, draftSaved]);
  });

  it('is what is missing, again each time it is asked to go on', async () => {
    await listen();
    await next();
    await next();
    await expect.poll(heard).toEqual([en.survey.conditionRequired, en.survey.conditionRequired]);
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('condition');
  });

  it('is nothing from the hidden progress bar, and of each question how far along it is', async () => {
    await choose(condition, same);
    await next();
    await page.getByText(en.survey.step(2, 10)).waitFor();
    expect(await page.getByRole('progressbar').count()).toBe(0);
    const description = await page.evaluate(() => {
      const ids = document.activeElement?.getAttribute('aria-describedby')?.split(' ') ?? [];
      return ids.map((id) => document.getElementById(id)?.textContent);
    });
    expect(description[0]).toBe(en.survey.step(2, 10));
  });
});

describe('a changed mind', () => {
  it('takes the percentage back with the direction', async () => {
    await choose(condition, better);
    await percent().fill('60');
    await next();
    await page.getByText(en.survey.step(2, 10)).waitFor();
    await page.getByRole('button', { name: en.survey.back }).click();
    await page.getByText(en.survey.step(1, 10)).waitFor();
    await choose(condition, worse);
    await next();
    await page.getByText(en.survey.step(2, 10)).waitFor();
    await choose(en.survey.items.nrsPain.question, '8');
    await expect
      .poll(() => arrived.at(-1))
      .toMatchObject({ condition: 'worse', nrsPain: '8', improvementPercent: '' });
  });
});

describe('the first question', () => {
  const step = (number: number) => page.getByText(en.survey.step(number, 10));

  it.each(['0', '00', '101', '1000', '-5', '5.5', '1e2', '60 percent', '', ' '])(
    'does not take %j for a percentage: it says what it takes, at the field, aloud',
    async (text) => {
      await choose(condition, better);
      await percent().fill(text);
      await next();
      const error = page.getByRole('alert');
      await error.waitFor();
      expect(await error.textContent()).toBe(en.survey.percentRequired);
      expect(await percent().getAttribute('aria-describedby')).toBe(await error.getAttribute('id'));
      expect(await percent().evaluate((field) => field === document.activeElement)).toBe(true);
      expect(await step(1).isVisible()).toBe(true);
    },
  );

  it.each(['1', '9', '10', '99', '100'])('takes %s', async (text) => {
    await choose(condition, better);
    await percent().fill(text);
    await next();
    await step(2).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('without an answer says so once, however often it is asked to go on', async () => {
    await next();
    await next();
    expect(await page.getByRole('alert').allTextContents()).toEqual([en.survey.conditionRequired]);
    await choose(condition, same);
    await next();
    await step(2).waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  it('goes on with Enter, and sends nothing but the draft', async () => {
    await choose(condition, better);
    await percent().fill('70');
    await page.keyboard.press('Enter');
    await step(2).waitFor();
    expect(arrived.every(({ draft }) => draft === '1')).toBe(true);
  });

  it.each([
    ['#q0', 1],
    ['#q1', 1],
    ['#q3', 3],
    ['#q10', 10],
    ['#q99', 10],
    ['#', 1],
  ])('an address that ends in %s opens question %d', async (hash, number) => {
    await page.evaluate((to) => {
      location.hash = to;
    }, hash);
    await step(number).waitFor();
    expect(await page.locator('fieldset:visible').count()).toBe(1);
  });
});
