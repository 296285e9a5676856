/// <reference lib="dom" />
import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { sharedBrowser } from '../support/browser/browser-tests.ts';
import { type InvitedPatient, startPatientLab } from '../support/labs/patient-lab.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { stopKindOf } from '../support/samples/builders.ts';

/** User agents of email gateways, link previewers, crawlers and bare HTTP clients. */
const agents = [
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Edg/120.0 SafeLinks',
  'Mozilla/4.0 (compatible; MSIE 7.0; Windows NT 10.0; ms-office; MSOffice 16)',
  'Microsoft Office/16.0 (Microsoft Outlook 16.0.12026; Pro)',
  'BarracudaCentral.org URL scanner',
  'Proofpoint URL Defense',
  'Mimecast-TTP/1.0',
  'Cisco-IronPort-URL-Filter',
  'Symantec-ClickTime-Protection',
  'TrendMicro WTP',
  'FortiMail URI Click Protection',
  'GoogleImageProxy',
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0)',
  'Slackbot-LinkExpanding 1.0',
  'facebookexternalhit/1.1',
  'WhatsApp/2.23',
  'Mozilla/5.0 (X11; Linux x64) HeadlessChrome/120.0.0.0',
  'python-requests/2.31',
  'curl/8.5',
  '',
] as const;

const newFolder = temporaryFolders();
const lab = sharedLab(async () => startPatientLab(await newFolder(), [['scanned', 'en']]));
const browser = sharedBrowser();
let email: InvitedPatient;
let before: readonly unknown[];
beforeAll(async () => {
  email = lab().invited('scanned');
  before = await lab().everything();
});

const links = (): readonly string[] => Object.values(email.links);
const pickOf = (agent: string): string => `${email.links.survey}?a=${agent.length % 11}`;

describe('an email scanner', () => {
  it.each(agents)('%j changes nothing by HEAD or GET of any link of the email', async (agent) => {
    for (const url of [...links(), pickOf(agent)]) {
      for (const method of ['HEAD', 'GET']) {
        const { status } = await fetch(url, { method, headers: { 'user-agent': agent } });
        expect(status).toBe(200);
      }
    }
    expect(await lab().everything()).toEqual(before);
  });

  /** Everything that can be pressed, except telephone numbers. */
  const pressable = (page: Page) =>
    page.locator('a:not([href^="tel:"]):visible, button:not(.away):visible, summary:visible');

  const pressAll = async (
    page: Page,
    url: string,
    depth: number,
    open: () => Promise<void>,
  ): Promise<number> => {
    await open();
    const count = await pressable(page).count();
    let pressed = 0;
    for (let index = 0; index < count; index += 1) {
      await open();
      lab().read();
      await pressable(page).nth(index).click({ timeout: 5_000 });
      await page.waitForLoadState();
      pressed += 1;
      const isElsewhere = page.url().split(/[?#]/)[0] !== url.split(/[?#]/)[0];
      if (depth > 1 && !isElsewhere) {
        const openAndPress = async (): Promise<void> => {
          await open();
          await pressable(page).nth(index).click({ timeout: 5_000 });
          await page.waitForLoadState();
        };
        pressed += await pressAll(page, url, depth - 1, openAndPress);
      }
    }
    return pressed;
  };

  it.each(['survey', 'unsubscribe', 'help'] as const)(
    'changes nothing in a browser with script that presses every link and button of the page "%s" and of what they lead to',
    async (name) => {
      const context = await browser().newContext();
      const page = await context.newPage();
      const url = email.links[name];
      const pressed = await pressAll(page, url, name === 'survey' ? 1 : 2, async () => {
        await page.goto('about:blank');
        await page.goto(url);
      });
      expect(pressed).toBeGreaterThanOrEqual(5);
      await context.close();
      expect(await lab().everything()).toEqual(before);
    },
    120_000,
  );

  const formType = 'application/x-www-form-urlencoded';
  it.each<readonly [string, keyof InvitedPatient['links'], string, string]>([
    ['another value', 'unsubscribe', formType, 'List-Unsubscribe=Two-Click'],
    ['nothing', 'unsubscribe', formType, ''],
    ['the button without its confirmation box', 'unsubscribe', formType, 'action=stop'],
    ['JSON', 'unsubscribe', 'application/json', '{"List-Unsubscribe":"One-Click"}'],
    [
      'the RFC 8058 field twice',
      'unsubscribe',
      formType,
      'List-Unsubscribe=One-Click&List-Unsubscribe=One-Click',
    ],
    ['the RFC 8058 field to the survey', 'survey', formType, 'List-Unsubscribe=One-Click'],
    ['the RFC 8058 field to the help page', 'help', formType, 'List-Unsubscribe=One-Click'],
    ['an empty survey', 'survey', formType, 'lang=en'],
    ['only the number picked in the email', 'survey', formType, 'nrsPain=7'],
  ])('changes nothing by POST of %s', async (_, link, type, body) => {
    const { status } = await fetch(email.links[link], {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await lab().everything()).toEqual(before);
  });

  it('opts the patient out only by the one-click POST of RFC 8058', async () => {
    expect(stopKindOf(await lab().record('scanned'))).toBeUndefined();
    const { status } = await fetch(email.links.unsubscribe, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': formType },
    });
    expect(status).toBe(200);
    expect(stopKindOf(await lab().record('scanned'))).toBe('opted-out');
  });
});
