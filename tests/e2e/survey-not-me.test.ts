import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../shared/messages/messages.ts';
import { sharedBrowser } from '../support/browser/browser-tests.ts';
import { startPatientLab } from '../support/labs/patient-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

/** What a stranger who said "this is not me" still sees and can do through the links of the patient's email. */
const { survey, thanks, help, revoked } = messagesFor('en');
const { items, choices } = survey;

const newFolder = temporaryFolders();
const ids = ['open', 'begun', 'answered', 'closed'] as const;
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

const choose = (page: Page, question: string, answer: string): Promise<void> =>
  page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
const title = (page: Page, name: string): Promise<void> =>
  page.getByRole('heading', { level: 1, name }).waitFor();

const begin = async (page: Page, id: string): Promise<void> => {
  await choose(page, items.condition.question, choices.change.better);
  await page.getByLabel(items.improvementPercent.question).fill('73');
  await press(page, survey.next);
  await choose(page, items.nrsPain.question, '4');
  await expect.poll(async () => (await lab().record(id)).drafts?.[0]?.values['nrsPain']).toBe('4');
};

/** Sends a form that is open, from whichever question. */
const send = async (page: Page): Promise<void> => {
  await page.goto(`${page.url().replace(/#.*/, '')}#q10`);
  lab().read();
  await press(page, survey.send);
};

/** Brings the survey into a state, with its form still open in the tab. */
const reach: Readonly<Record<(typeof ids)[number], (page: Page, id: string) => Promise<void>>> = {
  open: async () => undefined,
  begun: begin,
  answered: async (page, id) => {
    await begin(page, id);
    await send(page);
    await title(page, thanks.title);
    await page.getByRole('link', { name: thanks.changeLink }).click();
  },
  closed: async (page, id) => {
    await begin(page, id);
    lab().laptop.clock.advance(46 * 24 * 60 * 60 * 1000);
  },
};

const expectNothingOfPatient = async (page: Page): Promise<void> => {
  await title(page, revoked.title);
  expect(await page.locator('body').textContent()).not.toMatch(/maria|epidural|injection|march|2026|73/i);
  expect(await page.locator('fieldset, input[type=radio], input[type=text], input:checked').count()).toBe(0);
};

describe('after "this is not me"', () => {
  it.each(ids)(
    'a survey that is %s shows nothing of the patient and takes nothing',
    async (id) => {
      const { links } = lab().invited(id);
      const context = await browser().newContext({ reducedMotion: 'reduce' });
      const form = await context.newPage();
      await form.goto(links.survey);
      await title(form, survey.title);
      await reach[id](form, id);

      const page = await context.newPage();
      await page.goto(links.help);
      await page.getByLabel(help.wrongPersonTick).check();
      await press(page, help.wrongPersonButton);
      await title(page, help.wrongPersonDoneTitle);
      const before = await lab().everything();

      for (const link of [
        links.survey,
        `${links.survey}?a=7`,
        `${links.survey}?change=1`,
        links.unsubscribe,
        links.help,
      ]) {
        await page.goto(link);
        await expectNothingOfPatient(page);
      }

      if (id === 'answered') await choose(form, items.nrsPain.question, '9');
      if (id === 'begun') {
        await choose(form, items.nrsPain.question, '9');
        await form.getByText(survey.draftRefused).waitFor();
      }
      if (id === 'open' || id === 'answered') {
        await choose(form, items.condition.question, choices.change.worse);
      }
      await send(form);
      await expectNothingOfPatient(form);
      expect(await lab().everything()).toEqual(before);
    },
    60_000,
  );
});
