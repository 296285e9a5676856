import { request } from 'node:http';
import { describe, expect, test } from 'vitest';
import {
  accessibilityFindings,
  complaintsOf,
  sharedBrowser,
  sidewaysScroll,
} from '../support/browser/browser-tests.ts';
import { sharedLab } from '../support/labs/shared-lab.ts';
import { temporaryFolders } from '../support/labs/temporary-folder.ts';
import { startConsoleSample } from '../support/samples/console-sample.ts';

const newFolder = temporaryFolders();
const sample = sharedLab(async () => startConsoleSample(await newFolder()));

const read = async (path: string) => {
  const response = await fetch(sample().origin + path);
  return { status: response.status, body: await response.text(), headers: response.headers };
};
const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(sample().origin + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers,
    redirect: 'manual',
  });

const form = {
  patientId: ' P-1 ',
  email: 'pat@example.com',
  givenName: '',
  procedure: 'mild',
  serviceDate: '2026-06-01',
  zone: 'America/Phoenix',
  locale: 'es',
};
const episodePage = '/console/episodes/P-204811/2026-03-02%23epidural-steroid-injection';

describe('completing a procedure', () => {
  test('passes on the filled-in fields only, and redirects to the episode', async () => {
    const response = await post('/console/procedures', form);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/console/episodes/P-1/2026-06-01%23mild?notice=enrolled');
    const { givenName: _empty, ...rest } = form;
    expect(sample().completed.at(-1)).toEqual({ ...rest, patientId: 'P-1' });
  });

  test.each([
    ['patientId', '', 'Enter a patient id.'],
    ['email', 'pat at home', 'Enter a valid email address.'],
    ['serviceDate', '2026-02-30', 'Enter the date as YYYY-MM-DD.'],
    ['zone', 'Mars/Olympus', 'Choose a known time zone.'],
    ['patientId', 'refused', 'The bus refused it.'],
  ])('refuses %s %j with the reason and keeps the typed values', async (field, value, reason) => {
    const response = await post('/console/procedures', { ...form, [field]: value });
    const page = await response.text();
    expect(response.status).toBe(422);
    expect(page).toContain(reason);
    expect(page).toContain('value="2026-0');
  });
});

describe('moving the clock', () => {
  test.each([
    [{ move: 'day' }, { kind: 'by-days', days: 1 }],
    [{ move: 'week' }, { kind: 'by-days', days: 7 }],
    [{ move: 'month' }, { kind: 'by-days', days: 30 }],
    [{ move: 'next-due' }, { kind: 'to-next-due' }],
    [
      { move: 'date', date: '2026-07-01' },
      { kind: 'to-date', date: '2026-07-01' },
    ],
  ])('%j', async (fields, expected) => {
    const response = await post('/console/clock', fields, {
      referer: `${sample().origin}${episodePage}?x=1`,
    });
    expect(response.headers.get('location')).toBe(`${episodePage}?notice=moved-3`);
    expect(sample().moves.at(-1)).toEqual(expected);
  });

  test('never moves it backwards', async () => {
    const before = sample().moves.length;
    for (const date of ['2026-06-02', 'yesterday']) {
      const response = await post('/console/clock', { move: 'date', date });
      expect(response.headers.get('location')).toBe('/?notice=not-moved');
    }
    expect(sample().moves).toHaveLength(before);
  });
});

describe('the pages', () => {
  test('say that they are local and synthetic', async () => {
    for (const path of ['/', episodePage, '/console/emails', '/console/emails/m-1', '/console/emails/none']) {
      expect((await read(path)).body).toContain('Local only, synthetic data.');
    }
  });

  test('say that email is paused', async () => {
    for (const path of ['/', episodePage, '/console/emails']) {
      expect((await read(path)).body).toContain(
        'PAUSED since 2026-06-03T11:00:00Z: no email is sent to patients',
      );
    }
  });

  test('list the timeline in the order of its dates', async () => {
    const { body } = await read(episodePage);
    const touchpoints = ['Care instructions', 'Survey, 2 weeks', 'Visit prompt', 'Survey, 1 month'];
    const places = touchpoints.map((name) => body.indexOf(name));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(body).toContain('changed (revision 2)');
  });

  test('list the inbox a page at a time, newest first', async () => {
    const first = await read('/console/emails');
    expect(first.body.indexOf('número 60')).toBeLessThan(first.body.indexOf('número 59'));
    expect(first.body).not.toContain('número 10<');
    expect((await read('/console/emails?offset=50')).body).toContain('número 10<');
    expect((await read('/console/emails?offset=-5')).body).toContain('número 60');
  });

  test('show no text from the address bar, and answer 404 for an unknown episode or email', async () => {
    expect((await read('/?notice=%3Cb%3Ehello')).body).not.toContain('hello');
    for (const path of [
      '/console/episodes/x/2026-01-01%23mild',
      '/console/episodes/x/nose',
      '/console/emails/x',
    ]) {
      expect((await read(path)).status).toBe(404);
    }
  });
});

describe('other sites in the same browser', () => {
  const withHost = (host: string) =>
    new Promise<number>((resolve, reject) => {
      request(`${sample().origin}/`, { headers: { host } }, (response) => {
        response.resume();
        resolve(response.statusCode ?? 0);
      })
        .on('error', reject)
        .end();
    });

  test('cannot post to the console, nor read it through a domain name of their own', async () => {
    const before = sample().moves.length;
    expect((await post('/console/clock', { move: 'day' }, { origin: 'https://evil.example' })).status).toBe(
      403,
    );
    expect(sample().moves).toHaveLength(before);
    expect(await withHost('evil.example')).toBe(403);
    expect(await withHost('127.0.0.1:1')).toBe(200);
  });
});

describe('in a browser', () => {
  const browser = sharedBrowser();

  test('has no accessibility findings and fits a phone; an email runs no script and opens links in a new window', async () => {
    const context = await browser().newContext({ viewport: { width: 320, height: 800 } });
    const page = await context.newPage();
    const complaints = complaintsOf(page);
    for (const path of ['/', episodePage, '/console/emails']) {
      await page.goto(sample().origin + path);
      expect(await accessibilityFindings(page)).toEqual([]);
      expect(await sidewaysScroll(page)).toBe(0);
    }
    expect(complaints).toEqual([]);
    await page.goto(`${sample().origin}/console/emails/m-3`);
    const email = page.frameLocator('iframe');
    await context.route('https://clinic.example/**', (route) => route.fulfill({ body: 'the survey' }));
    const [survey] = await Promise.all([
      context.waitForEvent('page'),
      email.getByRole('link', { name: 'open' }).click(),
    ]);
    expect(survey.url()).toBe('https://clinic.example/s/abc');
    expect(await page.frames()[1]?.title()).not.toBe('run');
    await context.close();
  });
});
