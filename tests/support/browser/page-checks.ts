/// <reference lib="dom" />
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderEmail, renderStaffEmail } from '../../../shared/email/render.ts';
import type { Locale } from '../../../shared/platform/locale.ts';
import { pageHeaders } from '../../../shared/web/survey/headers.ts';
import { sharedLab } from '../labs/shared-lab.ts';
import { sampleEmails, sampleStaffEmails } from '../samples/email-samples.ts';
import { samplePages } from '../samples/page-samples.ts';
import { servePages } from '../servers/page-server.ts';
import {
  accessibilityFindings,
  complaintsOf,
  picturesIn,
  sharedBrowser,
  sidewaysScroll,
  wcagTags,
} from './browser-tests.ts';

const picture = picturesIn('pages');
const isEmail = (path: string): boolean => path.includes('/email-');
const emailHeaders = { 'Content-Type': 'text/html; charset=utf-8' };
/** Best practice demands landmarks and headings, which an email does not need: its reader has its own. */
const tagsFor = (path: string): readonly string[] =>
  isEmail(path) ? wcagTags : [...wcagTags, 'best-practice'];

const pagesIn = (locale: Locale): ReadonlyMap<string, string> =>
  new Map([
    ...Object.entries(samplePages(locale)).map(([name, html]) => [`/${locale}/${name}`, html] as const),
    ...Object.entries(sampleEmails(locale)).map(
      ([name, model]) => [`/${locale}/email-${name}`, renderEmail(model).html] as const,
    ),
    ...Object.entries(sampleStaffEmails(locale)).map(
      ([name, model]) => [`/${locale}/email-${name}`, renderStaffEmail(model).html] as const,
    ),
  ]);

/** Pages also tested dark, wide and with large text. Between them they contain every component. */
const isRepresentative = (path: string): boolean =>
  /survey-problems|survey-urgent|changed$|help-unticked|email-survey$/.test(path);

const phone = { width: 360, height: 800 };
const smallestPhone = { width: 320, height: 800 };
const desktop = { width: 1280, height: 800 };

/**
 * Describes what holds for every page and email in a language. Each language is a file of its own, so that two workers
 * share the time.
 */
export const describePagesIn = (locale: Locale): void => {
  const pages = pagesIn(locale);
  const server = sharedLab(() =>
    servePages((path) => {
      const html = pages.get(path);
      return html === undefined ? undefined : { html, headers: isEmail(path) ? emailHeaders : pageHeaders };
    }),
  );
  const browser = sharedBrowser();
  let context: BrowserContext;
  let page: Page;
  let complaints: readonly string[];

  beforeAll(async () => {
    context = await browser().newContext({ reducedMotion: 'reduce' });
  });
  afterAll(() => context.close());

  // Each page is opened once; its tests follow each other and change only the window, the colors and the letters.
  describe.each([...pages.keys()])('page %s', (path) => {
    const shot = (view: string) =>
      picture(page, `${path.slice(1).replace('/', '-')}-${view}`, { fullPage: true });

    beforeAll(async () => {
      page = await context.newPage();
      complaints = complaintsOf(page);
      await page.setViewportSize(phone);
      await page.goto(server().origin + path);
    });
    afterAll(() => page.close());

    it('has no accessibility findings on a phone', async () => {
      if (isRepresentative(path) || path.startsWith('/en/')) await shot('360');
      expect(await accessibilityFindings(page, { tags: tagsFor(path) })).toEqual([]);
    });

    if (isRepresentative(path)) {
      it('has enough contrast for a reader who prefers dark', async () => {
        await page.emulateMedia({ colorScheme: 'dark' });
        await shot('360-dark');
        expect(await accessibilityFindings(page, { rules: ['color-contrast'] })).toEqual([]);
      });

      it('has enough contrast, and targets that are large enough, on a desktop', async () => {
        await page.emulateMedia({ colorScheme: 'light' });
        await page.setViewportSize(desktop);
        await shot('1280');
        expect(await accessibilityFindings(page, { rules: ['color-contrast', 'target-size'] })).toEqual([]);
      });
    }

    it('fits the smallest phone', async () => {
      await page.setViewportSize(smallestPhone);
      expect(await sidewaysScroll(page)).toBe(0);
    });

    it('fits the smallest phone with letters of double the size', async () => {
      await page.evaluate(() => {
        document.documentElement.style.fontSize = '200%';
      });
      if (isRepresentative(path)) await shot('320-text-200');
      expect(await sidewaysScroll(page)).toBe(0);
    });

    it('gives the browser nothing to complain about', () => {
      expect(complaints).toEqual([]);
    });
  });
};
