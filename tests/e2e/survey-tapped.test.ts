import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { withPreselection } from '../../shared/care/survey/preselection.ts';
import { messagesFor } from '../../shared/messages/messages.ts';
import { sharedBrowser } from '../support/browser/browser-tests.ts';
import { startPatientLab } from '../support/labs/patient-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

/** What becomes of a number that was tapped in the email and then corrected on the page. */
const { survey, thanks } = messagesFor('en');
const { items, choices } = survey;

const newFolder = temporaryFolders();
const ids = ['reloaded', 'back', 'reopened', 'elsewhere', 'plain'] as const;
const lab = sharedLab(
  async () =>
    startPatientLab(
      await newFolder(),
      ids.map((id) => [id, 'en'] as const),
    ),
  180_000,
);
const browser = sharedBrowser();
afterEach(() =>
  Promise.all(
    browser()
      .contexts()
      .map((context) => context.close()),
  ),
);

const arrive = async (id: string, javaScriptEnabled = true): Promise<Page> => {
  const context = await browser().newContext({ javaScriptEnabled, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await open(page, id);
  return page;
};
const open = async (page: Page, id: string): Promise<void> => {
  await page.goto(withPreselection(lab().invited(id).links.survey, 7));
};
const choose = (page: Page, question: string, answer: string): Promise<void> =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
const picked = (page: Page): Promise<string | null> =>
  page.locator('[name=nrsPain]:checked').getAttribute('value');
const query = (page: Page): string => new URL(page.url()).search;
const stored = async (id: string) => (await lab().record(id)).responses.map(({ answers }) => answers);

const correct = async (page: Page, id: string): Promise<void> => {
  await choose(page, items.condition.question, choices.change.worse);
  await press(page, survey.next);
  await choose(page, items.nrsPain.question, '3');
  await expect.poll(async () => (await lab().record(id)).drafts?.[0]?.values['nrsPain']).toBe('3');
};

const send = async (page: Page): Promise<void> => {
  await page.goto(`${page.url().replace(/#.*/, '')}#q10`);
  lab().read();
  await press(page, survey.send);
  await page.getByRole('heading', { level: 1, name: thanks.title }).waitFor();
};

type Way = readonly [(typeof ids)[number], string, (page: Page, id: string) => Promise<Page>];

const ways: readonly Way[] = [
  [
    'reloaded',
    'the tab is reloaded',
    async (page) => {
      await page.reload();
      return page;
    },
  ],
  [
    'back',
    'the patient went to the help page and came back',
    async (page, id) => {
      await page.goto(lab().invited(id).links.help);
      await page.goBack();
      return page;
    },
  ],
  [
    'reopened',
    'the same number is tapped again',
    async (page, id) => {
      await open(page, id);
      return page;
    },
  ],
  ['elsewhere', 'the same number is tapped on another device', (_, id) => arrive(id)],
];

describe('a tapped number that was corrected on the page', () => {
  it.each(ways)(
    'stays corrected (%s: %s), and is what is stored',
    async (id, _, go) => {
      const first = await arrive(id);
      expect(await picked(first)).toBe('7');
      expect(query(first)).toBe('');
      await correct(first, id);
      const page = await go(first, id);
      expect(await picked(page)).toBe('3');
      expect(query(page)).toBe('');
      await send(page);
      expect(await stored(id)).toMatchObject([{ condition: 'worse', nrsPain: 3 }]);
    },
    60_000,
  );

  it('is what is stored without a script, too, and the tapped one leaves the address with the answers', async () => {
    const page = await arrive('plain', false);
    expect(await picked(page)).toBe('7');
    await choose(page, items.condition.question, choices.change.worse);
    await choose(page, items.nrsPain.question, '3');
    lab().read();
    await press(page, survey.send);
    await page.getByRole('heading', { level: 1, name: thanks.title }).waitFor();
    expect(new URL(page.url()).searchParams.has('a')).toBe(false);
    expect(await stored('plain')).toMatchObject([{ condition: 'worse', nrsPain: 3 }]);
  }, 60_000);
});
