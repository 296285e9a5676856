import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { messagesFor } from '../../shared/messages/messages.ts';
import { locales } from '../../shared/platform/locale.ts';
import { familyIds } from '../../shared/protocol/families.ts';
import { renderSurveyPage } from '../../shared/web/survey/survey-page.tsx';
import { sharedBrowser } from '../support/browser/browser-tests.ts';
import { asked, sampleFrame } from '../support/samples/page-samples.ts';

const phone = { width: 360, height: 740 };
/** A day that is long in words. */
const visitOn = '2026-09-30';

const browser = sharedBrowser();
let page: Page;
beforeAll(async () => {
  page = await browser().newPage({ viewport: phone, reducedMotion: 'reduce' });
});
afterAll(() => page.close());

const cases = locales.flatMap((locale) => familyIds.map((family) => ({ locale, family })));

describe('the first screen of a phone', () => {
  it.each(cases)('holds the first question and all its choices ($locale, $family)', async (one) => {
    const { locale, family } = one;
    const { items } = messagesFor(locale).survey;
    await page.setContent(
      renderSurveyPage({ ...asked, visitOn, frame: sampleFrame(locale), family, values: {} }),
    );
    const tiles = page.getByRole('group', { name: items.condition.question }).locator('.tile');
    expect(await tiles.count()).toBe(3);
    const last = await tiles.last().boundingBox();
    expect((last?.y ?? Number.NaN) + (last?.height ?? Number.NaN)).toBeLessThanOrEqual(phone.height);
  });
});
