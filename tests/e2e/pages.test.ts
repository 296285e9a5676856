/// <reference lib="dom" />
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { renderEmail, renderStaffEmail } from '../../shared/email/render.ts';
import { locales } from '../../shared/platform/locale.ts';
import { pageHeaders } from '../../shared/web/survey/headers.ts';
import { launchBrowser } from '../support/labs/browser.ts';
import { sampleEmails, sampleStaffEmails } from '../support/samples/email-samples.ts';
import { samplePages } from '../support/samples/page-samples.ts';
import type { PageServer } from '../support/servers/page-server.ts';
import { servePages } from '../support/servers/page-server.ts';

const artifacts = join(import.meta.dirname, '../../artifacts/pages');
const isEmail = (path: string): boolean => path.includes('/email-');
const emailHeaders = { 'Content-Type': 'text/html; charset=utf-8' };
const wcag = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** Landmarks and headings are for pages: an email reader has its own. */
const rulesFor = (path: string): string[] => (isEmail(path) ? wcag : [...wcag, 'best-practice']);

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

let browser: Browser;
let context: BrowserContext;
let server: PageServer;

beforeAll(async () => {
  await mkdir(artifacts, { recursive: true });
  server = await servePages((path) => {
    const html = pages.get(path);
    return html === undefined ? undefined : { html, headers: isEmail(path) ? emailHeaders : pageHeaders };
  });
  browser = await launchBrowser();
  context = await browser.newContext({ reducedMotion: 'reduce' });
}, 180_000);

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

const findings = async (page: Page, rules?: readonly string[]) => {
  const builder = new AxeBuilder({ page }).options({ resultTypes: ['violations'] });
  const { violations } = await (rules === undefined
    ? builder.withTags(rulesFor(page.url()))
    : builder.withRules([...rules])
  ).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
};

const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });

/** Those looked at in the dark, wide and with large text: between them they have every part there is. */
const isLookedAt = (path: string): boolean =>
  /survey-problems|survey-urgent|changed$|help-unticked|email-survey$/.test(path);

describe.each([...pages.keys()])('page %s', (path) => {
  const shot = (page: Page, view: string) =>
    page.screenshot({
      path: join(artifacts, `${path.slice(1).replace('/', '-')}-${view}.png`),
      fullPage: true,
    });

  it('has no accessibility finding and fits, on phone and desktop, light, dark and enlarged', async () => {
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => complaints.push(message.text()));
    page.on('pageerror', (error) => complaints.push(error.message));

    await page.setViewportSize({ width: 360, height: 800 });
    await page.goto(server.origin + path);
    if (isLookedAt(path) || path.startsWith('/en/')) await shot(page, '360');
    expect(await findings(page)).toEqual([]);

    if (isLookedAt(path)) {
      await page.emulateMedia({ colorScheme: 'dark' });
      await shot(page, '360-dark');
      expect(await findings(page, ['color-contrast'])).toEqual([]);

      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1280, height: 800 });
      await shot(page, '1280');
      expect(await findings(page, ['color-contrast', 'target-size'])).toEqual([]);
    }

    await page.setViewportSize({ width: 320, height: 800 });
    expect(await sidewaysScroll(page)).toBe(0);
    await page.evaluate(() => {
      document.documentElement.style.fontSize = '200%';
    });
    if (isLookedAt(path)) await shot(page, '320-text-200');
    expect(await sidewaysScroll(page)).toBe(0);

    expect(complaints).toEqual([]);
    await page.close();
  }, 60_000);
});
