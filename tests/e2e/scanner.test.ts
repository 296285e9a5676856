/// <reference lib="dom" />
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/labs/browser.ts';
import { type InvitedPatient, type PatientLab, startPatientLab } from '../support/labs/patient-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';

/** How email gateways, link previewers, monitors and bare clients name themselves. */
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
let lab: PatientLab;
let browser: Browser;
let email: InvitedPatient;
let before: readonly unknown[];
beforeAll(async () => {
  lab = await startPatientLab(await newFolder(), [['scanned', 'en']]);
  email = lab.invited('scanned');
  before = await lab.everything();
  browser = await launchBrowser();
}, 180_000);
afterAll(async () => {
  await browser?.close();
  await lab?.stop();
});

const links = (): readonly string[] => Object.values(email.links);
const pickOf = (agent: string): string => `${email.links.survey}?a=${agent.length % 11}`;

describe('an email scanner', () => {
  it.each(agents)('%j, by HEAD and GET of every link of the email, changes nothing', async (agent) => {
    for (const url of [...links(), pickOf(agent)]) {
      for (const method of ['HEAD', 'GET']) {
        const { status } = await fetch(url, { method, headers: { 'user-agent': agent } });
        expect(status).toBe(200);
      }
    }
    expect(await lab.everything()).toEqual(before);
  });

  /** Everything that can be pressed, but for telephone numbers. */
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
      lab.read();
      await pressable(page).nth(index).click({ timeout: 5_000 });
      await page.waitForLoadState();
      pressed += 1;
      const isElsewhere = page.url().split(/[?#]/)[0] !== url.split(/[?#]/)[0];
      if (depth > 1 && !isElsewhere) {
        const again = async (): Promise<void> => {
          await open();
          await pressable(page).nth(index).click({ timeout: 5_000 });
          await page.waitForLoadState();
        };
        pressed += await pressAll(page, url, depth - 1, again);
      }
    }
    return pressed;
  };

  it.each(['survey', 'unsubscribe', 'help'] as const)(
    'in a browser with script, pressing every link and button of the page "%s" and of what they lead to, changes nothing',
    async (name) => {
      const context = await browser.newContext();
      const page = await context.newPage();
      const url = email.links[name];
      const pressed = await pressAll(page, url, name === 'survey' ? 1 : 2, async () => {
        await page.goto('about:blank');
        await page.goto(url);
      });
      expect(pressed).toBeGreaterThanOrEqual(5);
      await context.close();
      expect(await lab.everything()).toEqual(before);
    },
    120_000,
  );

  const formType = 'application/x-www-form-urlencoded';
  it.each<readonly [string, keyof InvitedPatient['links'], string, string]>([
    ['another value', 'unsubscribe', formType, 'List-Unsubscribe=Two-Click'],
    ['another case', 'unsubscribe', formType, 'list-unsubscribe=one-click'],
    ['nothing', 'unsubscribe', formType, ''],
    ['the button without its tick', 'unsubscribe', formType, 'action=stop'],
    ['JSON', 'unsubscribe', 'application/json', '{"List-Unsubscribe":"One-Click"}'],
    ['plain text', 'unsubscribe', 'text/plain', 'List-Unsubscribe=One-Click'],
    ['it twice', 'unsubscribe', formType, 'List-Unsubscribe=One-Click&List-Unsubscribe=One-Click'],
    ['it, to the survey', 'survey', formType, 'List-Unsubscribe=One-Click'],
    ['it, to the help page', 'help', formType, 'List-Unsubscribe=One-Click'],
    ['an empty survey', 'survey', formType, 'lang=en'],
    ['a picked number alone', 'survey', formType, 'nrsPain=7'],
  ])('by POST of %s changes nothing', async (_, link, type, body) => {
    const { status } = await fetch(email.links[link], {
      method: 'POST',
      body,
      headers: { 'content-type': type },
    });
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(await lab.everything()).toEqual(before);
  });

  it('opts the patient out by the POST that RFC 8058 gives email programs, and by nothing before it', async () => {
    expect((await lab.record('scanned')).profile?.stop).toBeUndefined();
    const { status } = await fetch(email.links.unsubscribe, {
      method: 'POST',
      body: 'List-Unsubscribe=One-Click',
      headers: { 'content-type': formType },
    });
    expect(status).toBe(200);
    expect((await lab.record('scanned')).profile?.stop?.reason).toBe('opted-out');
  });
});
