import { addSeconds, utcInstant } from '../../../shared/platform/calendar.ts';
import type { Answers } from '../../../shared/protocol/instrument.ts';

/** The links of an email that its reader acts on. */
export type FoundLinks = { readonly survey: string | undefined; readonly unsubscribe: string | undefined };

/**
 * Finds the links in a MIME message and points them at `origin`, where the pages are now: a year resumed after an
 * interruption may serve them on another port than its earlier emails name.
 */
export const linksIn = (raw: Buffer, origin: string): FoundLinks => {
  const text = raw.toString('latin1').replaceAll('=\r\n', '').replaceAll('=3D', '=');
  const find = (page: string): string | undefined => {
    const path = new RegExp(`https?://[^\\s<>"/]+(/${page}/[A-Za-z0-9_-]{20,})`).exec(text)?.[1];
    return path === undefined ? undefined : `${origin}${path}`;
  };
  return { survey: find('s'), unsubscribe: find('u') };
};

/** Compression gains nothing within one machine. */
const headers = { 'accept-encoding': 'identity' };

const formHeaders = { ...headers, 'content-type': 'application/x-www-form-urlencoded' };

const post = async (url: string, fields: Readonly<Record<string, string>>): Promise<number> => {
  const response = await fetch(url, {
    method: 'POST',
    headers: formHeaders,
    body: new URLSearchParams(fields).toString(),
  });
  await response.arrayBuffer();
  return response.status;
};

/** Recorded, or the survey is closed (410): a patient who changes answers a day later may be too late. */
const expectedStatuses: readonly number[] = [200, 410];

/**
 * The page's `shown` time, moved back a minute. The clock is frozen while a sample patient reads, and the product
 * asks to confirm answers that come too fast.
 */
const shownIn = (page: string): string | undefined => {
  const shown = /name="shown" value="([^"]+)"/.exec(page)?.[1];
  return shown === undefined ? undefined : addSeconds(utcInstant(shown), -60);
};

/** The link to change answers, on a page that shows recorded ones. */
const changeIn = (page: string): string | undefined =>
  /href="([^"]*[?&]change[^"]*)"/.exec(page)?.[1]?.replaceAll('&amp;', '&');

const open = async (url: string): Promise<{ readonly status: number; readonly page: string }> => {
  const response = await fetch(url, { headers });
  return { status: response.status, page: await response.text() };
};

/** Opens a survey's form, for an answered survey the form that changes the answers. */
const openForm = async (url: string): Promise<{ readonly status: number; readonly shown: string }> => {
  const first = await open(url);
  const change = shownIn(first.page) === undefined ? changeIn(first.page) : undefined;
  const { status, page } = change === undefined ? first : await open(new URL(change, url).href);
  return { status, shown: shownIn(page) ?? '' };
};

/** Answers a survey through its pages. Does nothing when it is closed; throws on any other failure. */
export const answerSurvey = async (url: string, answers: Answers): Promise<void> => {
  const form = await openForm(url);
  const fields = Object.fromEntries(Object.entries(answers).map(([item, value]) => [item, String(value)]));
  const status = await post(url, { ...fields, shown: form.shown });
  const isExpected = expectedStatuses.includes(form.status) && expectedStatuses.includes(status);
  if (!isExpected) throw new Error(`A sample survey was refused: HTTP ${status}.`);
};

/** Opts out of email with the button on the unsubscribe page. Throws when that fails. */
export const optOut = async (url: string): Promise<void> => {
  const status = await post(url, { action: 'stop', sure: 'yes' });
  if (status !== 200) throw new Error(`A sample opt-out was refused: HTTP ${status}.`);
};
