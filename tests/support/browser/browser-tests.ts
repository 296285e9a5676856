/// <reference lib="dom" />
import { AxeBuilder } from '@axe-core/playwright';
import type { Browser, Page } from 'playwright-core';
import { sharedLab } from '../labs/shared-lab.ts';
import { launchBrowser } from './browser.ts';

/** Starts a browser for the tests of a file, as `sharedLab` does. The first start on a machine unpacks it. */
export const sharedBrowser = (): (() => Browser) => {
  const lab = sharedLab(async () => {
    const browser = await launchBrowser();
    return { browser, stop: () => browser.close() };
  }, 180_000);
  return () => lab().browser;
};

/** WCAG 2.2, levels A and AA. */
export const wcagTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] as const;

type AxeScope = { readonly tags: readonly string[] } | { readonly rules: readonly string[] };

/** Returns axe's violations, each with the elements at fault. By default by WCAG 2.2 AA and axe's best practice. */
export const accessibilityFindings = async (
  page: Page,
  scope: AxeScope = { tags: [...wcagTags, 'best-practice'] },
) => {
  const builder = new AxeBuilder({ page });
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
