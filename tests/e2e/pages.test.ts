/// <reference lib="dom" />
import { join } from 'node:path';
import type { BrowserContext, Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { renderEmail, renderStaffEmail } from '../../shared/email/render.ts';
import { locales } from '../../shared/platform/locale.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import {
  accessibilityFindings,
  complaintsOf,
  sharedBrowser,
  sidewaysScroll,
  wcagTags,
} from '../support/browser/browser-tests.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { sampleEmails, sampleStaffEmails } from '../support/samples/email-samples.ts';
import { samplePages } from '../support/samples/page-samples.ts';
import { servePages } from '../support/servers/page-server.ts';

const artifacts = join(import.meta.dirname, '../../artifacts/pages');
const isEmail = (path: string): boolean => path.includes('/email-');
const emailHeaders = { 'Content-Type': 'text/html; charset=utf-8' };
/** Best practice demands landmarks and headings, which an email does not need: its reader has its own. */
const tagsFor = (path: string): readonly string[] =>
  isEmail(path) ? wcagTags : [...wcagTags, 'best-practice'];

const pages: ReadonlyMap<string, string> = new Map(
  locales.flatMap((locale) => [
    ...Object.entries(samplePages(locale)).map(([name, html]) => [`/${locale}/${name}`, html] as const),
    ...Object.entries(sampleEmails(locale)).map(
      ([name, model]) => [`/${locale}/email-${name}`, renderEmail(model).html] as const,
    ),
    ...Object.entries(sampleStaffEmails(locale)).map(
      ([name, model]) => [`/${locale}/email-${name}`, renderStaffEmail(model).html] as const,
    ),
  ]),
);

const server = sharedLab(() =>
  servePages((path) => {
    const html = pages.get(path);
    return html === undefined ? undefined : { html, headers: isEmail(path) ? emailHeaders : pageHeaders };
  }),
);
const browser = sharedBrowser();
let context: BrowserContext;

beforeAll(async () => {
  context = await browser().newContext({ reducedMotion: 'reduce' });
});

/** Pages also tested dark, wide and with large text. Between them they contain every component. */
const isRepresentative = (path: string): boolean =>
  /survey-problems|survey-urgent|changed$|help-unticked|email-survey$/.test(path);

describe.each([...pages.keys()])('page %s', (path) => {
  const shot = (page: Page, view: string) =>
    page.screenshot({
      path: join(artifacts, `${path.slice(1).replace('/', '-')}-${view}.png`),
      fullPage: true,
    });

  it('has no accessibility findings and fits, on phone and desktop, light, dark and enlarged', async () => {
    const page = await context.newPage();
    const complaints = complaintsOf(page);

    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(server().origin + path);
    if (isRepresentative(path) || path.startsWith('/en/')) await shot(page, '360');
    expect(await accessibilityFindings(page, { tags: tagsFor(path) })).toEqual([]);

    if (isRepresentative(path)) {
      await page.emulateMedia({ colorScheme: 'dark' });
      await shot(page, '360-dark');
      expect(await accessibilityFindings(page, { rules: ['color-contrast'] })).toEqual([]);

      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 800 });
      await shot(page, '1280');
      expect(await accessibilityFindings(page, { rules: ['color-contrast', 'target-size'] })).toEqual([]);
    }

    await page.setViewportSize({ width: 320, height: 800 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    if (isRepresentative(path)) await shot(page, '320-text-200');
    expect(await sidewaysScroll(page)).toBe(0);

    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
});
