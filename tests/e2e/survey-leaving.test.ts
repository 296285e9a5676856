/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { messagesFor } from '../../shared/messages/messages.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import { sharedBrowser } from '../support/browser/browser-tests.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { asked, sampleFrame } from '../support/samples/page-samples.ts';
import { type ServedPage, servePages } from '../support/servers/page-server.ts';

/**
 * What becomes of the answers of a patient who leaves the page: a real server receives what a real browser still
 * sends. Nothing is played in between, because a browser treats requests differently once somebody intercepts them.
 */
const frame = sampleFrame('en');
const en = messagesFor('en').survey;
const html = renderSurveyPage({ ...asked, frame, family: 'facet-joint-injection', values: {} });
const { better, worse } = en.choices.change;

/** How many requests Chromium sends to a server at the same time; the next one waits for one of them to end. */
const connections = 6;
const busy = '/busy';

const server = sharedLab(() =>
  servePages((path, { method }): ServedPage | Promise<ServedPage> | undefined => {
    if (path === busy) return new Promise(() => undefined);
    if (path !== frame.path) return { html: '<title>Elsewhere</title>', headers: {} };
    return method === 'POST' ? { status: 204, html: '', headers: {} } : { html, headers: pageHeaders };
  }),
);
const browser = sharedBrowser();
let page: Page;
let before: number;

beforeEach(async () => {
  before = server().seen.length;
  const context = await browser().newContext({ viewport: { width: 360, height: 740 } });
  page = await context.newPage();
  await page.goto(server().origin + frame.path);
});
afterEach(() => page.context().close());

const requests = () => server().seen.slice(before);
const saves = () =>
  requests()
    .filter(({ method }) => method === 'POST')
    .map(({ body }) => Object.fromEntries(new URLSearchParams(body)));
const choose = (answer: string): Promise<void> =>
  page
    .getByRole('group', { name: en.items.condition.question })
    .getByRole('radio', { name: answer, exact: true })
    .check();

/** Uses up all connections, as a slow network does: what the page sends now is still waiting when it is left. */
const slowDown = async (): Promise<void> => {
  await page.evaluate(
    ([path, count]) => {
      for (let at = 0; at < count; at += 1) fetch(`${path}?${at}`).catch(() => undefined);
    },
    [busy, connections] as const,
  );
  await expect.poll(() => requests().filter(({ url }) => url.startsWith(busy)).length).toBe(connections);
};

const ways = [
  ['closes the tab', () => page.close()],
  ['goes to another site', async () => void (await page.goto('about:blank'))],
] as const;

describe.each(ways)('a patient who %s', (_, leave) => {
  it('loses no answer whose save was still on its way', async () => {
    await slowDown();
    await choose(worse);
    expect(saves()).toEqual([]);
    await leave();
    await expect.poll(saves).toMatchObject([{ condition: 'worse', draft: '1' }]);
  });

  it('loses nothing typed, though the field was not left', async () => {
    await choose(better);
    await expect.poll(saves).toHaveLength(1);
    await page.getByLabel(en.items.improvementPercent.question).pressSequentially('45');
    await slowDown();
    expect(saves()).toHaveLength(1);
    await leave();
    await expect.poll(saves).toHaveLength(2);
    expect(saves()[1]).toMatchObject({ condition: 'better', improvementPercent: '45', draft: '1' });
  });

  it('sends nothing more when everything is saved', async () => {
    await choose(worse);
    await page.getByText(en.draftSaved).waitFor();
    await leave();
    await page
      .context()
      .newPage()
      .then((other) => other.goto(`${server().origin}/elsewhere`));
    expect(saves()).toHaveLength(1);
  });
});
