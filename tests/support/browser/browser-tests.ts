/// <reference lib="dom" />
import { join } from 'node:path';
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Locator, Page, PageScreenshotOptions } from 'playwright-core';
import { sharedLab } from '../labs/shared-lab.ts';
import { launchBrowser } from './browser.ts';

/** The browser of this worker: files that follow each other in it share one. Playwright ends it with the process. */
let running: Promise<Browser> | undefined;

const browserOfWorker = async (): Promise<Browser> => {
  running ??= launchBrowser();
  const browser = await running;
  if (browser.isConnected()) return browser;
  running = launchBrowser();
  return running;
};

/**
 * Starts a browser before the tests of a file, unless one runs, and closes its windows after them. The first start on
 * a machine unpacks it.
 */
export const sharedBrowser = (): (() => Browser) => {
  const lab = sharedLab(async () => {
    const browser = await browserOfWorker();
    const stop = () => Promise.all(browser.contexts().map((context) => context.close()));
    return { browser, stop };
  }, 180_000);
  return () => lab().browser;
};

/**
 * Returns a function that writes a picture of a page or a part of it to `artifacts/FOLDER`, for people to look at. No
 * test reads them, so they are only taken when asked for: `ARTIFACTS=1 npm test -- --project e2e`.
 */
export const picturesIn = (folder: string) => {
  const home = join(import.meta.dirname, '../../../artifacts', folder);
  return async (of: Page | Locator, name: string, options: PageScreenshotOptions = {}): Promise<void> => {
    if (process.env['ARTIFACTS'] === undefined) return;
    await of.screenshot({ path: join(home, `${name}.png`), timeout: 90_000, ...options });
  };
};

/** WCAG 2.2, levels A and AA. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] as const;

type AxeScope = { readonly tags: readonly string[] } | { readonly rules: readonly string[] };

/** Returns axe's violations, each with the elements at fault. By default by WCAG 2.2 AA and axe's best practice. */
export const accessibilityFindings = async (
  page: Page,
  scope: AxeScope = { tags: [...wcagTags, 'best-practice'] },
) => {
  // The pages have no frames of other origins. Else axe opens a blank page and loads itself into that, too.
  const builder = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await ('tags' in scope
    ? builder.withTags([...scope.tags])
    : builder.withRules([...scope.rules])
  ).analyze();
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
};

/** Pixels by which the page is wider than its window. */
export const sidewaysScroll = (page: Page): Promise<number> =>
  page.evaluate(() => {
    const { scrollWidth, clientWidth } = document.documentElement;
    return scrollWidth - clientWidth;
  });

/** Collects the page's console messages and uncaught errors from now on. */
export const complaintsOf = (page: Page): readonly string[] => {
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  return complaints;
};

/** Collects the URLs that the page requests from now on. */
export const requestsOf = (page: Page): readonly string[] => {
  const urls: string[] = [];
  page.on('request', (request) => urls.push(request.url()));
  return urls;
};
