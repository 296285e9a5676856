/// <reference lib="dom" />
import type { BrowserContext, Page } from 'playwright-core';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import {
  accessibilityFindings,
  complaintsOf,
  picturesIn,
  requestsOf,
  sharedBrowser,
} from '../support/browser/browser-tests.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { sampleRelease, shownIn } from '../support/samples/release-samples.ts';
import { fallback, hostPages } from '../support/servers/outcomes-hosts.ts';
import { servePages } from '../support/servers/page-server.ts';
import { startStatsSite } from '../support/servers/stats-site.ts';

const picture = picturesIn('stats');
const first = sampleRelease();
const facet = shownIn(first, 'facet-improved');
const pain = shownIn(first, 'overall-less-pain');

const site = sharedLab(startStatsSite);
const host = sharedLab(async () => {
  const pages = hostPages(site().origin);
  return servePages((path) => pages[path]);
});
const browser = sharedBrowser();
let context: BrowserContext;

beforeAll(async () => {
  await site().publish(first);
  context = await browser().newContext({ viewport: { width: 800, height: 700 } });
});

afterEach(() => site().respondWith(undefined));

/** Opens a page of the other site. Returns it with the browser's complaints about it, favicons aside. */
const open = async (path: string, from: BrowserContext = context) => {
  const page = await from.newPage();
  const complaints = complaintsOf(page);
  await page.goto(host().origin + path);
  return { page, complaints: () => complaints.filter((text) => !text.includes('favicon')) };
};

const shot = (page: Page, name: string) => picture(page, `embed-${name}`, { fullPage: true });

const sentence = (page: Page, text: string = facet.sentence.en) => page.getByText(text, { exact: true });

/** How an element's box and text appear to a reader. */
const appearanceOf = (page: Page, text: string) =>
  sentence(page, text).evaluate((node) => {
    const { width, height, left } = node.getBoundingClientRect();
    const { fontSize, letterSpacing, textTransform, direction, visibility } = getComputedStyle(node);
    return {
      isLarge: width > 300 && height > 15 && left >= 0,
      isReadable: Number.parseFloat(fontSize) >= 13,
      letterSpacing,
      textTransform,
      direction,
      visibility,
    };
  });

const usualAppearance = {
  isLarge: true,
  isReadable: true,
  letterSpacing: 'normal',
  textTransform: 'none',
  direction: 'ltr',
  visibility: 'visible',
};

describe('the statistics in another site', () => {
  it('show the requested claims with their footnotes, in the font and color of the site', async () => {
    const { page, complaints } = await open('/plain');
    await sentence(page).waitFor();
    expect(await sentence(page, pain.sentence.en).isVisible()).toBe(true);
    expect(await page.getByText(facet.footnote.en).isVisible()).toBe(true);
    expect(await page.locator('clinic-outcomes p').count()).toBe(2);
    expect(await page.getByText(fallback).isVisible()).toBe(false);
    const look = await sentence(page).evaluate((node) => {
      const { fontFamily, color, fontSize } = getComputedStyle(node);
      return { fontFamily, color, fontSize };
    });
    expect(look).toEqual({ fontFamily: 'Georgia, serif', color: 'rgb(17, 34, 51)', fontSize: '22.5px' });
    const link = page.getByRole('link', { name: 'How we count (release 1)' }).first();
    expect(await link.getAttribute('href')).toBe(`${site().origin}/stats?lang=en#facet-improved`);
    expect(await accessibilityFindings(page)).toEqual([]);
    expect(complaints()).toEqual([]);
    await shot(page, 'plain');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it('follow the dark colors of the site', async () => {
    const { page } = await open('/dark');
    await sentence(page).waitFor();
    expect(await sentence(page).evaluate((node) => getComputedStyle(node).color)).toBe('rgb(232, 238, 242)');
    expect(await accessibilityFindings(page)).toEqual([]);
    await shot(page, 'dark');
    await page.close();
  });

  it('follow the language of the page', async () => {
    const { page } = await open('/spanish');
    await sentence(page, facet.sentence.es).waitFor();
    expect(await page.getByText(facet.footnote.es).isVisible()).toBe(true);
    await page.close();
  });

  it('keep their appearance under a hostile style sheet', async () => {
    const { page } = await open('/hostile');
    // The site hides its own `main`, which no child can undo: move the element to the body, which is visible.
    await page.evaluate(() => document.body.append(document.querySelector('clinic-outcomes') ?? ''));
    await sentence(page).waitFor();
    expect(await appearanceOf(page, facet.sentence.en)).toEqual(usualAppearance);
    expect(await appearanceOf(page, `${facet.footnote.en} How we count (release 1)`)).toEqual(
      usualAppearance,
    );
    await shot(page, 'hostile');
    await page.close();
  });

  it('need a strict content security policy to allow their own origin only', async () => {
    const { page, complaints } = await open('/strict');
    await sentence(page).waitFor();
    expect(await sentence(page).evaluate((node) => getComputedStyle(node).fontWeight)).toBe('700');
    expect(complaints()).toEqual([]);
    await shot(page, 'strict');
    await page.close();
  });

  it('leave the fallback content where scripts are off', async () => {
    const plain = await browser().newContext({ javaScriptEnabled: false });
    const { page } = await open('/plain', plain);
    expect(await page.getByRole('link', { name: fallback }).isVisible()).toBe(true);
    await shot(page, 'no-script');
    await plain.close();
  });

  it('show all claims when none is named, and nothing when hidden', async () => {
    const { page } = await open('/all');
    await sentence(page).waitFor();
    const shown = first.public.claims.filter(({ status }) => status !== 'withheld');
    expect(await page.locator('clinic-outcomes p').count()).toBe(shown.length);
    await page.goto(`${host().origin}/hidden`);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('clinic-outcomes').isVisible()).toBe(false);
    await page.close();
  });

  it('share one request among any number of elements', async () => {
    const page = await context.newPage();
    const requested = requestsOf(page);
    await page.goto(`${host().origin}/plain`);
    await sentence(page).waitFor();
    await page.evaluate(() => {
      for (let more = 0; more < 10; more += 1) {
        const element = document.createElement('clinic-outcomes');
        element.setAttribute('claims', 'facet-improved');
        document.body.append(element);
      }
    });
    await page.waitForFunction(
      (text) => document.body.lastElementChild?.shadowRoot?.textContent?.includes(text),
      facet.sentence.en,
    );
    expect(requested.filter((url) => new URL(url).pathname === '/stats/latest.json')).toHaveLength(1);
    await page.close();
  });
});

describe('the statistics in another site are never shown', () => {
  const withoutFigures = async (page: Page) => {
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('link', { name: fallback }).isVisible()).toBe(true);
    expect(await page.locator('clinic-outcomes p').count()).toBe(0);
  };

  /** Opens a page in a new context, whose cache is empty. */
  const openUncached = async (path: string) => {
    const own = await browser().newContext();
    const opened = await open(path, own);
    return { ...opened, done: () => own.close() };
  };

  it('when they are withheld or unknown', async () => {
    const { page, done } = await openUncached('/unknown');
    await withoutFigures(page);
    await done();
  });

  it.each([
    ['there is no release', { statusCode: 404, body: '{}' }],
    ['the release does not verify', { statusCode: 503, body: '{}' }],
    ['the response is not a release', { statusCode: 200, body: '{"claims":"none"}' }],
    ['the response is not JSON', { statusCode: 200, body: '<html>' }],
    [
      'other sites may not read the response',
      { statusCode: 200, body: JSON.stringify(first.public), headers: {} },
    ],
  ])('when %s', async (_name, response) => {
    site().respondWith(async (event, context) =>
      event.rawPath === '/stats/latest.json'
        ? { headers: { 'access-control-allow-origin': '*', 'content-type': 'application/json' }, ...response }
        : site().handler(event, context),
    );
    const { page, done } = await openUncached('/plain');
    await withoutFigures(page);
    await done();
  });

  it('when they are a year old', async () => {
    const own = await browser().newContext();
    const page = await own.newPage();
    await page.clock.setFixedTime(new Date('2027-11-15T12:00:00Z'));
    await page.goto(`${host().origin}/plain`);
    await sentence(page).waitFor();
    await page.clock.setFixedTime(new Date('2027-11-17T12:00:00Z'));
    await page.goto(`${host().origin}/plain`);
    await withoutFigures(page);
    await own.close();
  });

  it('after they are withdrawn, even in a page that stays open', async () => {
    const own = await browser().newContext();
    const page = await own.newPage();
    await page.clock.install({ time: new Date('2026-11-20T12:00:00Z') });
    await page.goto(`${host().origin}/plain`);
    await sentence(page).waitFor();
    site().respondWith(async () => ({ statusCode: 503, headers: { 'access-control-allow-origin': '*' } }));
    await own.route('**/stats/latest.json', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'cache-control': 'no-cache' } }),
    );
    await page.clock.fastForward(3_600_001);
    await sentence(page).waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: fallback }).isVisible()).toBe(true);
    await own.close();
  });
});
