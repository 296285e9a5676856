/// <reference lib="dom" />
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/labs/browser.ts';
import { sampleRelease, shownIn } from '../support/samples/release-samples.ts';
import { fallback, hostPages } from '../support/servers/outcomes-hosts.ts';
import { type PageServer, servePages } from '../support/servers/page-server.ts';
import { type StatsSite, startStatsSite } from '../support/servers/stats-site.ts';

const artifacts = join(import.meta.dirname, '../../artifacts/stats');
const first = sampleRelease();
const facet = shownIn(first, 'facet-improved');
const pain = shownIn(first, 'overall-less-pain');

let browser: Browser;
let context: BrowserContext;
let site: StatsSite;
let host: PageServer;

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true });
  site = await startStatsSite();
  await site.publish(first);
  const pages = hostPages(site.origin);
  host = await servePages((path) => pages[path]);
  browser = await launchBrowser();
  context = await browser.newContext({ viewport: { width: 800, height: 700 } });
}, 180_000);

afterEach(() => site.answerInstead(undefined));

afterAll(async () => {
  await browser?.close();
  await host?.close();
  await site?.stop();
});

/** Opens a page of the other site, and gives it with all that the browser complained of. */
const open = async (path: string, from: BrowserContext = context) => {
  const page = await from.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(host.origin + path);
  return { page, complaints: () => complaints.filter((text) => !text.includes('favicon')) };
};

const shot = (page: Page, name: string) =>
  page.screenshot({ path: join(artifacts, `embed-${name}.png`), fullPage: true });

const sentence = (page: Page, text: string = facet.sentence.en) => page.getByText(text, { exact: true });

/** What an element's box and letters are for whoever looks at it. */
const seen = (page: Page, text: string) =>
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

const asUsual = {
  isLarge: true,
  isReadable: true,
  letterSpacing: 'normal',
  textTransform: 'none',
  direction: 'ltr',
  visibility: 'visible',
};

describe('the statistics in another site', () => {
  it('show the claims asked for with their footnotes, in the type and colour of the site', async () => {
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
    expect(await link.getAttribute('href')).toBe(`${site.origin}/stats?lang=en#facet-improved`);
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    expect(complaints()).toEqual([]);
    await shot(page, 'plain');
    await page.setViewportSize({ width: 320, height: 640 });
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
    await page.close();
  });

  it('are as dark as the site', async () => {
    const { page } = await open('/dark');
    await sentence(page).waitFor();
    expect(await sentence(page).evaluate((node) => getComputedStyle(node).color)).toBe('rgb(232, 238, 242)');
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(violations.map(({ id }) => id)).toEqual([]);
    await shot(page, 'dark');
    await page.close();
  });

  it('follow the language of the page', async () => {
    const { page } = await open('/spanish');
    await sentence(page, facet.sentence.es).waitFor();
    expect(await page.getByText(facet.footnote.es).isVisible()).toBe(true);
    await page.close();
  });

  it('stay whole under the rules of a hostile style sheet', async () => {
    const { page } = await open('/hostile');
    // The site hides its own `main`, which nothing inside can undo: it is put where the body shows it.
    await page.evaluate(() => document.body.append(document.querySelector('clinic-outcomes') ?? ''));
    await sentence(page).waitFor();
    expect(await seen(page, facet.sentence.en)).toEqual(asUsual);
    expect(await seen(page, `${facet.footnote.en} How we count (release 1)`)).toEqual(asUsual);
    await shot(page, 'hostile');
    await page.close();
  });

  it('need no more of a strict policy than their own origin', async () => {
    const { page, complaints } = await open('/strict');
    await sentence(page).waitFor();
    expect(await sentence(page).evaluate((node) => getComputedStyle(node).fontWeight)).toBe('700');
    expect(complaints()).toEqual([]);
    await shot(page, 'strict');
    await page.close();
  });

  it('are what stands between the tags where scripts are off', async () => {
    const plain = await browser.newContext({ javaScriptEnabled: false });
    const { page } = await open('/plain', plain);
    expect(await page.getByRole('link', { name: fallback }).isVisible()).toBe(true);
    await shot(page, 'no-script');
    await plain.close();
  });

  it('are all that is shown when no claim is named, and none when hidden', async () => {
    const { page } = await open('/all');
    await sentence(page).waitFor();
    const shown = first.public.claims.filter(({ status }) => status !== 'withheld');
    expect(await page.locator('clinic-outcomes p').count()).toBe(shown.length);
    await page.goto(`${host.origin}/hidden`);
    await page.waitForLoadState('networkidle');
    expect(await page.locator('clinic-outcomes').isVisible()).toBe(false);
    await page.close();
  });

  it('share one request, whatever their number', async () => {
    const page = await context.newPage();
    const asked: string[] = [];
    page.on('request', (request) => asked.push(new URL(request.url()).pathname));
    await page.goto(`${host.origin}/plain`);
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
    expect(asked.filter((path) => path === '/stats/latest.json')).toHaveLength(1);
    await page.close();
  });
});

describe('the statistics in another site are never shown', () => {
  const withoutFigures = async (page: Page) => {
    await page.waitForLoadState('networkidle');
    expect(await page.getByRole('link', { name: fallback }).isVisible()).toBe(true);
    expect(await page.locator('clinic-outcomes p').count()).toBe(0);
  };

  /** A browser of its own, so that nothing is in its cache. */
  const afresh = async (path: string) => {
    const own = await browser.newContext();
    const opened = await open(path, own);
    return { ...opened, done: () => own.close() };
  };

  it('when they are withheld or unknown', async () => {
    const { page, done } = await afresh('/unknown');
    await withoutFigures(page);
    await done();
  });

  it.each([
    ['there is no release', { statusCode: 404, body: '{}' }],
    ['the release does not verify', { statusCode: 503, body: '{}' }],
    ['the answer is no release', { statusCode: 200, body: '{"claims":"none"}' }],
    ['the answer is not JSON', { statusCode: 200, body: '<html>' }],
    [
      'other sites may not read the answer',
      { statusCode: 200, body: JSON.stringify(first.public), headers: {} },
    ],
  ])('when %s', async (_name, answer) => {
    site.answerInstead(async (event, context) =>
      event.rawPath === '/stats/latest.json'
        ? { headers: { 'access-control-allow-origin': '*', 'content-type': 'application/json' }, ...answer }
        : site.handler(event, context),
    );
    const { page, done } = await afresh('/plain');
    await withoutFigures(page);
    await done();
  });

  it('when they are a year old', async () => {
    const own = await browser.newContext();
    const page = await own.newPage();
    await page.clock.setFixedTime(new Date('2027-11-15T12:00:00Z'));
    await page.goto(`${host.origin}/plain`);
    await sentence(page).waitFor();
    await page.clock.setFixedTime(new Date('2027-11-17T12:00:00Z'));
    await page.goto(`${host.origin}/plain`);
    await withoutFigures(page);
    await own.close();
  });

  it('any longer once they are withdrawn, also in a page that stays open', async () => {
    const own = await browser.newContext();
    const page = await own.newPage();
    await page.clock.install({ time: new Date('2026-11-20T12:00:00Z') });
    await page.goto(`${host.origin}/plain`);
    await sentence(page).waitFor();
    site.answerInstead(async () => ({ statusCode: 503, headers: { 'access-control-allow-origin': '*' } }));
    await own.route('**/stats/latest.json', (route) =>
      route.continue({ headers: { ...route.request().headers(), 'cache-control': 'no-cache' } }),
    );
    await page.clock.fastForward(3_600_001);
    await sentence(page).waitFor({ state: 'detached' });
    expect(await page.getByRole('link', { name: fallback }).isVisible()).toBe(true);
    await own.close();
  });
});
