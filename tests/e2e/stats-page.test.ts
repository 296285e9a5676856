/// <reference lib="dom" />
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { statsMessagesFor } from '../../shared/messages/stats/messages.ts';
import { locales } from '../../shared/platform/locale.ts';
import {
  accessibilityFindings,
  complaintsOf,
  picturesIn,
  requestsOf,
  sharedBrowser,
  sidewaysScroll,
} from '../support/browser/browser-tests.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { sampleRelease, sampleShares, shownIn } from '../support/samples/release-samples.ts';
import { startStatsSite } from '../support/servers/stats-site.ts';

const picture = picturesIn('stats');
const first = sampleRelease();
const lower = { ...sampleShares, 'facet-joint-injection': { improved: 89, 'improved-over-half': 77 } };
const second = sampleRelease(lower, [first], 60);
const claim = shownIn(second, 'facet-improved');
const messages = statsMessagesFor('en');

const site = sharedLab(startStatsSite);
const browser = sharedBrowser();
let context: BrowserContext;

beforeAll(async () => {
  await site().publish(first);
  await site().publish(second);
  context = await browser().newContext({ reducedMotion: 'reduce', locale: 'en-US' });
  await context.grantPermissions(['clipboard-read', 'clipboard-write'], { origin: site().origin });
});

const openAll = (page: Page): Promise<void> =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** Opens a page. Returns it with the browser's complaints about it. */
const open = async (url: string) => {
  const page = await context.newPage();
  const complaints = complaintsOf(page);
  await page.goto(url);
  return { page, complaints };
};

describe.each(locales)('the statistics page in %s', (locale) => {
  const shot = (page: Page, view: string) => picture(page, `page-${locale}-${view}`);

  it('has no accessibility findings and fits, on phone and desktop, light, dark and enlarged', async () => {
    const { page, complaints } = await open(`${site().origin}/stats?lang=${locale}`);
    await page.setViewportSize({ width: 1280, height: 900 });
    await shot(page, 'desktop');
    await picture(page.locator('#facet-improved'), `claim-${locale}-desktop`);
    await openAll(page);
    expect(await accessibilityFindings(page)).toEqual([]);

    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await accessibilityFindings(page)).toEqual([]);
    await shot(page, 'dark');

    await page.setViewportSize({ width: 320, height: 640 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.emulateMedia({ colorScheme: 'light' });
    await shot(page, 'phone');
    await picture(page.locator('#facet-improved'), `claim-${locale}-phone`);

    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    expect(await sidewaysScroll(page)).toBe(0);
    expect(complaints).toEqual([]);
    await page.close();
  });
});

describe('the statistics page', () => {
  it('requests nothing but itself', async () => {
    const page = await context.newPage();
    const requested = requestsOf(page);
    await page.goto(`${site().origin}/stats`);
    await page.waitForLoadState('networkidle');
    expect(requested.filter((url) => !url.endsWith('/favicon.ico'))).toEqual([`${site().origin}/stats`]);
    await page.close();
  });

  it('copies a sentence with its footnote and source', async () => {
    const { page, complaints } = await open(`${site().origin}/stats`);
    const part = page.locator('#facet-improved');
    await part.getByText('Sentence and footnote, to copy together').click();
    await part.getByRole('button', { name: 'Copy the sentence with its footnote' }).click();
    await part.getByRole('status').getByText('Copied').waitFor();
    const copied = await page.evaluate(() => navigator.clipboard.readText());
    expect(copied.split('\n')).toEqual([
      claim.sentence.en,
      claim.footnote.en,
      `Source: release 2 of November 16, 2026, ${site().origin}/stats`,
    ]);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it('checks the digest in the browser, and reports data that differ from what was published', async () => {
    const { page } = await open(`${site().origin}/stats`);
    const check = page.getByRole('button', { name: 'Check in this browser' });
    await check.click();
    await page.getByText('Checked: the data has exactly this digest.').waitFor();

    await page.route('**/stats/releases/2.json', async (route) => {
      const response = await route.fetch();
      await route.fulfill({
        response,
        body: (await response.text()).replace('"percent":88', '"percent":98'),
      });
    });
    await check.click();
    await page.getByText('The data does not have this digest.').waitFor();

    await page.unroute('**/stats/releases/2.json');
    await page.route('**/stats/releases/2.json', (route) => route.abort());
    await check.click();
    await page.getByText('The data could not be fetched.').waitFor();
    await page.close();
  });

  it('checks what the server has now, not what the browser kept when it looked before', async () => {
    const own = await browser().newContext();
    const page = await own.newPage();
    const data = '/stats/releases/2.json';
    const published = await site().get(data);
    const respond = (response: object): void =>
      site().respondWith(async (event, lambda) =>
        event.rawPath === data ? { statusCode: 200, ...response } : site().handler(event, lambda),
      );
    const check = async (result: string): Promise<void> => {
      await page.getByRole('button', { name: messages.checkButton }).click();
      await page.locator('#check-result').getByText(result, { exact: true }).waitFor();
    };
    await page.goto(`${site().origin}/stats?lang=en`);
    await check(messages.checkOk);
    expect(published.headers['cache-control']).toContain('max-age=300');

    const body = published.body.replace('"percent":88', '"percent":98');
    respond({ headers: { ...published.headers, etag: '"of other data"' }, body });
    await check(messages.checkBad);
    respond({ statusCode: 503, body: '{}' });
    await check(messages.checkFailed);
    site().respondWith(undefined);
    await check(messages.checkOk);
    await own.close();
  });

  it('says so when the browser does not let it copy', async () => {
    const own = await browser().newContext({ permissions: [] });
    const page = await own.newPage();
    await page.addInitScript(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('NotAllowedError'));
    });
    await page.goto(`${site().origin}/stats?lang=en`);
    const part = page.locator('#facet-improved');
    await part.locator('summary').click();
    await part.getByRole('button').click();
    await part.getByRole('status').getByText(messages.copyFailed).waitFor();
    await own.close();
  });

  it('shows the same without script, except the buttons', async () => {
    const plain = await browser().newContext({ javaScriptEnabled: false });
    const page = await plain.newPage();
    await page.goto(`${site().origin}/stats`);
    expect(await page.getByRole('heading', { name: claim.sentence.en }).isVisible()).toBe(true);
    expect(await page.getByRole('button').count()).toBe(0);
    await page.locator('#facet-improved summary').click();
    expect(await page.locator('#facet-improved .quote').textContent()).toContain(claim.footnote.en);
    await plain.close();
  });

  it('prints every figure with its footnote and numbers, and no button', async () => {
    const { page } = await open(`${site().origin}/stats`);
    await page.emulateMedia({ media: 'print' });
    for (const shown of second.public.claims) {
      if (shown.status === 'withheld') continue;
      expect(await page.locator(`#${shown.id} > .note`).last().isVisible()).toBe(true);
      expect(await page.locator(`#${shown.id} table`).isVisible()).toBe(true);
    }
    expect(await page.getByRole('button').count()).toBe(0);
    await page.setViewportSize({ width: 720, height: 1000 });
    await picture(page, 'page-print');
    await page.close();
  });

  it('says that nothing is published yet, accessibly', async () => {
    const empty = await startStatsSite();
    const { page, complaints } = await open(`${empty.origin}/stats`);
    await page.getByRole('heading', { name: messages.empty }).waitFor();
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await picture(page, 'page-empty');
    await page.close();
    await empty.stop();
  });
});

describe('a chart in the page', () => {
  it.each(locales)('keeps all its words inside, in %s, even in a font a fifth wider', async (locale) => {
    const { page } = await open(`${site().origin}/stats?lang=${locale}`);
    const found = await page.evaluate(() =>
      [...document.querySelectorAll('svg')].map((chart) => {
        const frame = chart.getBoundingClientRect();
        const words = [...chart.querySelectorAll('text')].map((node) => ({
          text: node.textContent,
          box: node.getBoundingClientRect(),
        }));
        const isOut = ({ box }: (typeof words)[number]): boolean =>
          box.right + box.width / 10 > frame.right || box.left - box.width / 10 < frame.left;
        return { words: words.length, outside: words.filter(isOut).map(({ text }) => text) };
      }),
    );
    expect(found.length).toBeGreaterThan(0);
    for (const { words, outside } of found) {
      expect(words).toBe(7);
      expect(outside).toEqual([]);
    }
    await page.close();
  });
});

describe('a chart on its own', () => {
  it.each(['light', 'dark'] as const)('is drawn %s when the reader prefers that', async (colorScheme) => {
    const { page, complaints } = await open(`${site().origin}/stats/charts/facet-improved.svg`);
    await page.emulateMedia({ colorScheme });
    const drawn = page.locator('svg');
    const fill = await drawn.locator('.page').evaluate((node) => getComputedStyle(node).fill);
    expect(fill).toBe(colorScheme === 'light' ? 'rgb(255, 255, 255)' : 'rgb(20, 24, 27)');
    await picture(drawn, `chart-${colorScheme}`);
    expect(complaints).toEqual([]);
    await page.close();
  });

  it.each(locales)('keeps all its words inside, in %s', async (locale) => {
    for (const shown of second.public.claims) {
      if (shown.status === 'withheld') continue;
      const { page } = await open(`${site().origin}/stats/charts/${shown.id}.svg?lang=${locale}`);
      const outside = await page.evaluate(() => {
        const frame = document.documentElement.getBoundingClientRect();
        return [...document.querySelectorAll('text, rect, path')]
          .map((node) => ({ text: node.textContent, box: node.getBoundingClientRect() }))
          .filter(({ box }) => box.right > frame.right || box.left < frame.left || box.bottom > frame.bottom)
          .map(({ text }) => text);
      });
      expect(outside).toEqual([]);
      await page.close();
    }
  });
});
