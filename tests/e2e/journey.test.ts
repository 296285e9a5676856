import type { BrowserContext, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { emailMessagesFor } from '../../shared/messages/email/messages.ts';
import { messagesFor } from '../../shared/messages/messages.ts';
import { locales } from '../../shared/platform/locale.ts';
import { picturesIn, sharedBrowser } from '../support/browser/browser-tests.ts';
import { startPatientLab } from '../support/labs/patient-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { stopKindOf } from '../support/samples/builders.ts';

const picture = picturesIn('journey');
const views = { phone: { width: 360, height: 740 }, desktop: { width: 1280, height: 800 } } as const;

const journeys = locales.flatMap((locale) =>
  (['phone', 'desktop'] as const).flatMap((view) =>
    [true, false].map((script) => ({
      locale,
      view,
      script,
      id: `${locale}-${view}-${script ? 'script' : 'plain'}`,
    })),
  ),
);

const newFolder = temporaryFolders();
const lab = sharedLab(
  async () =>
    startPatientLab(
      await newFolder(),
      journeys.map(({ id, locale }) => [id, locale] as const),
    ),
  180_000,
);
const browser = sharedBrowser();

describe.each(journeys)('a patient ($id)', ({ id, locale, view, script }) => {
  const { survey, thanks, answered, unsubscribe, warningSigns } = messagesFor(locale);
  const { items, choices } = survey;
  let shots = 0;

  const arrive = async (): Promise<{ readonly context: BrowserContext; readonly page: Page }> => {
    const context = await browser().newContext({
      viewport: views[view],
      javaScriptEnabled: script,
      reducedMotion: 'reduce',
    });
    return { context, page: await context.newPage() };
  };
  const shot = async (page: Page, name: string): Promise<void> => {
    shots += 1;
    await picture(page, `${id}-${shots}-${name}`, { fullPage: true });
  };
  const choose = (page: Page, question: string, answer: string): Promise<void> =>
    page.getByRole('group', { name: question }).getByRole('radio', { name: answer, exact: true }).check();
  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name }).click();
  const next = async (page: Page): Promise<void> => {
    if (script) await press(page, survey.next);
  };
  const title = (page: Page, text: string) => page.getByRole('heading', { level: 1, name: text }).waitFor();

  it('opens the email, answers, resumes on another device, changes an answer, unsubscribes and resubscribes', async () => {
    const email = lab().invited(id);
    const first = await arrive();
    let { page } = first;

    await page.setContent(email.html);
    await shot(page, 'email');
    await page.getByRole('link', { name: emailMessagesFor(locale).patient.survey.scaleLinkName(7) }).click();
    await title(page, survey.title);
    expect(await page.getAttribute('html', 'lang')).toBe(locale);
    await shot(page, 'survey');

    lab().read();
    await choose(page, items.condition.question, choices.change.better);
    await page.getByLabel(items.improvementPercent.question).fill('60');
    await next(page);
    const scale = page.getByRole('group', { name: items.nrsPain.question });
    expect(await scale.getByRole('radio', { name: '7', exact: true }).isChecked()).toBe(true);
    await next(page);
    await choose(page, items.pain.question, choices.pain.better);

    if (script) {
      await page.getByText(survey.draftSaved).waitFor();
      await expect.poll(async () => (await lab().record(id)).drafts?.[0]?.values['pain']).toBe('better');
      expect((await lab().record(id)).responses).toEqual([]);
      await shot(page, 'question');
      const second = await arrive();
      ({ page } = second);
      await page.goto(email.links.survey);
      await page.getByText(survey.notes.resumed).waitFor();
      await page.getByText(survey.step(4, 10)).waitFor();
      await shot(page, 'resumed');
      for (let question = 4; question < 10; question += 1) await press(page, survey.next);
    }
    await choose(page, warningSigns.question, warningSigns.no);
    await page.getByLabel(survey.assisted).check();
    lab().read();
    await press(page, survey.send);
    await title(page, thanks.title);
    await shot(page, 'thanks');
    expect((await lab().record(id)).responses).toMatchObject([
      {
        revision: 1,
        answers: { condition: 'better', improvementPercent: 60, nrsPain: 7, pain: 'better' },
        assisted: true,
        quality: 'trusted',
        locale,
      },
    ]);

    const third = await arrive();
    ({ page } = third);
    await page.goto(email.links.survey);
    await title(page, answered.title);
    await page.getByRole('link', { name: thanks.changeLink }).click();
    await choose(page, items.condition.question, choices.change.same);
    await choose(page, items.nrsPain.question, '3');
    lab().read();
    await shot(page, 'change');
    await press(page, survey.send);
    await title(page, thanks.title);
    await shot(page, 'changed');
    expect((await lab().record(id)).responses).toMatchObject([{ revision: 2, answers: { nrsPain: 3 } }]);

    await page.goto(email.links.unsubscribe);
    await page.getByLabel(unsubscribe.stopTick).check();
    await press(page, unsubscribe.stopButton);
    await title(page, unsubscribe.stoppedTitle);
    await shot(page, 'stopped');
    expect(stopKindOf(await lab().record(id))).toBe('opted-out');
    await page.getByLabel(unsubscribe.resumeTick).check();
    await press(page, unsubscribe.resumeButton);
    await title(page, unsubscribe.resumedTitle);
    const after = await lab().record(id);
    expect(stopKindOf(after)).toBeUndefined();
    expect(after.episodes).toMatchObject([{ status: 'active' }]);
    expect(after.responses).toHaveLength(1);

    for (const context of browser().contexts()) await context.close();
  }, 60_000);
});
