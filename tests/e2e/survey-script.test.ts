/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../shared/messages/messages.ts';
import {
  accessibilityFindings,
  picturesIn,
  sharedBrowser,
  sidewaysScroll,
} from '../support/browser/browser-tests.ts';
import { startPatientLab } from '../support/labs/patient-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { startCompressingProxy } from '../support/servers/compressing-proxy.ts';

const picture = picturesIn('survey');
const ids = ['axe', 'keys', 'tree', 'urgent', 'switch', 'lost', 'weight'] as const;
const en = messagesFor('en');
const es = messagesFor('es');

const newFolder = temporaryFolders();
const lab = sharedLab(async () =>
  startPatientLab(
    await newFolder(),
    ids.map((id) => [id, 'en'] as const),
  ),
);
const browser = sharedBrowser();
let page: Page;
beforeEach(async () => {
  const context = await browser().newContext({
    viewport: { width: 360, height: 740 },
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
});
afterEach(() => page.context().close());

const open = (id: (typeof ids)[number]) => page.goto(lab().invited(id).links.survey);
const shot = (name: string) => picture(page, name, { fullPage: true });
const choose = (question: string, answer: string): Promise<void> =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
const next = (): Promise<void> => page.getByRole('button', { name: en.survey.next }).click();
const isFocused = async (selector: string): Promise<boolean> =>
  (await page.locator(`${selector}:focus`).count()) === 1;
const tabTo = async (selector: string): Promise<void> => {
  for (let tabs = 0; tabs < 25 && !(await isFocused(selector)); tabs += 1) await page.keyboard.press('Tab');
  expect([selector, await isFocused(selector)]).toEqual([selector, true]);
};
const button = (text: string): string => `button:text-is("${text}")`;

describe('the survey with script', () => {
  it('shows one question at a time with its progress, and goes back', async () => {
    await open('axe');
    const { items } = en.survey;
    expect(await page.locator('fieldset:visible').count()).toBe(1);
    await next();
    await page.getByText(en.survey.conditionRequired).waitFor();
    await shot('required');
    await choose(items.condition.question, en.survey.choices.change.better);
    await next();
    await page.getByText(en.survey.percentRequired).waitFor();
    await page.getByLabel(items.improvementPercent.question).fill('60');
    await page.keyboard.press('Enter');
    for (let step = 2; step <= 10; step += 1) {
      await page.getByText(en.survey.step(step, 10)).waitFor();
      expect(await page.locator('fieldset:visible').count()).toBe(1);
      expect(await isFocused('fieldset')).toBe(true);
      expect(await accessibilityFindings(page)).toEqual([]);
      if (step < 10) await next();
    }
    await shot('last');
    await page.getByRole('button', { name: en.survey.back }).click();
    await page.getByText(en.survey.step(9, 10)).waitFor();
    await page.goBack();
    await page.getByText(en.survey.step(10, 10)).waitFor();
    await page.emulateMedia({ forcedColors: 'active' });
    await page.setViewportSize({ width: 320, height: 700 });
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    await shot('forced-colours-320-text-200');
    expect(await sidewaysScroll(page)).toBe(0);
  }, 90_000);

  it('can be answered with the keyboard alone', async () => {
    await open('keys');
    lab().read();
    const press = (key: string) => page.keyboard.press(key);
    await tabTo('[name=condition]');
    await press('ArrowDown');
    await press('ArrowDown');
    await press('Tab');
    await page.keyboard.type('45');
    await press('Enter');
    for (let step = 2; step < 10; step += 1) {
      await page.getByText(en.survey.step(step, 10)).waitFor();
      await press('Tab');
      await press('Space');
      await press('Tab');
      await tabTo(button(en.survey.next));
      await press('Enter');
    }
    await page.getByText(en.survey.step(10, 10)).waitFor();
    await tabTo('[name=signs]');
    await press('ArrowDown');
    await tabTo('[name=assisted]');
    await press('Space');
    await tabTo(button(en.survey.send));
    await press('Enter');
    await page.getByRole('heading', { level: 1, name: en.thanks.title }).waitFor();
    expect((await lab().record('keys')).responses).toMatchObject([
      {
        answers: { condition: 'better', improvementPercent: 45, nrsPain: 0, pegPain: 0, pgic: 1 },
        assisted: true,
        quality: 'trusted',
      },
    ]);
  }, 60_000);

  it('gives screen readers each question with its hint and progress, and a name for every point of a scale', async () => {
    await open('tree');
    const main = page.getByRole('main');
    expect(await main.ariaSnapshot()).toMatchSnapshot('first question');
    await choose(en.survey.items.condition.question, en.survey.choices.change.same);
    await next();
    await page.getByText(en.survey.step(2, 10)).waitFor();
    const scale = page.getByRole('group', { name: en.survey.items.nrsPain.question });
    expect(await scale.ariaSnapshot()).toMatchSnapshot('a scale');
    const described = await scale.evaluate((field) =>
      (field.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent),
    );
    expect(described).toEqual([en.survey.step(2, 10), en.survey.items.nrsPain.hint]);
  }, 60_000);

  it('shows emergency advice and notifies staff as soon as a sign is ticked, before anything is submitted', async () => {
    await open('urgent');
    await page.goto(`${page.url()}#q10`);
    const urgent = page.getByText(en.warningSigns.urgentBody);
    expect(await urgent.isVisible()).toBe(false);
    await choose(en.warningSigns.question, en.warningSigns.yes);
    expect(await urgent.isVisible()).toBe(true);
    await page.getByText(en.survey.draftSaved).waitFor();
    await shot('urgent');
    const notices = (await lab().everything()).filter(
      ({ pk, sk }) => pk === 'PATIENT#urgent' && String(sk).startsWith('NOTICE#'),
    );
    expect(notices).toMatchObject([{ kind: 'warning-sign' }]);
    expect((await lab().record('urgent')).responses).toEqual([]);
  }, 60_000);

  it('switches the language in place, keeping the question and every answer', async () => {
    await open('switch');
    await choose(en.survey.items.condition.question, en.survey.choices.change.worse);
    await next();
    await choose(en.survey.items.nrsPain.question, '8');
    await next();
    await page.getByText(en.survey.step(3, 10)).waitFor();
    await page.getByRole('button', { name: es.languageName }).click();
    await page.getByText(es.survey.step(3, 10)).waitFor();
    expect(await page.getAttribute('html', 'lang')).toBe('es');
    await page.getByRole('button', { name: es.survey.back }).click();
    await page.getByText(es.survey.step(2, 10)).waitFor();
    expect(await page.getByRole('radio', { name: '8', exact: true }).isChecked()).toBe(true);
  }, 60_000);

  it('reports an answer that could not be saved, and saves it with the next one', async () => {
    await open('lost');
    await page.route('**/s/*', (route) => route.abort());
    await choose(en.survey.items.condition.question, en.survey.choices.change.worse);
    await page.getByText(en.survey.draftNotSaved).waitFor();
    await page.unroute('**/s/*');
    await next();
    await choose(en.survey.items.nrsPain.question, '8');
    await page.getByText(en.survey.draftSaved).waitFor();
    expect((await lab().record('lost')).drafts?.[0]?.values).toEqual({ condition: 'worse', nrsPain: '8' });
  }, 60_000);

  it('is one request of at most 14 KB, by the browser’s own accounting', async () => {
    const { survey } = lab().invited('weight').links;
    const proxy = await startCompressingProxy(lab().laptop.origin);
    const network = await page.context().newCDPSession(page);
    await network.send('Network.enable');
    const received: number[] = [];
    const requested: string[] = [];
    network.on('Network.loadingFinished', ({ encodedDataLength }) => received.push(encodedDataLength));
    network.on('Network.requestWillBeSent', ({ request }) => requested.push(request.url));
    const url = `${proxy.origin}${new URL(survey).pathname}`;
    await page.goto(url, { waitUntil: 'networkidle' });
    proxy.stop();
    expect(requested).toEqual([url]);
    const bytes = received.reduce((sum, size) => sum + size, 0);
    expect(bytes).toBeGreaterThan(1_000);
    expect(bytes).toBeLessThanOrEqual(14 * 1024);
    process.stdout.write(`survey page: ${bytes} bytes on the wire, headers included\n`);
  }, 60_000);
});
